// What a member has answered of the questions sent round. No DOM.

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {import("../lib/types").Vote} Vote */

/** The questions that were sent, in order. @param {View} view @returns {[string, Vote][]} */
export function questions(view) {
  return Object.entries(view.circulation.questions)
    .sort(([, one], [, other]) => one - other)
    .flatMap(([key]) => (view.voting[key] ? [/** @type {[string, Vote]} */ ([key, view.voting[key]])] : []));
}

/** Whether a member has cast every right they hold in a vote. @param {Me} me @param {string} vote */
export function isAnswered(me, vote) {
  const own = me.electors[vote] ? Boolean(me.ballots[vote]) : true;
  return own && Object.values(me.held[vote] ?? {}).every(({ ballot }) => Boolean(ballot));
}

/**
 * For those who prepare it: how many questions each elector has answered, in the order of their rank.
 * @param {View} view @returns {{participant: string, answered: number, of: number}[]}
 */
export function standing(view) {
  const votes = questions(view).map(([, vote]) => vote);
  const people = [...new Set(votes.flatMap((vote) => Object.keys(vote.electors ?? {})))];
  return people
    .map((participant) => {
      const asked = votes.filter((vote) => vote.electors?.[participant]);
      return { participant, answered: asked.filter((vote) => vote.voted_by?.[participant]).length, of: asked.length };
    })
    .sort((one, other) => (view.people[one.participant]?.rank ?? 0) - (view.people[other.participant]?.rank ?? 0));
}
