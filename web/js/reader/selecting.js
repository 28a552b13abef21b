// Selecting words, on all pages in sight: with the mouse as on any page, with a finger that rests on a word and then draws
// on; a bar says what can be done with them. The browser's own selection has the two ends; what lies between them is told
// and painted from the words, whose pages do not follow each other in the document.

import { copyText } from "../lib/clipboard.js";
import { html, icon, render } from "../lib/html.js";
import { say } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { inOrder, linesOf, partsOf, said } from "./text.js";

/** @typedef {import("./text.js").Spot} Spot */
/** @typedef {import("./text.js").Box} Box */
/** @typedef {import("./geometry.js").Point} Point */
/** `boxes`: the lines of each page. @typedef {{text: string, boxes: {page: number, box: Box}[]}} Selected */
/** What can be done with selected words. @typedef {{name: string, icon: string, label: () => string, act: (selected: Selected) => void | Promise<void>}} Act */

/** Others may add what they do with words. @type {Act[]} */
export const selectionActs = [{ name: "copy", icon: "copy", label: () => t("reader.copy"), act: copy }];

/** @param {Selected} selected */
async function copy({ text }) {
  const done = await copyText(text);
  say(t(done ? "reader.copied" : "reader.not_copied"), done ? "good" : "warn");
}

const SVG = "http://www.w3.org/2000/svg";
const ANYWHERE = 10_000; // points: a finger that draws on means the nearest word, wherever it is
const BELOW = 12; // px: a finger on a handle is below the word it moves

export class Selecting {
  /** @param {import("./page-reader.js").PageReader} reader @param {import("./words-layer.js").WordsLayer} words */
  constructor(reader, words) {
    this.reader = reader;
    this.words = words;
    /** The first and the last word. @type {[Spot, Spot] | null} */
    this.ends = null;
    /** The end that stays while the other one is drawn. @type {Spot | null} */
    this.anchor = null;
    this.byFinger = false;
    this.painted = "";
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
    reader.addEventListener("touch", (event) => this.ends && this.byFinger && (this.clear(), event.preventDefault()));
    reader.addEventListener("shown", () => this.shown());
    reader.addEventListener("moved", () => this.lay());
    document.addEventListener("selectionchange", () => this.changed());
    document.addEventListener("copy", (event) => this.copied(event));
  }

  /** @returns {Selected | null} */
  get selected() {
    if (!this.ends) return null;
    const { all } = this.words;
    const parts = partsOf(all, ...this.ends).map(({ page, range }) => ({ page, range, words: all.get(page) ?? [] }));
    return {
      text: parts.map(({ words, range }) => said(words, range)).join("\n"),
      boxes: parts.flatMap(({ page, words, range }) => linesOf(words, range).map((box) => ({ page, box }))),
    };
  }

  /** Another page is read: what is selected stays as long as it is in sight. */
  shown() {
    if (this.ends?.every(({ page }) => this.words.of(page)?.text)) this.choose(...this.ends);
    else this.clear();
  }

  // -- by finger -------------------------------------------------------------------------------------------------------

  /** @param {CustomEvent<{at: Point, stage: string}>} event */
  hold(event) {
    const { stage, at } = event.detail;
    if (stage === "end") return this.ends && this.byFinger && this.lay();
    const spot = this.words.spotAt(at, stage === "start" ? undefined : ANYWHERE);
    if (!spot || event.defaultPrevented) return;
    if (stage === "start") {
      this.anchor = spot;
      this.byFinger = true;
    }
    if (this.byFinger && this.anchor) this.choose(this.anchor, spot);
  }

