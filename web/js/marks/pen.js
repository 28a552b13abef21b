// The tool of a reader: what a pen or finger does to the page while somebody marks.

import { Choosing } from "./choosing.js";
import { BROADS, outline, packed, Stroke } from "./ink.js";
import { broadLine, inkShape, lightBox, underlineBox } from "./layer.js";
import { marks } from "./marks.js";
import { openNote } from "./note-sheet.js";
import { isTouched, PIN } from "./shapes.js";
import { linesOf, textUnder, wordAt } from "./snap.js";
import { tools } from "./tools.js";
import { pageText } from "../reader/page-texts.js";

/** @typedef {import("../reader/pointers.js").PagePointer} PagePointer */
/** @typedef {import("./snap.js").Word} Word */
/** @typedef {{paper: string, revision: string, page: number}} Place */
/**
 * What one pointer is doing. `place` is where it began: a page that is turned under the hand does not take its ink along.
 * @typedef {{place: Place, tool: string, colour: string, move: (pointers: PagePointer[]) => void, finish: () => void, undo: () => void}} Doing
 */

const CLICK = 350; // ms until the click of a touch has come, if it comes at all
const BROAD = BROADS[1];
const RULED = 12; // points over a line that is ruled where there are no words
const RULE = 1.6; // points: its width
const REACH = 9; // CSS pixels: how far around an eraser takes
const RESTED = 1_000; // ms without the pen after which the tools come: they move the page, and nobody writes on what moves

