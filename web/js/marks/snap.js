// A highlighter that takes words: from the word where the hand began to the word where it is, line by line. Pure.

/** @typedef {import("./types").Box} Box */
/** In reading order: left, top, right, bottom, word, and what else the server tells of it. @typedef {[number, number, number, number, string, ...number[]]} Word */
/** @typedef {{x: number, y: number}} Point */

const NEAR = 14; // points: a hand that begins farther from any word means no word
const LEVEL = 0.5; // of a word's height: words that overlap this much stand on one line

/** The word at a point, or the nearest one. @param {Word[]} words @param {Point} point @param {number} [near] points @returns {number} its place, -1: none */
export function wordAt(words, { x, y }, near = NEAR) {
  let [found, least] = [-1, near];
  words.forEach(([left, top, right, bottom], place) => {
    // Across counts half: in a line, the nearest word of that line is meant.
    const distance = Math.hypot(Math.max(left - x, 0, x - right) / 2, Math.max(top - y, 0, y - bottom));
    if (distance < least) [found, least] = [place, distance];
  });
  return found;
}

/** The boxes, one a line, around the words from one to the other, whichever comes first. @param {Word[]} words @param {number} one @param {number} other @returns {Box[]} */
export function linesOf(words, one, other) {
  /** @type {Box[]} */
  const lines = [];
  for (const [left, top, right, bottom] of words.slice(Math.min(one, other), Math.max(one, other) + 1)) {
    const line = lines.at(-1);
    const level =
      line && Math.min(line[3], bottom) - Math.max(line[1], top) > LEVEL * Math.min(bottom - top, line[3] - line[1]);
    if (line && level && left > line[0]) {
      lines[lines.length - 1] = [line[0], Math.min(line[1], top), Math.max(line[2], right), Math.max(line[3], bottom)];
    } else lines.push([left, top, right, bottom]);
  }
  return lines;
}

/** The words under boxes, as one reads them. @param {Word[]} words @param {Box[]} boxes */
export function textUnder(words, boxes) {
  return words
    .filter(([left, top, right, bottom]) => {
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      return boxes.some(([l, t, r, b]) => x >= l && x <= r && y >= t && y <= b);
    })
    .map((word) => word[4])
    .join(" ");
}
