// How words are compared, what somebody who searches means, where words answer it: as meetingroom/domain/searching.py. Pure.

/** The tokens of `runs` must stand one after another; `unfinished`: the last may be the beginning of a word. @typedef {{runs: string[][], unfinished: boolean, quoted: boolean}} Query */
/** The first and the last of some words. @typedef {import("../reader/text.js").Range} Range */
/** A token and which word it is in. @typedef {[string, number]} Placed */

const LONGEST = 200; // characters of a query that count
const AROUND = 9; // words quoted before and after what was found
const QUOTED = 32; // words of a quotation
const OPENING = '"“”„«»';
const CLOSING = '"“”»«';
const LETTER = /[\p{L}\p{N}]/u;

/** Small letters without diacritics. @param {string} text */
export const fold = (text) =>
  text
    .replace(/[đĐðÐƉ]/g, "d")
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();

/** What is between spaces and punctuation. @param {string} text @returns {string[]} */
export const tokens = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words, and phrases in quotation marks. @param {string} text @returns {Query} */
export function query(text) {
  /** @type {string[][]} */
  const runs = [];
  let [quoted, inside, part] = [false, false, ""];
  const take = () => runs.push(...(inside ? [tokens(part)] : part.split(/\s+/).map(tokens)));
  for (const letter of [...text].slice(0, LONGEST)) {
    if ((inside ? CLOSING : OPENING).includes(letter)) {
      take();
      [quoted, inside, part] = [true, !inside, ""];
    } else part += letter;
  }
  take();
  return { runs: runs.filter((run) => run.length), unfinished: LETTER.test([...part].at(-1) ?? ""), quoted };
}

/** The same words one after another. @param {Query} sought @returns {Query} */
const together = (sought) => ({ ...sought, runs: [sought.runs.flat()] });

/** Where the words stand one after another; where they never do, each of them. @param {string[]} words @param {Query} sought @returns {Range[]} */
export function passages(words, sought) {
  if (!sought.runs.length) return [];
  const placed = placedTokens(words);
  const found = runsOn(placed, together(sought));
  return found.length ? found : runsOn(placed, sought);
}

/** Whether a text has all that is sought. @param {string} text @param {Query} sought */
export function holds(text, sought) {
  const placed = placedTokens([text]);
  return sought.runs.length > 0 && sought.runs.every((_, number) => startsOf(placed, sought, number).length > 0);
}

/** Whether a run is in a text of folded tokens, one space between them. @param {string} text @param {string[]} run @param {boolean} open the last may be the beginning of a word */
export const stands = (text, run, open) => ` ${text} `.includes(` ${run.join(" ")}${open ? "" : " "}`);

/** The words around the first passage, in parts: what they are, and whether they were found. @param {string[]} words @param {Range[]} found @returns {[string, boolean][]} */
export function quotation(words, found) {
  const said = (/** @type {number} */ from, /** @type {number} */ to) => words.slice(from, to).join(" ");
  if (!found.length) return [[said(0, QUOTED), false]];
  const start = Math.max(0, found[0][0] - AROUND);
  const end = Math.min(
    words.length,
    Math.max(found[0][1] + AROUND + 1, start + Math.min(QUOTED, 2 * AROUND)),
    start + QUOTED,
  );
  /** @type {[string, boolean][]} */
  const parts = start ? [["… ", false]] : [];
  let place = start;
  for (const [first, last] of found) {
    if (first < place || last >= end) continue;
    if (first > place) parts.push([`${said(place, first)} `, false]);
    parts.push([said(first, last + 1), true], [" ", false]);
    place = last + 1;
  }
  parts.push([said(place, end) + (end < words.length ? " …" : ""), false]);
  return parts.filter(([text]) => text);
}

/** @param {string[]} words @returns {Placed[]} */
const placedTokens = (words) =>
  words.flatMap((word, place) => tokens(word).map((token) => /** @type {Placed} */ ([token, place])));

/** @param {Placed[]} placed @param {Query} sought @returns {Range[]} */
function runsOn(placed, sought) {
  const ranges = sought.runs.flatMap((run, number) =>
    startsOf(placed, sought, number).map(
      (start) => /** @type {Range} */ ([placed[start][1], placed[start + run.length - 1][1]]),
    ),
  );
  const once = new Map(ranges.map((range) => [range.join(), range]));
  return [...once.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** @param {Placed[]} placed @param {Query} sought @param {number} number of the run @returns {number[]} */
function startsOf(placed, { runs, unfinished }, number) {
  const run = runs[number];
  const open = unfinished && number === runs.length - 1;
  const starts = [];
  for (let start = 0; start + run.length <= placed.length; start += 1) {
    const stands = run.every((token, step) => {
      const there = placed[start + step][0];
      return open && step === run.length - 1 ? there.startsWith(token) : there === token;
    });
    if (stands) starts.push(start);
  }
  return starts;
}
