// The words of the page, unseen over its image, so that they can be selected, copied and read aloud.

import { pageText } from "./page-texts.js";

/** @typedef {import("./text.js").PageText} PageText */
/** @typedef {import("./text.js").Word} Word */

const REST = 120; // ms: who leafs on does not need the words
const MEASURED = 16; // px, the size words are measured in
const FONT = "sans-serif";

export class WordsLayer {
  /** @param {import("./page-reader.js").PageReader} reader */
  constructor(reader) {
    this.reader = reader;
    /** @type {PageText | null} of the page that is shown, once they are here */
    this.text = null;
    /** @type {HTMLElement[]} one for each word */
    this.spans = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.coming = undefined;
    this.layer = reader.addLayer(document.createElement("div"));
    this.layer.classList.add("page-words");
    this.layer.lang = "vi";
    reader.addEventListener("shown", () => this.shown());
    if (reader.shown) this.shown();
  }

  shown() {
    clearTimeout(this.coming);
    this.text = null;
    this.spans = [];
    this.layer.replaceChildren();
    this.coming = setTimeout(() => void this.bring(), REST);
  }

  async bring() {
    const { shown } = this.reader;
    if (!shown) return;
    const text = await pageText(shown.revision, shown.page).catch(() => null);
    const now = this.reader.shown;
    if (!text || now?.revision !== shown.revision || now.page !== shown.page) return;
    this.text = text;
    this.spans = text.words.map((word, index) => spanOf(word, text.words[index + 1]));
    this.layer.replaceChildren(...this.spans);
    this.reader.tell("words", { text });
  }

  /** The index of the word a node is in, or -1. @param {Node | null} node */
  indexOf(node) {
    const span = node instanceof HTMLElement ? node : node?.parentElement;
    return span ? this.spans.indexOf(span) : -1;
  }
}

const pen = document.createElement("canvas").getContext("2d");

/** A word stretched over its box, and over the gap to the next one, so that a selection has no holes. @param {Word} word @param {Word | undefined} next */
function spanOf(word, next) {
  const [left, top, right, bottom, text, block, line] = word;
  const follows = next !== undefined && next[5] === block && next[6] === line && next[0] > left;
  const span = document.createElement("span");
  span.textContent = `${text} `;
  const { style } = span;
  const height = bottom - top;
  style.left = `${left}px`;
  style.top = `${top}px`;
  style.fontSize = style.lineHeight = `${height}px`;
  if (pen) {
    pen.font = `${MEASURED}px ${FONT}`;
    const measured = (pen.measureText(`${text} `).width * height) / MEASURED;
    style.transform = `scaleX(${((follows ? next[0] : right) - left) / measured})`;
  }
  return span;
}