export class Pen {
  /** @param {import("./layer.js").MarkLayer} layer @param {import("./hand.js").Hand} hand @param {(revision: string) => string | undefined} paperOf */
  constructor(layer, hand, paperOf) {
    this.layer = layer;
    this.reader = layer.reader;
    this.paperOf = paperOf;
    this.hand = hand;
    /** @type {Map<number, Doing>} */
    this.doing = new Map();
    /** @type {{key: string, words: Word[]}} of the page that is shown, once they are here */
    this.page = { key: "", words: [] };
    this.choosing = new Choosing(layer, () => this.page.words);
    /** @type {ReturnType<typeof setTimeout> | undefined} until the tools come */
    this.resting = undefined;
    this.reader.tool = this;
    for (const name of ["touch", "hold"]) {
      this.reader.addEventListener(name, (event) => {
        if (!tools.open || tools.name !== "note") return;
        event.preventDefault();
        const { stage = "end", ...point } = /** @type {CustomEvent} */ (event).detail;
        if (stage === "end") this.note(point); // who presses long means the same
      });
    }
    for (const name of ["pointerup", "pointercancel"]) {
      this.reader.addEventListener(name, (event) => this.hand.up(/** @type {PointerEvent} */ (event).pointerId));
    }
    // Who closes the page in the middle of a stroke has written it.
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.finish());
    addEventListener("pagehide", () => this.finish());
  }

  /** What is being done now is done. */
  finish() {
    const all = [...this.doing.values()];
    this.doing.clear();
    for (const doing of all) doing.finish();
  }

  /** The words are fetched before the highlighter needs them. */
  prepare() {
    this.hand.choosing = tools.open;
    this.layer.pins.classList.toggle("through", tools.open && tools.name === "select");
    const { shown } = this.reader;
    const key = `${shown?.revision}/${shown?.page}`;
    if (!shown || !tools.open || key === this.page.key) return;
    this.page = { key, words: [] };
    pageText(shown.revision, shown.page).then(
      ({ words }) => key === this.page.key && (this.page.words = words),
      () => {
        if (key === this.page.key) this.page.key = ""; // asked for again at the next stroke
      },
    );
  }

  get isOpen() {
    return tools.open;
  }

  // -- pointers --------------------------------------------------------------------------------------------------------

  /** @param {PagePointer} pointer @returns {"tool" | "reader" | "nobody"} */
  down(pointer) {
    const place = this.placeNow();
    if (!place || (pointer.kind === "mouse" && pointer.event.button > 0)) return "reader";
    if (tools.open && tools.name === "note" && pointer.kind !== "pen") return "reader"; // its tap is heard of above
    const meaning = this.hand.down({
      id: pointer.id,
      kind: pointer.kind,
      at: pointer.at,
      buttons: pointer.event.buttons,
    });
    if (meaning === "reader" || meaning === "nobody") return meaning;
    clearTimeout(this.resting);
    if (!tools.open && (tools.name === "eraser" || tools.name === "select")) tools.choose({ name: "pen" });
    this.prepare();
    this.doing.set(pointer.id, this.begin(place, meaning === "erase" ? "eraser" : tools.name, pointer));
    return "tool";
  }

  /** @param {PagePointer[]} pointers */
  move(pointers) {
    this.doing.get(pointers[0].id)?.move(pointers);
  }

  /** @param {PagePointer} pointer */
  up(pointer) {
    const doing = this.doing.get(pointer.id);
    this.doing.delete(pointer.id);
    this.hand.up(pointer.id);
    doing?.finish();
    if (tools.open || this.doing.size) return;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => tools.choose({ open: true }), RESTED);
  }

  /** @param {number} id */
  cancel(id) {
    const doing = this.doing.get(id);
    this.doing.delete(id);
    this.hand.taken(id);
    doing?.undo();
  }

  /** @returns {Place | null} */
  placeNow() {
    const { shown } = this.reader;
    const paper = shown && this.paperOf(shown.revision);
    return shown && paper ? { paper, revision: shown.revision, page: shown.page } : null;
  }

  /** @param {Place} place @param {string} tool @param {PagePointer} pointer @returns {Doing} */
  begin(place, tool, pointer) {
    const doing = { place, tool, colour: tools.colours[tool] ?? "ink" };
    if (tool === "eraser") return { ...doing, ...this.erasing(pointer) };
    if (tool === "note") return { ...doing, move: () => {}, finish: () => this.note(pointer), undo: () => {} };
    if (tool === "select") return { ...doing, ...this.choosing.begin(pointer) };
    if (tool === "pen") return { ...doing, ...this.writing(place, pointer) };
    const first = this.page.key === `${place.revision}/${place.page}` ? wordAt(this.page.words, pointer) : -1;
    if (first >= 0) return { ...doing, ...this.takingWords(place, first, tool) };
    return { ...doing, ...(tool === "underline" ? this.ruling(place, pointer) : this.lighting(place, pointer)) };
  }

  // -- what each tool does ---------------------------------------------------------------------------------------------

  /** @param {Place} place @param {PagePointer} pointer */
  writing(place, pointer) {
    const { colour, width } = tools;
    const stroke = new Stroke(pointer.kind === "pen");
    const path = this.layer.live.appendChild(inkShape("", colour));
    const move = (/** @type {PagePointer[]} */ pointers) => {
      for (const each of pointers) stroke.add(each);
      path.setAttribute("d", outline(stroke.whole(), width));
    };
    move([pointer]);
    return {
      move,
      finish: () => {
        marks.add(place, "ink", { colour, width, points: stroke.points() });
        this.fade(path);
      },
      undo: () => path.remove(),
    };
  }

  /** Freehand, where there are no words. @param {Place} place @param {PagePointer} pointer */
  lighting(place, pointer) {
    const { colour } = tools;
    const stroke = new Stroke(pointer.kind === "pen");
    /** @type {SVGElement | undefined} */
    let line;
    const move = (/** @type {PagePointer[]} */ pointers) => {
      for (const each of pointers) stroke.add(each);
      const next = broadLine(stroke.whole(), BROAD, colour);
      line ? line.replaceWith(next) : this.layer.liveLight.append(next);
      line = next;
    };
    move([pointer]);
    return {
      move,
      finish: () => {
        marks.add(place, "ink", { colour, width: BROAD, wide: true, points: stroke.points() });
        if (line) this.fade(line);
      },
      undo: () => line?.remove(),
    };
  }

  /** A straight line, where there are no words. @param {Place} place @param {PagePointer} start */
  ruling(place, start) {
    const { colour } = tools;
    let [from, to] = [start.x, start.x];
    /** @returns {import("./types").Box} */
    const box = () => [Math.min(from, to), start.y - RULED, Math.max(from, to), start.y];
    let line = this.layer.live.appendChild(underlineBox(box(), colour));
    return {
      move: (/** @type {PagePointer[]} */ pointers) => {
        to = pointers[pointers.length - 1].x;
        const next = underlineBox(box(), colour);
        line.replaceWith(next);
        line = next;
      },
      finish: () => {
        if (Math.abs(to - from) > 2)
          marks.add(place, "ink", {
            colour,
            width: RULE,
            points: packed([from, to].map((x) => ({ x, y: start.y, pressure: 0.5 }))),
          });
        this.fade(line);
      },
      undo: () => line.remove(),
    };
  }

  /** @param {Place} place @param {number} first the word it began at @param {string} tool */
  takingWords(place, first, tool) {
    const { colour } = tools;
    const { words } = this.page;
    const [kind, layer, boxed] =
      tool === "underline"
        ? /** @type {const} */ (["underline", this.layer.live, underlineBox])
        : /** @type {const} */ (["highlight", this.layer.liveLight, lightBox]);
    const group = layer.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "g"));
    let boxes = linesOf(words, first, first);
    const show = () => group.replaceChildren(...boxes.map((box) => boxed(box, colour)));
    show();
    return {
      move: (/** @type {PagePointer[]} */ pointers) => {
        const last = wordAt(words, pointers[pointers.length - 1], 60);
        if (last < 0) return;
        boxes = linesOf(words, first, last);
        show();
      },
      finish: () => {
        marks.add(place, kind, { colour, boxes, text: textUnder(words, boxes).slice(0, 2_000) });
        this.fade(group);
      },
      undo: () => group.remove(),
    };
  }

  /** @param {PagePointer} pointer */
  erasing(pointer) {
    /** @type {import("../reader/geometry.js").Point} */
    let from = pointer;
    const { fading } = this.layer;
    const move = (/** @type {PagePointer[]} */ pointers) => {
      const reach = REACH / this.reader.place.scale;
      for (const to of pointers) {
        for (const mark of this.layer.here()) if (isTouched(mark, from, to, reach)) fading.add(mark.id);
        from = to;
      }
      this.layer.draw();
    };
    move([pointer]);
    const end = () => {
      const erased = [...fading];
      fading.clear();
      return erased;
    };
    return {
      move,
      finish: () => {
        const erased = end();
        if (erased.length) marks.act(erased.map((id) => ({ id, becomes: null })));
        this.layer.draw();
      },
      undo: () => void (end(), this.layer.draw()),
    };
  }

  /** A new note at a point of the page. @param {import("../reader/geometry.js").Point} point */
  note({ x, y }) {
    const place = this.placeNow();
    if (!place) return;
    const { width, height } = this.reader.size;
    const within = (/** @type {number} */ length, /** @type {number} */ most) =>
      Math.round(Math.max(0, Math.min(length, most - PIN)) * 10) / 10;
    const body = { colour: tools.colour, x: within(x, width), y: within(y, height), text: "" };
    this.afterClick(() => openNote("", { place, body }));
  }

  /** A sheet that opened under the finger would take the click that follows it, and close. @param {() => void} act */
  afterClick(act) {
    let done = false;
    const once = () => {
      if (!done) act();
      done = true;
    };
    this.reader.addEventListener("click", once, { once: true });
    setTimeout(once, CLICK);
  }

  /** What was drawn live stays until the layer has drawn the mark itself: nothing flickers. @param {SVGElement} live */
  fade(live) {
    this.layer.draw();
    live.remove();
  }
}
