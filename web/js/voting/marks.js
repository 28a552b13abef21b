// Marks: a ballot that is being filled in, in memory only. No DOM here.

/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").Choice} Choice */
/** @typedef {import("../lib/types").Marks} Marks */

/** What a voter has in hand for one right: marked, not confirmed. `votes`: how many of them an option has, where one may have several. @typedef {{marks: Marks, votes: Record<string, number>, touched: boolean, text: string, sending: Marks | null, recordedAt: number}} Draft */

/** A fresh ballot paper. @returns {Draft} */
export const freshDraft = () => ({ marks: {}, votes: {}, touched: false, text: "", sending: null, recordedAt: 0 });

export const WIRE = 3_500; // bytes: every secret ballot is padded to this, so that its length tells a listener nothing

/** One question, answered by one tap. @param {Vote} vote */
export const isSingle = (vote) => vote.kind === "question" || vote.kind === "straw";

/** Options to choose among, rather than to answer one by one. @param {Vote} vote */
export const isChoosing = (vote) => vote.kind === "choice" || vote.kind === "election";

/** The options in the order of the ballot paper. @param {Vote} vote */
export const optionsOf = (vote) => Object.entries(vote.options).sort(([, a], [, b]) => a.order - b.order);

/**
 * The ballot after a tap on an answer. Of options to choose among, one more is not taken than may be chosen.
 * @param {Vote} vote @param {Marks} marks @param {string} option @param {Choice} answer @returns {Marks}
 */
export function tapped(vote, marks, option, answer) {
  if (!isChoosing(vote)) return { ...marks, [option]: answer };
  if (marks[option]) return Object.fromEntries(Object.entries(marks).filter(([key]) => key !== option));
  if (vote.most === 1) return { [option]: answer };
  return Object.keys(marks).length < vote.most ? { ...marks, [option]: answer } : marks;
}

/**
 * The votes after one more or one less for an option that may have several; as many as its least at once, and none below that.
 * @param {Vote} vote @param {Record<string, number>} votes @param {string} option @param {"more" | "less"} way
 */
export function stepped(vote, votes, option, way) {
  const now = votes[option] ?? 0;
  const next = way === "more" ? Math.max(now + 1, vote.each_least) : now > vote.each_least ? now - 1 : 0;
  const { [option]: _, ...others } = votes;
  const all = sumOf(others) + next;
  if (next > vote.each || all > vote.most) return votes;
  return next ? { ...others, [option]: next } : others;
}

/** @param {Record<string, number>} votes */
export const sumOf = (votes) => Object.values(votes).reduce((sum, number) => sum + number, 0);

/** A ballot of several votes for an option, as marks. @param {Record<string, number>} votes @returns {Marks} */
export const marksOf = (votes) => Object.fromEntries(Object.keys(votes).map((option) => [option, "yes"]));

/**
 * What is still missing before the ballot may be handed in; empty when nothing is.
 * @param {Vote} vote @param {Marks} marks @param {string} text @param {Record<string, number>} votes @returns {"" | "choose" | "incomplete" | "text"}
 */
export function missing(vote, marks, text, votes = {}) {
  const count = vote.each > 1 ? sumOf(votes) : Object.keys(marks).length;
  if (isChoosing(vote)) return count >= vote.least && count <= vote.most && (count > 0 || !vote.blank) ? "" : "choose";
  if (count < Object.keys(vote.options).length) return isSingle(vote) ? "choose" : "incomplete";
  return Object.values(marks).includes("other") && !text.trim() ? "text" : "";
}

/**
 * The arguments of the command; those of a secret vote are all equally long. `elector`: for whom, if not for oneself.
 * @param {string} vote @param {boolean} secret @param {Marks} marks @param {string} text @param {string} [elector] @param {Record<string, number>} [votes]
 */
export function castArguments(vote, secret, marks, text, elector = "", votes = {}) {
  const repeated = Object.entries(marks).flatMap((mark) => Array.from({ length: votes[mark[0]] ?? 1 }, () => mark));
  const filled = {
    vote,
    marks: repeated,
    text: Object.values(marks).includes("other") ? text.trim() : "",
    ...(elector ? { elector } : {}),
  };
  if (!secret) return filled;
  const bytes = new TextEncoder().encode(JSON.stringify(filled)).length;
  return { ...filled, pad: "-".repeat(Math.max(0, WIRE - bytes)) };
}

/** Whether two ballots say the same. @param {Record<string, unknown>} one @param {Record<string, unknown>} other */
export const same = (one, other) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([option, answer]) => other[option] === answer);

/**
 * A percentage in whole numbers: 100 only if it is all of it, never more, and 0 only if it is nothing of it.
 * @param {number} part @param {number} whole
 */
export function percent(part, whole) {
  if (whole <= 0 || part <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.max(1, Math.round((100 * part) / whole)));
}

/** The length against which bars are drawn: the base of the rule, but never less than what was counted. @param {import("../lib/types").Result} result @param {string} option */
export function wholeOf(result, option) {
  const counted = Object.values(result.tally[option] ?? {}).reduce((sum, number) => sum + number, 0);
  return Math.max(result.outcomes[option]?.of ?? result.weighed?.entitled ?? result.entitled, counted, 1);
}
