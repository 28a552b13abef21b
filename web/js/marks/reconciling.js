// The words of a note that were changed on two devices which did not hear of each other: none of them are lost. Pure.

/** @typedef {import("./types").Mark} Mark */
/** @typedef {import("./types").Held} Held */

const BESIDE = 26; // points between a note and the copy of its other words

/** Of a note that is there. @param {Mark} mark @returns {string | null} */
const wordsOf = (mark) => (mark.deleted ? null : (mark.body?.text ?? ""));

/** What the server has of a note, for what its owner does to it next. @param {Held | undefined} held @returns {string | undefined} undefined: it has none */
export function wordsBefore(held) {
  if (!held || held.mark.kind !== "note") return undefined;
  return held.unsent ? held.was : (wordsOf(held.mark) ?? undefined);
}

/**
 * What is kept of a mark that was changed here and has come from the server, the later of both staying, and the words of the
 * other one beside it where they would be lost.
 * @param {Held} here @param {Mark} there @param {boolean} theirs whether the server's is the later @returns {Held[]} what changes here
 */
export function reconciled(here, there, theirs) {
  const taken = { mark: there, unsent: false };
  const [our, their] = [wordsOf(here.mark), wordsOf(there)];
  if (here.was === undefined || our === their || their === here.was) return theirs ? [taken] : [];
  if (our === null) return [taken]; // who deleted it had not read these words
  if (their === null) return our === here.was ? (theirs ? [taken] : []) : [again(here, there, our)];
  if (our === here.was) return theirs ? [taken] : [again(here, there, their)]; // only its colour or place was changed here
  const [lost, kept] = theirs ? [our, their] : [their, our];
  const stays = theirs ? taken : { ...here, was: their };
  if (kept.includes(lost)) return [stays];
  return [stays, { mark: copyOf(here.mark, lost, there.at), unsent: true }];
}

/** Ours goes to the server once more. @param {Held} here @param {Mark} there @param {string} text @returns {Held} */
function again({ mark }, there, text) {
  const body = { ...mark.body, text };
  return { mark: { ...mark, body, at: Math.max(mark.at, there.at + 1) }, unsent: true, was: there.body?.text };
}

/** @param {Mark} mark @param {string} text @param {number} at when the other device wrote: the same copy has the same id @returns {Mark} */
function copyOf(mark, text, at) {
  const id = `${mark.id.slice(0, 40)}-${at}`;
  const y = mark.body?.y ?? 0;
  return { ...mark, id, body: { ...mark.body, text, y: y > 2 * BESIDE ? y - BESIDE : y + BESIDE } };
}
