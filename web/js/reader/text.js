// The words of a page: which one is meant, what a range of them says, where its lines lie. Pure: no DOM.

/** @typedef {import("./geometry.js").Point} Point */
/** Sides in points of the page, the word, its block and line. @typedef {[number, number, number, number, string, number, number]} Word */
/** A link: its sides, then the page and the points from its top it leads to, or an address outside. @typedef {[number, number, number, number, number, number] | [number, number, number, number, string]} Link */
/** @typedef {{width: number, height: number, words: Word[], links: Link[], picture?: boolean, recognised?: boolean}} PageText */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** The first and the last of some words. @typedef {[number, number]} Range */

const FEW = 60; // words on a picture of a page, as in rendering/recognition.py: what was printed over a scan

/** Whether the words of a page may still be recognised: it has none, or is a picture with few over it. @param {PageText} text */
export const mayBecomeMore = ({ words, picture, recognised }) =>
  !recognised && (!words.length || (Boolean(picture) && words.length < FEW));

/** The word under a point, or the nearest one in its line; null where there is no text near. @param {Word[]} words @param {Point} point @param {number} [reach] points */
export function wordAt(words, point, reach = 24) {
  let best = null;
  let least = reach;
  words.forEach(([left, top, right, bottom], index) => {
    const dx = Math.max(left - point.x, 0, point.x - right);
    const dy = Math.max(top - point.y, 0, point.y - bottom);
    const distance = dx + 3 * dy; // another line is further away than another word
    if (distance < least) [best, least] = [index, distance];
  });
  return /** @type {number | null} */ (best);
}

/** A word of a page. @typedef {{page: number, index: number}} Spot */
/** What is chosen of a page. @typedef {{page: number, range: Range}} Part */

/** As one reads. @param {Spot} a @param {Spot} b @returns {[Spot, Spot]} */
export const inOrder = (a, b) => (a.page < b.page || (a.page === b.page && a.index <= b.index) ? [a, b] : [b, a]);

/** What lies between two words, page by page. @param {Map<number, Word[]>} pages those that are here @param {Spot} a @param {Spot} b @returns {Part[]} */
export function partsOf(pages, a, b) {
  const [from, to] = inOrder(a, b);
  return [...pages]
    .filter(([page, words]) => page >= from.page && page <= to.page && words.length)
    .sort(([one], [other]) => one - other)
    .map(([page, words]) => ({
      page,
      range: [
        page === from.page ? from.index : 0,
        page === to.page ? Math.min(to.index, words.length - 1) : words.length - 1,
      ],
    }));
}

/** What the words of a range say: a new line for each block, composed letters. @param {Word[]} words @param {Range} range */
export function said(words, [from, to]) {
  let text = "";
  for (let index = from; index <= to; index += 1) {
    if (index > from) text += words[index][5] === words[index - 1][5] ? " " : "\n";
    text += words[index][4];
  }
  return text.normalize("NFC");
}

/** One box for each line of a range. @param {Word[]} words @param {Range} range @returns {Box[]} */
export function linesOf(words, [from, to]) {
  /** @type {Box[]} */
  const boxes = [];
  for (let index = from; index <= to; index += 1) {
    const [left, top, right, bottom, , block, line] = words[index];
    const [before, last] = [words[index - 1], boxes.at(-1)];
    if (last && index > from && before[5] === block && before[6] === line) {
      const [x, y] = [Math.min(last.x, left), Math.min(last.y, top)];
      boxes[boxes.length - 1] = {
        x,
        y,
        width: Math.max(last.x + last.width, right) - x,
        height: Math.max(last.y + last.height, bottom) - y,
      };
    } else boxes.push({ x: left, y: top, width: right - left, height: bottom - top });
  }
  return boxes;
}

const FINGER = 6; // points around a link that still mean it

/** The link under a finger, the nearest of several. @param {Link[]} links @param {Point} point @returns {Link | undefined} */
export function linkAt(links, { x, y }) {
  const apart = (/** @type {Link} */ [left, top, right, bottom]) =>
    Math.max(left - x, 0, x - right) + Math.max(top - y, 0, y - bottom);
  const near = links.filter((link) => apart(link) <= FINGER).sort((a, b) => apart(a) - apart(b));
  return near[0];
}

/** What is written in a box. @param {Word[]} words @param {readonly [number, number, number, number, ...unknown[]]} box */
export function wordsIn(words, [left, top, right, bottom]) {
  const inside = (/** @type {Word} */ [x0, y0, x1, y1]) => {
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
    return x >= left - 1 && x <= right + 1 && y >= top - 1 && y <= bottom + 1;
  };
  return words
    .filter(inside)
    .map((word) => word[4])
    .join(" ")
    .normalize("NFC");
}
