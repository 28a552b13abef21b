// The tool that chooses marks: a tap on one, or a line drawn around some; what is chosen is moved by the hand that takes hold of it.

import { store } from "../lib/store.js";
import { choose, chosen, coloured, enclosed, heldBy, movedBy, nextOf, widened } from "./chosen.js";
import { marks } from "./marks.js";
import { boxOf, isTouched } from "./shapes.js";
import { textUnder } from "./snap.js";

/** @typedef {import("./types").Mark} Mark */
/** @typedef {import("../reader/pointers.js").PagePointer} PagePointer */
/** @typedef {import("./shapes.js").Point} Point */
/** @typedef {{move: (pointers: PagePointer[]) => void, finish: () => void, undo: () => void}} Act */

const REACH = 12; // CSS pixels around a mark or a choice that still belong to it
const STILL = 5; // CSS pixels: a hand that moves less has tapped
const APART = 2; // points between two places of the lasso

export class Choosing {
  /** @param {import("./layer.js").MarkLayer} layer @param {() => import("./snap.js").Word[]} words of the page that is read */
  constructor(layer, words) {
    this.layer = layer;
    this.reader = layer.reader;
    this.words = words;
    this.page = "";
    this.reader.addEventListener("shown", () => {
      const { shown } = this.reader;
      const page = `${shown?.revision}/${shown?.page}`;
      if (page !== this.page && this.holds) this.take([]);
      this.page = page;
    });
  }

  /** @returns {Mark[]} */
  get held() {
    return this.layer.here().filter(({ id }) => chosen.has(id));
  }

  /** Whether what is chosen lies on the page this reader has shown: it may be another one's. */
  get holds() {
    const marksOf = [...chosen].map((id) => marks.book.get(id));
    return marksOf.some((mark) => mark && `${mark.revision}/${mark.page}` === this.page);
  }

  /** @param {Iterable<string>} ids */
  take(ids) {
    choose(ids);
    this.layer.draw();
    store.changed();
  }

  all() {
    this.take(this.layer.here().map(({ id }) => id));
  }

  next() {
    const id = nextOf(this.layer.here());
    this.take(id ? [id] : []);
  }

  /** @param {string} colour */
  colour(colour) {
    marks.act(this.held.map((mark) => ({ id: mark.id, becomes: coloured(mark, colour) })));
  }

  /** @param {number} step of the widths of a line */
  width(step) {
    const lines = this.held.filter(({ kind }) => kind === "ink");
    marks.act(lines.map((mark) => ({ id: mark.id, becomes: widened(mark, step) })));
  }

  remove() {
    const { held } = this;
    if (held.length) marks.act(held.map(({ id }) => ({ id, becomes: null })));
    this.take([]);
  }

  /** @param {Point} wanted points of the page */
  moveBy(wanted) {
    const { held } = this;
    const by = heldBy(held, wanted, this.reader.size);
    if (!held.length || (!by.x && !by.y)) return;
    marks.act(held.map((mark) => ({ id: mark.id, becomes: this.reworded(movedBy(mark, by)) })));
  }

  /** A highlight that was moved says what it lies on now. @param {Mark} mark @returns {Mark} */
  reworded(mark) {
    const text = mark.body?.boxes ? textUnder(this.words(), mark.body.boxes).slice(0, 2_000) : "";
    return text ? { ...mark, body: { ...mark.body, text } } : mark;
  }

  /** Keys while marks are chosen. @param {KeyboardEvent} event @returns {boolean} used */
  key(event) {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyA") return (this.all(), true);
    if (!this.held.length || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = event.shiftKey ? 20 : 4;
    /** @type {Record<string, () => void>} */
    const acts = {
      Delete: () => this.remove(),
      Backspace: () => this.remove(),
      Escape: () => this.take([]),
      ArrowLeft: () => this.moveBy({ x: -step, y: 0 }),
      ArrowRight: () => this.moveBy({ x: step, y: 0 }),
      ArrowUp: () => this.moveBy({ x: 0, y: -step }),
      ArrowDown: () => this.moveBy({ x: 0, y: step }),
    };
    acts[event.key]?.();
    return event.key in acts;
  }

  // -- by hand ---------------------------------------------------------------------------------------------------------

  /** @param {PagePointer} pointer @returns {Act} */
  begin(pointer) {
    const reach = REACH / this.reader.place.scale;
    const onIt = this.held.some((mark) => {
      const [left, top, right, bottom] = boxOf(mark);
      return (
        pointer.x > left - reach && pointer.x < right + reach && pointer.y > top - reach && pointer.y < bottom + reach
      );
    });
    return onIt || chosen.has(this.layer.pinAt(pointer.event) ?? "") ? this.moving(pointer) : this.lassoing(pointer);
  }

  /** @param {PagePointer} start @returns {Act} */
  moving(start) {
    const { held } = this;
    let by = { x: 0, y: 0 };
    let moved = false;
    const move = (/** @type {PagePointer[]} */ pointers) => {
      const last = pointers[pointers.length - 1];
      by = heldBy(held, { x: last.x - start.x, y: last.y - start.y }, this.reader.size);
      moved ||= !this.isStill(start, last);
      if (moved) this.layer.shift(by);
    };
    return {
      move,
      finish: () => {
        this.layer.shift({ x: 0, y: 0 });
        if (moved) this.moveBy(by);
        else this.tapped(start);
      },
      undo: () => this.layer.shift({ x: 0, y: 0 }),
    };
  }

  /** @param {PagePointer} start @returns {Act} */
  lassoing(start) {
    /** @type {Point[]} */
    const line = [start];
    const path = this.layer.live.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
    path.classList.add("lasso");
    return {
      move: (pointers) => {
        for (const { x, y } of pointers) {
          const last = line[line.length - 1];
          if (Math.hypot(x - last.x, y - last.y) >= APART) line.push({ x, y });
        }
        path.setAttribute("d", `M${line.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`);
      },
      finish: () => {
        path.remove();
        if (line.every((point) => this.isStill(start, point))) this.tapped(start);
        else this.take(enclosed(this.layer.here(), line).map(({ id }) => id));
      },
      undo: () => path.remove(),
    };
  }

  /** The one on top. @param {PagePointer} pointer */
  tapped(pointer) {
    const pin = this.layer.pinAt(pointer.event);
    const reach = REACH / this.reader.place.scale;
    const touched = this.layer.here().filter((mark) => isTouched(mark, pointer, pointer, reach));
    const id = pin ?? touched.at(-1)?.id;
    this.take(id ? [id] : []);
  }

  /** @param {Point} one @param {Point} other */
  isStill(one, other) {
    return Math.hypot(one.x - other.x, one.y - other.y) * this.reader.place.scale < STILL;
  }
}
