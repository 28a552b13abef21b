// Selecting words, on all pages in sight and on from there: with the mouse as on any page, with a finger that rests on a word
// and then draws on, at an edge also to the pages beyond it; a bar says what can be done with them. The browser's own
// selection has the two ends as long as both are in sight; what lies between them is told and painted from the words, whose
// pages do not follow each other in the document. What is selected stays when its page is scrolled away.

import { copyText } from "../lib/clipboard.js";
import { html, icon, render } from "../lib/html.js";
import { say } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { AtEdge } from "./at-edge.js";
import { pageText } from "./page-texts.js";
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
    this.revision = "";
    /** Words of the selected pages, also of those out of sight. @type {Map<number, import("./text.js").Word[]>} */
    this.kept = new Map();
    /** @type {Selected["boxes"]} */
    this.boxes = [];
    this.painted = "";
    this.edge = new AtEdge(reader, (at) => this.drawnTo(at));
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
    reader.addEventListener("touch", (event) => this.tapped(event));
    for (const name of ["shown", "words", "beside"]) reader.addEventListener(name, () => this.again());
    reader.addEventListener("moved", () => this.lay());
    reader.addEventListener("pointerdown", (event) => this.pressed(event), { capture: true });
    document.addEventListener("selectionchange", () => this.changed());
    document.addEventListener("copy", (event) => this.copied(event));
  }

  get pages() {
    return new Map([...this.kept, ...this.words.all]);
  }

  get parts() {
    const { pages, ends } = this;
    return ends
      ? partsOf(pages, ...ends).map(({ page, range }) => ({ page, range, words: pages.get(page) ?? [] }))
      : [];
  }

  /** @returns {Selected | null} */
  get selected() {
    const { ends, parts } = this;
    return ends && { text: parts.map(({ words, range }) => said(words, range)).join("\n"), boxes: boxesOf(parts) };
  }

  /** The words of an end that lie in its page. @param {Spot} spot @returns {HTMLElement | undefined} */
  spanOf({ page, index }) {
    return this.words.of(page)?.spans[index];
  }

  /** Whether the browser can have the selection as its own. */
  get inSight() {
    return !!this.ends?.every((spot) => this.spanOf(spot));
  }

  /** Other pages are in sight: what is selected stays, unless another paper is read. */
  again() {
    if (!this.ends) return;
    if (this.revision !== this.reader.shown?.revision) return this.clear();
    if (this.inSight && !this.words.spotOf(document.getSelection()?.anchorNode ?? null)) this.choose(...this.ends);
    else this.lay();
  }

  /** The words of every page from one end to the other. */
  async keep() {
    const { revision, ends } = this;
    if (!ends) return this.kept.clear();
    const [{ page: first }, { page: last }] = ends;
    for (const page of [...this.kept.keys()]) if (page < first || page > last) this.kept.delete(page);
    for (let page = first; page <= last; page += 1) {
      const here = this.words.of(page)?.text;
      if (here) this.kept.set(page, here.words);
      if (this.kept.has(page)) continue;
      const text = await pageText(revision, page).catch(() => null);
      if (this.ends !== ends) return; // drawn on meanwhile
      if (text) this.kept.set(page, text.words);
      this.lay();
    }
  }

  /** Takes away what is selected; where that is seen, the tap means nothing else. @param {Event} event */
  tapped(event) {
    if (!this.ends || !this.byFinger) return;
    if (!this.bar.hidden) event.preventDefault();
    this.clear();
  }

  /** A mouse on the page begins anew, or with Shift goes on from where it was. @param {PointerEvent} event */
  pressed(event) {
    if (
      !this.ends ||
      this.inSight ||
      event.pointerType === "touch" ||
      (event.target instanceof Element && event.target.closest("[data-own]"))
    )
      return;
    const spot = event.shiftKey ? this.words.spotAt(this.reader.pointOf(event)) : null;
    if (spot) this.choose(this.anchor ?? this.ends[0], spot);
    else this.clear();
  }

  // -- by finger -------------------------------------------------------------------------------------------------------

  /** @param {CustomEvent<{at: Point, stage: string}>} event */
  hold(event) {
    const { stage, at } = event.detail;
    this.edge.draw(stage === "move" && this.byFinger && this.anchor ? at : null);
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
      const at = { x, y: y - BELOW };
      this.edge.draw(at);
      this.drawnTo(at);
    });
    for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, () => this.edge.draw(null));
    return handle;
  }

  /** @param {Point} at of the reader */
  drawnTo(at) {
    const spot = this.words.spotAt(at, ANYWHERE);
    if (spot && this.anchor) this.choose(this.anchor, spot);
  }

  /** @param {Spot} one @param {Spot} other */
  choose(one, other) {
    const ends = inOrder(one, other);
    this.take(ends);
    const [first, last] = ends.map((spot) => this.spanOf(spot)?.firstChild);
    const selection = document.getSelection();
    if (first && last) selection?.setBaseAndExtent(first, 0, last, last.textContent?.length ?? 0);
    else if (this.words.spotOf(selection?.anchorNode ?? null)) selection?.removeAllRanges();
    this.lay();
  }

  /** @param {[Spot, Spot] | null} ends */
  take(ends) {
    this.ends = ends;
    this.revision = this.reader.shown?.revision ?? "";
    void this.keep();
  }

  clear() {
    const selection = document.getSelection();
    if (this.ends && selection && this.words.spotOf(selection.anchorNode)) selection.removeAllRanges();
    this.rest();
  }

  rest() {
    this.take(null);
    this.byFinger = false;
    this.lay();
  }

  // -- by mouse or keyboard --------------------------------------------------------------------------------------------

  changed() {
    const selection = document.getSelection();
    const anchor = selection && !selection.isCollapsed ? this.words.spotOf(selection.anchorNode) : null;
    if (!selection || !anchor) {
      if ((this.inSight || this.isElsewhere) && !this.bar.contains(document.activeElement)) this.rest();
      return;
    }
    // Between the words it goes on to where it was.
    const focus =
      this.words.spotOf(selection.focusNode) ??
      this.ends?.find(({ page, index }) => page !== anchor.page || index !== anchor.index) ??
      anchor;
    const [first, last] = inOrder(anchor, focus);
    // What ends before the first letter of a word does not take it along.
    const before =
      (last === focus ? selection.focusOffset : selection.anchorOffset) === 0 &&
      last.index > 0 &&
      first !== last &&
      (first.page < last.page || first.index < last.index);
    const ends = /** @type {[Spot, Spot]} */ ([first, before ? { ...last, index: last.index - 1 } : last]);
    if (JSON.stringify(ends) === JSON.stringify(this.ends)) return;
    this.anchor = anchor;
    this.take(ends);
    this.lay();
  }

  /** Whether something else on the page is selected. */
  get isElsewhere() {
    const selection = document.getSelection();
    return !!selection && !selection.isCollapsed && !this.reader.contains(selection.anchorNode);
  }

  /** @param {ClipboardEvent} event */
  copied(event) {
    const { selected } = this;
    if (!selected || this.isElsewhere || document.activeElement?.matches("input, textarea")) return;
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
    this.paint();
    const { boxes } = this;
    const seen = boxes.length > 0 && this.isSeen(boxes);
    this.bar.hidden = !seen;
    for (const handle of this.handles) handle.hidden = !seen || !this.byFinger;
    if (!seen) return;
    if (!this.bar.firstChild)
      render(
        this.bar,
        html`${selectionActs.map(({ name, icon: sign, label }) => html`<button class="btn" value="${name}">${icon(sign)}${label()}</button>`)}`,
      );
    const { view } = this.reader;
    const { start, end, foot } = this.corners(boxes);
    put(this.handles[0], foot);
    put(this.handles[1], end);
    const { offsetWidth: width, offsetHeight: height } = this.bar;
    const above = start.y - height - 12;
    put(this.bar, {
      x: Math.max(8, Math.min((start.x + end.x - width) / 2, view.width - width - 8)),
      y: Math.max(8, above > 8 ? above : Math.min(end.y + 48, view.height - height - 8)),
    });
  }

  /** In the reader: where the first line begins, its foot, and where the last one ends. @param {Selected["boxes"]} boxes */
  corners(boxes) {
    const { companions } = this.reader;
    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
    return {
      start: companions.pointOf(first.page, first.box),
      foot: companions.pointOf(first.page, { x: first.box.x, y: first.box.y + first.box.height }),
      end: companions.pointOf(last.page, { x: last.box.x + last.box.width, y: last.box.y + last.box.height }),
    };
  }

  /** @param {Selected["boxes"]} boxes */
  isSeen(boxes) {
    const { companions, shown, view } = this.reader;
    const [from, to] = [boxes[0].page, boxes[boxes.length - 1].page];
    const { start, end } = this.corners(boxes);
    return (
      [shown?.page ?? 0, ...companions.all.map(({ page }) => page)].some((page) => page >= from && page <= to) &&
      start.y < view.height &&
      end.y > 0
    );
  }

  paint() {
    const painted = JSON.stringify([
      this.ends,
      [...this.kept.keys()],
      [...this.words.pages.values()].map(({ page, text }) => [page, !!text]),
    ]);
    if (painted === this.painted) return;
    this.painted = painted;
    this.boxes = boxesOf(this.parts);
    for (const { page, layer } of this.words.pages.values()) {
      layer.querySelector(".page-chosen")?.remove();
      const here = this.boxes.filter((each) => each.page === page);
      if (!here.length) continue;
      const picture = layer.appendChild(document.createElementNS(SVG, "svg"));
      picture.classList.add("page-layer", "page-chosen");
      picture.append(...here.map(({ box }) => rectOf(box)));
    }
  }
}

/** The lines of each page. @param {{page: number, range: import("./text.js").Range, words: import("./text.js").Word[]}[]} parts @returns {Selected["boxes"]} */
const boxesOf = (parts) =>
  parts.flatMap(({ page, words, range }) => linesOf(words, range).map((box) => ({ page, box })));

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
