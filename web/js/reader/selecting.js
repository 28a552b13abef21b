// Selecting words: with the mouse as on any page, with a finger that rests on a word and then draws on; a bar says what
// can be done with them.

import { copyText } from "../lib/clipboard.js";
import { html, icon, render } from "../lib/html.js";
import { say } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { inOrder, linesOf, said, wordAt } from "./text.js";

/** @typedef {import("./text.js").Range} Range */
/** @typedef {{revision: string, page: number, range: Range, words: import("./text.js").Word[], text: string, boxes: import("./text.js").Box[]}} Selected */
/** What can be done with selected words. @typedef {{name: string, icon: string, label: () => string, act: (selected: Selected) => void | Promise<void>}} Act */

/** Others may add what they do with words. @type {Act[]} */
export const selectionActs = [{ name: "copy", icon: "copy", label: () => t("reader.copy"), act: copy }];

/** @param {Selected} selected */
async function copy({ text }) {
  const done = await copyText(text);
  say(t(done ? "reader.copied" : "reader.not_copied"), done ? "good" : "warn");
}

const ANYWHERE = 10_000; // points: a finger that draws on means the nearest word, wherever it is

export class Selecting {
  /** @param {import("./page-reader.js").PageReader} reader @param {import("./words-layer.js").WordsLayer} words */
  constructor(reader, words) {
    this.reader = reader;
    this.words = words;
    /** @type {Range | null} */
    this.range = null;
    this.anchor = 0;
    this.byFinger = false;
    this.bar = document.createElement("div");
    this.bar.className = "selection-bar";
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", t("reader.selected"));
    this.handles = [this.handle(0), this.handle(1)];
    for (const each of [this.bar, ...this.handles]) {
      each.dataset.own = "";
      each.hidden = true;
    }
    reader.append(this.bar, ...this.handles);
    this.bar.addEventListener("click", (event) => this.acted(event));
    reader.addEventListener("hold", (event) => this.hold(/** @type {CustomEvent} */ (event)));
    reader.addEventListener("touch", (event) => this.range && this.byFinger && (this.clear(), event.preventDefault()));
    reader.addEventListener("shown", () => this.clear());
    reader.addEventListener("moved", () => this.lay());
    document.addEventListener("selectionchange", () => this.changed());
    document.addEventListener("copy", (event) => this.copied(event));
  }

  get all() {
    return this.words.text?.words ?? [];
  }

  /** @returns {Selected | null} */
  get selected() {
    const { shown } = this.reader;
    if (!this.range || !shown) return null;
    const { revision, page } = shown;
    return { revision, page, range: this.range, words: this.all, text: said(this.all, this.range), boxes: linesOf(this.all, this.range) };
  }

  // -- by finger -------------------------------------------------------------------------------------------------------

  /** @param {CustomEvent<{x: number, y: number, stage: string}>} event */
  hold(event) {
    const { stage } = event.detail;
    if (stage === "end") return this.range && this.byFinger && this.lay();
    const index = wordAt(this.all, event.detail, stage === "start" ? undefined : ANYWHERE);
    if (index === null || event.defaultPrevented) return;
    if (stage === "start") {
      this.anchor = index;
      this.byFinger = true;
    }
    if (this.byFinger) this.choose(inOrder(this.anchor, index));
  }

  /** @param {number} end 0 the first word, 1 the last @returns {HTMLElement} */
  handle(end) {
    const handle = document.createElement("div");
    handle.className = `selection-handle ${end ? "last" : "first"}`;
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      this.anchor = this.range?.[1 - end] ?? 0;
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const point = this.reader.toPage(this.reader.pointOf(event));
      const index = wordAt(this.all, { x: point.x, y: point.y - 12 }, ANYWHERE); // the finger is below the word it moves
      if (index !== null) this.choose(inOrder(this.anchor, index));
    });
    return handle;
  }

  /** @param {Range} range */
  choose(range) {
    const [first, last] = [this.words.spans[range[0]]?.firstChild, this.words.spans[range[1]]?.firstChild];
    if (!first || !last) return;
    document.getSelection()?.setBaseAndExtent(first, 0, last, last.textContent?.length ?? 0);
    this.range = range;
    this.lay();
  }

  clear() {
    const selection = document.getSelection();
    if (this.range && selection && this.words.layer.contains(selection.anchorNode)) selection.removeAllRanges();
    this.range = null;
    this.byFinger = false;
    this.lay();
  }

  // -- by mouse or keyboard --------------------------------------------------------------------------------------------

  changed() {
    const selection = document.getSelection();
    const inside = selection && !selection.isCollapsed && this.words.layer.contains(selection.anchorNode);
    if (!inside) {
      if (this.range && !this.bar.contains(document.activeElement)) {
        this.range = null;
        this.byFinger = false;
        this.lay();
      }
      return;
    }
    const chosen = selection.getRangeAt(0);
    const [first, last] = [this.words.indexOf(chosen.startContainer), this.words.indexOf(chosen.endContainer)];
    // A selection that leaves the page ends with its last word.
    const from = first < 0 ? 0 : first;
    const to = last < 0 ? this.all.length - 1 : last - (chosen.endOffset === 0 && last > from ? 1 : 0);
    this.range = inOrder(from, to);
    this.lay();
  }

  /** @param {ClipboardEvent} event */
  copied(event) {
    const selected = this.selected;
    const selection = document.getSelection();
    if (!selected || !this.words.layer.contains(selection?.anchorNode ?? null)) return;
    event.clipboardData?.setData("text/plain", selected.text);
    event.preventDefault();
  }

  // -- the bar ---------------------------------------------------------------------------------------------------------

  /** @param {Event} event */
  acted(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const act = selectionActs.find(({ name }) => name === button?.value);
    const selected = this.selected;
    if (act && selected) void Promise.resolve(act.act(selected)).then(() => this.clear());
  }

  lay() {
    const boxes = this.selected?.boxes ?? [];
    this.bar.hidden = !boxes.length;
    for (const handle of this.handles) handle.hidden = !boxes.length || !this.byFinger;
    if (!boxes.length) return;
    if (!this.bar.firstChild) render(this.bar, html`${selectionActs.map(({ name, icon: sign, label }) => html`<button class="btn" value="${name}">${icon(sign)}${label()}</button>`)}`);
    const { place, view } = this.reader;
    const at = (/** @type {number} */ x, /** @type {number} */ y) => ({ x: place.x + x * place.scale, y: place.y + y * place.scale });
    const [first, last] = [boxes[0], /** @type {import("./text.js").Box} */ (boxes.at(-1))];
    const [start, end] = [at(first.x, first.y), at(last.x + last.width, last.y + last.height)];
    put(this.handles[0], at(first.x, first.y + first.height));
    put(this.handles[1], end);
    const { offsetWidth: width, offsetHeight: height } = this.bar;
    const above = start.y - height - 12;
    put(this.bar, {
      x: Math.max(8, Math.min((start.x + end.x - width) / 2, view.width - width - 8)),
      y: above > 8 ? above : Math.min(end.y + 48, view.height - height - 8),
    });
  }
}

/** @param {HTMLElement} element @param {{x: number, y: number}} point */
function put(element, { x, y }) {
  element.style.transform = `translate(${x}px, ${y}px)`;
}
