// What a hand does to a reader: taps, drags with momentum, pinches, turns the wheel.

import * as geometry from "./geometry.js";
import { Gestures } from "./gestures.js";
import { Pointers } from "./pointers.js";

/** @typedef {import("./geometry.js").Place} Place */

const SIDE = 0.16; // of the width at each side: a tap there turns the page
const WHEEL_REST = 220; // ms without a wheel event before the wheel turns another page

export class Moving {
  /** @param {import("./page-reader.js").PageReader} reader */
  constructor(reader) {
    this.reader = reader;
    /** @type {Place} where it lay when a finger took hold of it */
    this.held = reader.place;
    this.wheeled = 0;
    this.gestures = new Gestures({
      tap: (point) => this.tapped(point),
      doubleTap: (point) =>
        !this.sideOf(point) && reader.settle(geometry.tappedTwice(reader.place, point, reader.view, reader.size)),
      dragStart: () => this.grab(),
      drag: (dx, dy) => this.drag(dx, dy),
      dragEnd: (dx, dy, vx, vy) => this.dropped(dx, dy, vx, vy),
      pinchStart: () => this.grab(),
      pinch: (from, to) => reader.put(geometry.pinched(this.held, from, to, (scale) => reader.reach(scale))),
      pinchEnd: () => reader.settle(geometry.held(reader.place, reader.view, reader.size)),
      hold: (point, stage) => reader.tell("hold", { ...reader.toPage(point), at: point, stage }),
    });
    this.pointers = new Pointers(reader, this.gestures);
    for (const name of ["pointerup", "pointercancel"]) reader.addEventListener(name, () => reader.resized()); // after the pointers
    reader.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  /** A tool has a pointer. */
  get isDrawing() {
    return this.pointers.drawing.size > 0;
  }

  /** Whether fingers move the page right now. */
  get isDrawn() {
    return this.gestures.kind === "drag" || this.gestures.kind === "pinch";
  }

  /** @param {geometry.Point} point @returns {number} -1 at the left edge, 1 at the right one */
  sideOf({ x }) {
    if (geometry.isWider(this.reader.place, this.reader.view, this.reader.size)) return 0;
    return x < SIDE * this.reader.view.width ? -1 : x > (1 - SIDE) * this.reader.view.width ? 1 : 0;
  }

  /** @param {geometry.Point} point */
  tapped(point) {
    if (!this.sideOf(point)) this.reader.takeUpAt(point);
    if (!this.reader.tell("touch", { ...this.reader.toPage(point), at: point })) return;
    const side = this.sideOf(point);
    if (side) this.reader.turn(side);
  }

  grab() {
    cancelAnimationFrame(this.reader.gliding);
    this.held = this.reader.place;
  }

  /** @param {number} dx @param {number} dy */
  drag(dx, dy) {
    const from = this.held;
    const wanted = { ...from, x: from.x + dx, y: from.y + dy };
    const near = geometry.held(wanted, this.reader.view, this.reader.size);
    this.reader.put({
      ...near,
      x: near.x + geometry.yielding(wanted.x - near.x),
      y: near.y + geometry.yielding(wanted.y - near.y),
    });
  }

  /** @param {number} dx @param {number} dy @param {number} vx @param {number} vy */
  dropped(dx, dy, vx, vy) {
    const turn = geometry.isWider(this.reader.place, this.reader.view, this.reader.size)
      ? 0
      : geometry.turnOf(dx, dy, vx);
    this.reader.put(geometry.held(this.reader.place, this.reader.view, this.reader.size));
    if (turn) this.reader.turn(turn);
    else if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.reader.settle(this.reader.place);
    else this.glide(vx, vy, performance.now());
  }

  /** @param {number} vx @param {number} vy @param {number} last the time of the frame before */
  glide(vx, vy, last) {
    this.reader.gliding = requestAnimationFrame((now) => {
      const ms = Math.min(now - last, 64);
      const wanted = { ...this.reader.place, x: this.reader.place.x + vx * ms, y: this.reader.place.y + vy * ms };
      const next = geometry.held(wanted, this.reader.view, this.reader.size);
      const [x, y] = [
        next.x === wanted.x ? geometry.slowed(vx, ms) : 0,
        next.y === wanted.y ? geometry.slowed(vy, ms) : 0,
      ];
      if (Math.hypot(x, y) < 0.03) return this.reader.settle(next);
      this.reader.put(next);
      this.glide(x, y, now);
    });
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    if (event.ctrlKey) return this.reader.zoomBy(Math.exp(-event.deltaY / 200), this.reader.pointOf(event));
    const { x, y } = this.reader.place;
    const next = geometry.held(
      { ...this.reader.place, x: x - event.deltaX, y: y - event.deltaY },
      this.reader.view,
      this.reader.size,
    );
    const rested = event.timeStamp - this.wheeled > WHEEL_REST;
    this.wheeled = event.timeStamp;
    if (Math.hypot(next.x - x, next.y - y) > 1) this.reader.settle(next);
    else if (rested && Math.abs(event.deltaY) > 8) this.reader.turn(Math.sign(event.deltaY));
  }
}
