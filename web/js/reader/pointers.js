// Whose each pointer on a reader is: a tool's (a pen that draws), or the reader's, whose gestures move the page.

/** @typedef {import("./geometry.js").Point} Point */
/**
 * A pointer in page coordinates. x and y in points of the page, `at` in milliseconds, `pressure` 0 to 1.
 * @typedef {{id: number, kind: string, x: number, y: number, at: number, pressure: number, event: PointerEvent}} PagePointer
 */
/**
 * What may take pointers before the reader's gestures do. `down` says whose a pointer is from now on: the tool's, the
 * reader's, or nobody's (a palm beside a pen). When the reader gets a pointer while the tool has a finger, the tool's
 * stroke is cancelled and both fingers pinch. A pen that the system takes away has written what it wrote.
 * @typedef {object} Tool
 * @property {(pointer: PagePointer) => "tool" | "reader" | "nobody"} down
 * @property {(pointers: PagePointer[]) => void} move one pointer's positions since the last call, in order
 * @property {(pointer: PagePointer) => void} up
 * @property {(id: number) => void} cancel what was begun did not happen
 * @property {boolean} [isOpen] whether fingers are its, too
 */
/**
 * @typedef {object} Reader
 * @property {Tool | null} tool
 * @property {(event: {clientX: number, clientY: number}) => Point} pointOf
 * @property {(point: Point) => Point} toPage
 */

const HOLD = 500; // ms a finger rests before it means more than a tap

export class Pointers {
  /** @param {HTMLElement & Reader} reader @param {import("./gestures.js").Gestures} gestures */
  constructor(reader, gestures) {
    this.reader = reader;
    this.gestures = gestures;
    /** @type {Map<number, PointerEvent>} what the tool has, where it was last */
    this.drawing = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    reader.addEventListener("pointerdown", (event) => this.down(event));
    reader.addEventListener("pointermove", (event) => this.move(event));
    reader.addEventListener("pointerup", (event) => this.up(event));
    reader.addEventListener("pointercancel", (event) => this.cancel(event.pointerId));
    reader.addEventListener("selectstart", (event) => this.drawing.size && event.preventDefault()); // a pen that writes selects nothing
    reader.addEventListener("contextmenu", (event) => event.pointerType !== "mouse" && event.preventDefault());
  }

  /** @param {PointerEvent} event */
  down(event) {
    // What lies on the page and acts by itself, as a button does, says so; the mouse selects words as on any page.
    if (event.target instanceof Element && event.target.closest("[data-own]")) return;
    const owner = this.reader.tool?.down(this.pageOf(event)) ?? "reader";
    if (owner === "nobody") return;
    if (owner === "tool") {
      this.drawing.set(event.pointerId, event);
      return this.reader.setPointerCapture(event.pointerId);
    }
    if (event.button > 0 || this.isSelecting(event)) return;
    this.reader.setPointerCapture(event.pointerId);
    this.takeBack();
    this.gestures.down(this.touch(event));
    clearTimeout(this.resting);
    if (event.pointerType !== "mouse") this.resting = setTimeout(() => this.gestures.hold(), HOLD);
  }

  /** A finger that drew and now pinches with a second one. */
  takeBack() {
    for (const [id, last] of [...this.drawing]) {
      if (last.pointerType !== "touch") continue;
      this.drawing.delete(id);
      this.reader.tool?.cancel(id);
      this.gestures.down(this.touch(last));
    }
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.drawing.has(event.pointerId)) return this.gestures.move(this.touch(event));
    this.drawing.set(event.pointerId, event);
    const all = event.getCoalescedEvents?.() ?? [];
    this.reader.tool?.move((all.length ? all : [event]).map((each) => this.pageOf(each)));
  }

  /** @param {PointerEvent} event */
  up(event) {
    if (this.drawing.delete(event.pointerId)) this.reader.tool?.up(this.pageOf(event));
    else this.gestures.up(this.touch(event));
  }

  /** The system takes a pointer away: a finger was a palm perhaps, a pen was none. @param {number} id */
  cancel(id) {
    const last = this.drawing.get(id);
    if (!last) return this.gestures.cancel(id);
    this.drawing.delete(id);
    if (last.pointerType === "pen") this.reader.tool?.up(this.pageOf(last));
    else this.reader.tool?.cancel(id);
  }

  /** @param {PointerEvent} event */
  isSelecting(event) {
    return (
      event.pointerType === "mouse" &&
      event.target instanceof Element &&
      event.target.closest(".page-words span") !== null
    );
  }

  /** @param {PointerEvent} event @returns {import("./gestures.js").Touch} */
  touch(event) {
    return { id: event.pointerId, at: event.timeStamp, ...this.reader.pointOf(event) };
  }

  /** @param {PointerEvent} event @returns {PagePointer} */
  pageOf(event) {
    const { pointerId: id, pointerType: kind, timeStamp: at, pressure } = event;
    return { id, kind, at, pressure, event, ...this.reader.toPage(this.reader.pointOf(event)) };
  }
}