  /** @param {number} end 0 the first word, 1 the last @returns {HTMLElement} */
  handle(end) {
    const handle = document.createElement("div");
    handle.className = `selection-handle ${end ? "last" : "first"}`;
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      this.anchor = this.ends?.[1 - end] ?? null;
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const { x, y } = this.reader.pointOf(event);
      const spot = this.words.spotAt({ x, y: y - BELOW }, ANYWHERE);
      if (spot && this.anchor) this.choose(this.anchor, spot);
    });
    return handle;
  }

  /** @param {Spot} one @param {Spot} other */
  choose(one, other) {
    const ends = inOrder(one, other);
    const [first, last] = ends.map(({ page, index }) => this.words.of(page)?.spans[index]?.firstChild);
    if (!first || !last) return;
    this.ends = ends;
    document.getSelection()?.setBaseAndExtent(first, 0, last, last.textContent?.length ?? 0);
    this.lay();
  }

  clear() {
    const selection = document.getSelection();
    if (this.ends && selection && this.words.spotOf(selection.anchorNode)) selection.removeAllRanges();
    this.rest();
  }

  rest() {
    this.ends = null;
    this.byFinger = false;
    this.lay();
  }

  // -- by mouse or keyboard --------------------------------------------------------------------------------------------

  changed() {
    const selection = document.getSelection();
    const anchor = selection && !selection.isCollapsed ? this.words.spotOf(selection.anchorNode) : null;
    if (!selection || !anchor) {
      if (this.ends && !this.bar.contains(document.activeElement)) this.rest();
      return;
    }
    // Between the words it goes on to where it was.
    const focus = this.words.spotOf(selection.focusNode) ?? this.ends?.find(({ page, index }) => page !== anchor.page || index !== anchor.index) ?? anchor;
    const [first, last] = inOrder(anchor, focus);
    // What ends before the first letter of a word does not take it along.
    const before = (last === focus ? selection.focusOffset : selection.anchorOffset) === 0 && last.index > 0 && first !== last && (first.page < last.page || first.index < last.index);
    this.ends = [first, before ? { ...last, index: last.index - 1 } : last];
    this.lay();
  }

  /** @param {ClipboardEvent} event */
  copied(event) {
    const { selected } = this;
    if (!selected || !this.words.spotOf(document.getSelection()?.anchorNode ?? null)) return;
    event.clipboardData?.setData("text/plain", selected.text);
    event.preventDefault();
  }

  // -- what is seen of it ----------------------------------------------------------------------------------------------

  /** @param {Event} event */
  acted(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const act = selectionActs.find(({ name }) => name === button?.value);
    const selected = this.selected;
    if (act && selected) void Promise.resolve(act.act(selected)).then(() => this.clear());
  }

  lay() {
    const boxes = this.selected?.boxes ?? [];
    this.paint(boxes);
    this.bar.hidden = !boxes.length;
    for (const handle of this.handles) handle.hidden = !boxes.length || !this.byFinger;
    if (!boxes.length) return;
    if (!this.bar.firstChild) render(this.bar, html`${selectionActs.map(({ name, icon: sign, label }) => html`<button class="btn" value="${name}">${icon(sign)}${label()}</button>`)}`);
    const { view, companions } = this.reader;
    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
    const start = companions.pointOf(first.page, first.box);
    const end = companions.pointOf(last.page, { x: last.box.x + last.box.width, y: last.box.y + last.box.height });
    put(this.handles[0], companions.pointOf(first.page, { x: first.box.x, y: first.box.y + first.box.height }));
    put(this.handles[1], end);
    const { offsetWidth: width, offsetHeight: height } = this.bar;
    const above = start.y - height - 12;
    put(this.bar, {
      x: Math.max(8, Math.min((start.x + end.x - width) / 2, view.width - width - 8)),
      y: Math.max(8, above > 8 ? above : Math.min(end.y + 48, view.height - height - 8)),
    });
  }

  /** @param {Selected["boxes"]} boxes */
  paint(boxes) {
    const painted = JSON.stringify(this.ends);
    if (painted === this.painted) return;
    this.painted = painted;
    for (const { page, layer } of this.words.pages.values()) {
      layer.querySelector(".page-chosen")?.remove();
      const here = boxes.filter((each) => each.page === page);
      if (!here.length) continue;
      const picture = layer.appendChild(document.createElementNS(SVG, "svg"));
      picture.classList.add("page-layer", "page-chosen");
      picture.append(...here.map(({ box }) => rectOf(box)));
    }
  }
}

/** @param {Box} box */
function rectOf(box) {
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries(box)) rect.setAttribute(name, String(value));
  return rect;
}

/** @param {HTMLElement} element @param {Point} point */
function put(element, { x, y }) {
  element.style.transform = `translate(${x}px, ${y}px)`;
}
