// The words of a page as paragraphs that can be set anew in any size. Pure.

/** @typedef {import("./text.js").Word} Word */
/** A paragraph: the indexes of its words. @typedef {{words: number[], centred: boolean}} Paragraph */
/** @typedef {{words: number[], left: number, top: number, right: number, bottom: number, text: string}} Line */

const BEGINS =
  /^([-–—•+*]|\d{1,3}(\.\d+)*[.)]|[a-zđ]\d?[.)]|[IVXLC]+[.)]|Điều \d|Chương |CHƯƠNG |Mục \d|MỤC \d|PHẦN |Căn cứ |Theo đề nghị )/u;
const ENDS = /[.;:!?…”"/]$/u;
const ROW = 2.5; // line heights between words that are in one line to the eye
const HEAD_AND_FOOT = 0.09; // of the height: a number alone there is the number of the page

/** @param {Word[]} words @param {number} height of the page @returns {Paragraph[]} */
export function paragraphsOf(words, height) {
  const lines = linesOf(words).filter((line) => /[^_\s-]/.test(line.text) && !isPageNumber(line, height));
  if (!lines.length) return [];
  const tall = middle(lines.map(({ top, bottom }) => bottom - top));
  const [from, to] = [
    part(
      lines.map(({ left }) => left),
      0.1,
    ),
    part(
      lines.map(({ right }) => right),
      0.9,
    ),
  ];
  /** @type {Paragraph[]} */
  const paragraphs = [];
  let row = false; // whether the paragraph is one of a table
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    const centred = isCentred(line, from, to);
    const last = paragraphs.at(-1);
    const beside = !!before && level(line, before) && line.left > before.right;
    const goesOn =
      beside || (!row && !!before && !begins(line, before, { tall, from, to }) && last?.centred === centred);
    if (last && goesOn) last.words.push(...line.words);
    else paragraphs.push({ words: [...line.words], centred });
    row = beside || (row && goesOn);
    if (last && beside) last.centred = false;
  });
  return paragraphs;
}

/** @param {{top: number, bottom: number}} one @param {{top: number, bottom: number}} other */
function level(one, other) {
  const shared = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return shared > 0.5 * Math.min(one.bottom - one.top, other.bottom - other.top);
}

/** @param {Line} line @param {Line} before @param {{tall: number, from: number, to: number}} page */
function begins(line, before, { tall, from, to }) {
  const gap = line.top - before.bottom;
  if (gap > 0.75 * tall || line.top < before.bottom - 0.7 * tall) return true; // a space between them, another column or cell
  if (Math.abs(line.bottom - line.top - (before.bottom - before.top)) > 0.25 * tall) return true;
  const short = before.right < to - 0.12 * (to - from);
  const indented = line.left > from + 0.8 * tall && line.left > before.left + 0.8 * tall;
  return short || ((indented || BEGINS.test(line.text)) && ENDS.test(before.text));
}

/** Lines as the eye sees them. @param {Word[]} words @returns {Line[]} */
function linesOf(words) {
  /** @type {Line[]} */
  const lines = [];
  words.forEach(([left, top, right, bottom, text], index) => {
    const line = lines.at(-1);
    if (line && level({ top, bottom }, line) && left >= line.right - 2 && left - line.right < ROW * (bottom - top)) {
      line.words.push(index);
      Object.assign(line, {
        right: Math.max(line.right, right),
        top: Math.min(line.top, top),
        bottom: Math.max(line.bottom, bottom),
        text: `${line.text} ${text}`,
      });
    } else lines.push({ words: [index], left, top, right, bottom, text });
  });
  return lines;
}

/** @param {Line} line @param {number} height */
function isPageNumber({ text, top, bottom }, height) {
  return (
    /^[-–—]? ?\d{1,4} ?[-–—]?$/.test(text) && (bottom < HEAD_AND_FOOT * height || top > (1 - HEAD_AND_FOOT) * height)
  );
}

/** @param {Line} line @param {number} from @param {number} to */
function isCentred({ left, right }, from, to) {
  const width = to - from;
  return Math.abs((left + right) / 2 - (from + to) / 2) < 0.05 * width && left > from + 0.08 * width;
}

/** @param {number[]} numbers */
const middle = (numbers) => part(numbers, 0.5);

/** @param {number[]} numbers @param {number} share */
const part = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.floor(share * (numbers.length - 1))];
