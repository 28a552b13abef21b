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

const SOON = 24 * 3_600_000; // ms before the day: from then on letters remind those who have not answered

/** How pressing what is not answered has become. @param {View} view @param {number} now @returns {"" | "soon" | "late"} */
export function pressing({ circulation: { due } }, now) {
  if (!due) return "";
  return now >= due ? "late" : now >= due - SOON ? "soon" : "";
}

/** Whether a letter has reminded a member of this day. @param {View} view @param {string} participant */
export const reminded = ({ circulation, reminders }, participant) =>
  Boolean(reminders?.taken?.[`round-${participant}-${circulation.due}`]);

/** Who was asked in a vote and who has answered; of a secret one only while it runs. @param {Vote} vote @returns {{asked: Record<string, unknown>, said: Record<string, unknown>}} */
function asking({ electors, voted_by: said, result }) {
  if (electors) return { asked: electors, said: said ?? {} };
  return { asked: { ...result?.names, ...result?.not_voted }, said: result?.names ?? {} };
}

/**
 * For those who prepare it: how many questions each elector has answered, in the order of their rank.
 * @param {View} view @returns {{participant: string, answered: number, of: number}[]}
 */
export function standing(view) {
  const votes = questions(view).map(([, vote]) => asking(vote));
  const people = [...new Set(votes.flatMap(({ asked }) => Object.keys(asked)))];
  return people
    .map((participant) => {
      const mine = votes.filter(({ asked }) => asked[participant]);
      return { participant, answered: mine.filter(({ said }) => said[participant]).length, of: mine.length };
    })
    .sort((one, other) => (view.people[one.participant]?.rank ?? 0) - (view.people[other.participant]?.rank ?? 0));
}
