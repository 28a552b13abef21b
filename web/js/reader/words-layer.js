// The words of all pages in sight, unseen over their images, so that they can be selected, copied and read aloud. A page
// keeps its words when another one is read: they move with its image.
//
// Event of the reader: "words" {text, page}: the words of a page in sight have come.

import { neighbours } from "./geometry.js";
import { follow, foretold, pageText } from "./page-texts.js";
import { wordAt } from "./text.js";

/** @typedef {import("./text.js").PageText} PageText */
/** @typedef {import("./text.js").Word} Word */
/** @typedef {import("./text.js").Spot} Spot */
/** @typedef {import("./geometry.js").Point} Point */

const REST = 120; // ms: who leafs on does not need the words
const MEASURED = 16; // px, the size words are measured in
const FONT = "sans-serif";

/** The words of one page, and what lies with them. */
class PageWords {
  /** @param {string} revision @param {number} page @param {(words: PageWords) => void} came */
  constructor(revision, page, came) {
    this.page = page;
    this.dropped = false;
    /** @type {PageText | null} once they are here */
    this.text = null;
    /** @type {HTMLElement[]} one for each word */
    this.spans = [];
    this.layer = document.createElement("div");
    this.layer.className = "page-layer";
    this.words = this.layer.appendChild(document.createElement("div"));
    this.words.className = "page-layer page-words";
    this.words.lang = "vi";
    this.coming = setTimeout(() => void this.bring(revision, came), REST);
  }

  /** @param {string} revision @param {(words: PageWords) => void} came */
  async bring(revision, came) {
    const text = await pageText(revision, this.page).catch(() => null);
    if (!text) return;
    this.set(text, came);
    follow(revision, this.page, text, (now) => {
      if (this.dropped) return false;
      if (now.recognised) this.set(now, came); // else what is selected stays
      return true;
    });
  }

  /** @param {PageText} text @param {(words: PageWords) => void} came */
  set(text, came) {
    this.text = text;
    this.spans = text.words.map((word, index) => spanOf(word, text.words[index + 1]));
    this.words.replaceChildren(...this.spans);
    came(this);
  }

  drop() {
    this.dropped = true;
    clearTimeout(this.coming);
    this.layer.remove();
  }
}

export class WordsLayer {
  /** @param {import("./page-reader.js").PageReader} reader */
  constructor(reader) {
    this.reader = reader;
    /** @type {Map<string, PageWords>} by revision and page */
    this.pages = new Map();
    this.main = reader.addLayer(document.createElement("div")); // where those of the page that is read lie
    reader.addEventListener("beside", () => this.lay());
    reader.addEventListener("shown", () => this.lay());
    reader.addEventListener("words", (event) => void this.foretell(/** @type {CustomEvent} */ (event).detail.page));
    this.lay();
  }

  /** Of the page that is read, once they are here. @returns {PageText | null} */
  get text() {
    const { shown } = this.reader;
    return this.of(shown?.page ?? 0)?.text ?? null;
  }

  /** @param {number} page in sight @returns {PageWords | undefined} */
  of(page) {
    return this.pages.get(`${this.reader.shown?.revision}/${page}`);
  }

  /** All that are here. @returns {Map<number, Word[]>} */
  get all() {
    return new Map([...this.pages.values()].map(({ page, text }) => [page, text?.words ?? []]));
  }

  lay() {
    const { shown, companions } = this.reader;
    /** @type {Map<string, HTMLElement>} */
    const places = new Map([...companions.here].map(([key, { layers }]) => [key, layers]));
    if (shown) places.set(`${shown.revision}/${shown.page}`, this.main);
    for (const [key, words] of this.pages) {
      if (places.has(key)) continue;
      this.pages.delete(key);
      words.drop();
    }
    for (const [key, place] of places) {
      const words = this.pages.get(key) ?? this.begin(key);
      if (words.layer.parentElement !== place) place.prepend(words.layer);
    }
  }

  /** @param {string} key */
  begin(key) {
    const [revision, page] = key.split("/");
    const words = new PageWords(
      revision,
      Number(page),
      (came) => this.pages.get(key) === came && this.reader.tell("words", { text: came.text, page: came.page }),
    );
    this.pages.set(key, words);
    return words;
  }

  /** The images of its neighbours are brought as well: without a network they are marked like the page itself. @param {number} page */
  async foretell(page) {
    const { shown } = this.reader;
    if (page !== shown?.page) return;
    for (const near of neighbours(page, shown.pages)) {
      if (`${this.reader.shown?.revision}/${this.reader.shown?.page}` !== `${shown.revision}/${page}`) return;
      await foretold(shown.revision, near);
    }
  }

  /** The word at a point, on whichever page. @param {Point} point of the reader @param {number} [reach] points @returns {Spot | null} */
  spotAt(point, reach) {
    const spot = this.reader.companions.spotAt(point);
    const index = wordAt(this.of(spot.page)?.text?.words ?? [], spot, reach);
    return index !== null ? { page: spot.page, index } : null;
  }

  /** The word a node is in. @param {Node | null} node @returns {Spot | null} */
  spotOf(node) {
    const span = node instanceof HTMLElement ? node : node?.parentElement;
    for (const { page, words, spans } of this.pages.values()) {
      if (!span || !words.contains(span)) continue;
      const index = spans.indexOf(span);
      return index < 0 ? null : { page, index };
    }
    return null;
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
