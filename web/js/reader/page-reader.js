// <page-reader>: one page of a paper, sharp at its size; zoom with two fingers, turn with a swipe, a tap at the side, keys.
//
// Events, bubbling: "turn" {page} when the reader wants another page. It never turns by itself: whoever uses it decides,
// and calls `show`. "shown" when it shows another page, or none. "moved" at every change of place, also under a finger;
// "place" {hand} when the page lies still again, moved by a hand or because the reader has another size. "touch" {x, y}
// for a tap and "hold" {x, y, stage: start, move, end} for a finger that rests, in points of the page; whoever makes use
// of one prevents its default.
//
// Layers: `addLayer(element)` puts an element over the page. A layer is as wide and high as the page in points and scaled
// with it, so that what lies on it is placed in points. `tool` may take pointers before the gestures do: see pointers.js.

import { pageSize } from "../lib/people.js";
import { t } from "../lib/words.js";
import * as geometry from "./geometry.js";
import { Gestures } from "./gestures.js";
import { keyActs } from "./keys.js";
import { PagePicture } from "./picture.js";
import { Pointers } from "./pointers.js";

/** @typedef {import("./geometry.js").Place} Place */
/** @typedef {{revision: string, page: number, pages: number, sizes?: [number, number, number][], title: string}} Shown */

const SIDE = 0.16; // of the width at each side: a tap there turns the page
const HEAD = 12; // px left above a line that is looked up
const GLIDE = 70; // ms in which most of the way to where the presenter is has been gone
const WHEEL_REST = 220; // ms without a wheel event before the wheel turns another page

export class PageReader extends HTMLElement {
  constructor() {
    super();
    /** @type {Shown | null} */
    this.shown = null;
    this.size = { width: 595, height: 842 };
    this.view = { width: 0, height: 0 };
    /** @type {Place} */
    this.place = { x: 0, y: 0, scale: 1 };
    /** @type {Place} where it lay when a finger took hold of it */
    this.held = this.place;
    this.least = 0; // pixels: the width in which this device keeps pages, so that none is brought in two
    this.gliding = 0;
    this.wheeled = 0;
    this.sheet = document.createElement("div");
    this.sheet.className = "page-sheet";
    this.image = document.createElement("div");
    this.image.className = "page-image";
    this.layers = document.createElement("div");
    this.layers.className = "page-layers";
    this.sheet.append(this.image, this.layers);
    /** @type {import("./pointers.js").Tool | null} */
    this.tool = null;
    this.picture = new PagePicture(this.image, this);
  }

  /** Something over the page, in its points; later ones lie higher. @template {HTMLElement | SVGElement} E @param {E} layer @returns {E} */
  addLayer(layer) {
    layer.classList.add("page-layer");
    this.layers.append(layer);
    return layer;
  }

  connectedCallback() {
    if (this.sheet.parentElement) return;
    this.append(this.sheet);
    this.tabIndex = 0;
    this.setAttribute("role", "group");
    new ResizeObserver(() => this.resized()).observe(this);
    this.listen();
  }

  listen() {
    const gestures = (this.gestures = new Gestures({
      tap: (point) => this.tapped(point),
      doubleTap: (point) => !this.sideOf(point) && this.settle(geometry.tappedTwice(this.place, point, this.view, this.size)),
      dragStart: () => this.grab(),
      drag: (dx, dy) => this.drag(dx, dy),
      dragEnd: (dx, dy, vx, vy) => this.dropped(dx, dy, vx, vy),
      pinchStart: () => this.grab(),
      pinch: (from, to) => this.put(geometry.pinched(this.held, from, to, (scale) => this.reach(scale))),
      pinchEnd: () => this.settle(geometry.held(this.place, this.view, this.size)),
      hold: (point, stage) => void this.tell("hold", { ...this.toPage(point), stage }),
    }));
    this.pointers = new Pointers(this, gestures);
    this.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  /** @param {{clientX: number, clientY: number}} event @returns {geometry.Point} */
  pointOf(event) {
    const box = this.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {geometry.Point} point of the reader @returns {geometry.Point} of the page */
  toPage({ x, y }) {
    return { x: (x - this.place.x) / this.place.scale, y: (y - this.place.y) / this.place.scale };
  }

  /** @param {string} name @param {object} [detail] @returns {boolean} whether nobody made use of it */
  tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
  }

  // -- what is shown ---------------------------------------------------------------------------------------------------

  /** @param {Shown | null} next null: nothing */
  show(next) {
    const before = this.shown;
    this.shown = next;
    this.hidden = !next;
    if (!next) {
      this.picture.clear();
      if (before) this.tell("shown");
      return;
    }
    if (before && before.revision === next.revision && before.page === next.page) return;
    const label = t("reader.page_of", { title: next.title, page: next.page, pages: next.pages });
    this.setAttribute("aria-label", label);
    cancelAnimationFrame(this.gliding);
    const size = pageSize(next.sizes, next.page);
    if (this.view.width) {
      this.place = before?.revision === next.revision
        ? geometry.turnedTo(this.place, this.view, this.size, size)
        : geometry.atTop(this.view, size);
    }
    this.size = size;
    this.layers.style.width = `${size.width}px`;
    this.layers.style.height = `${size.height}px`;
    this.put(this.place);
    this.draw();
    this.tell("shown");
  }

  /** Asks again for what could not be had: the network is back. */
  retry() {
    this.draw();
  }

  draw() {
    if (!this.shown || !this.view.width) return;
    const density = window.devicePixelRatio;
    const sharp = (/** @type {number} */ scale) => Math.max(this.least, geometry.imageWidth(this.size.width * scale, density));
    this.picture.show(this.shown, { now: sharp(this.place.scale), fitting: sharp(geometry.fitting(this.view, this.size)) });
  }

  resized() {
    const before = this.view;
    this.view = { width: this.clientWidth, height: this.clientHeight };
    if (!this.shown || !this.view.width || !this.view.height) return;
    this.settle(
      before.width ? geometry.resized(this.place, before, this.view, this.size) : geometry.atTop(this.view, this.size),
      false,
    );
  }

  // -- where it lies ---------------------------------------------------------------------------------------------------

  /** @param {Place} place */
  put(place) {
    this.place = place;
    const { style } = this.sheet;
    style.width = `${this.size.width * place.scale}px`;
    style.height = `${this.size.height * place.scale}px`;
    style.transform = `translate(${place.x}px, ${place.y}px)`;
    this.layers.style.transform = `scale(${place.scale})`;
    this.layers.style.setProperty("--scale", String(place.scale));
    this.classList.toggle("zoomed", this.isZoomed);
    this.tell("moved");
  }

  /** @param {Place} place where it stays: time for the image of this size @param {boolean} [hand] */
  settle(place, hand = true) {
    this.put(place);
    this.draw();
    this.tell("place", { hand });
  }

  /** Whether a finger is on the page: nothing moves under it. */
  get isTouched() {
    return !!this.gestures && !!this.pointers && this.gestures.touches.size + this.pointers.drawing.size > 0;
  }

  /** Goes where the presenter is, in a moment. @param {Place} to */
  glideTo(to) {
    cancelAnimationFrame(this.gliding);
    const arrive = () => {
      this.put(to);
      this.draw();
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return arrive();
    const step = (/** @type {number} */ last) => {
      this.gliding = requestAnimationFrame((now) => {
        const next = geometry.between(this.place, to, 1 - Math.exp(-Math.min(now - last, 64) / GLIDE));
        if (Math.abs(next.x - to.x) + Math.abs(next.y - to.y) + Math.abs(next.scale - to.scale) * this.size.width < 1) return arrive();
        this.put(next);
        step(now);
      });
    };
    step(performance.now());
  }

  get isZoomed() {
    return !!this.view.width && !geometry.isFitting(this.place, this.view, this.size);
  }

  /** @param {number} scale */
  reach(scale) {
    return geometry.withinReach(scale, this.view, this.size);
  }

  /** @param {number} times @param {geometry.Point} [point] the middle */
  zoomBy(times, point = { x: this.view.width / 2, y: this.view.height / 2 }) {
    if (!this.shown) return;
    const zoomed = geometry.zoomedAt(this.place, point, this.reach(this.place.scale * times));
    this.settle(geometry.held(zoomed, this.view, this.size));
  }

  /** As it was first shown. */
  fit() {
    if (this.shown) this.settle(geometry.atTop(this.view, this.size));
  }

  /** @param {number} y points of the page that come to the top of the view */
  lookFrom(y) {
    const { place } = this;
    this.settle(geometry.held({ ...place, y: HEAD - y * place.scale }, this.view, this.size));
  }

  /** Scrolls a page taller than the view; whether there was anything left. @param {number} dy px, down is positive */
  scrollDown(dy) {
    const next = geometry.held({ ...this.place, y: this.place.y - dy }, this.view, this.size);
    const moved = Math.abs(next.y - this.place.y) > 2;
    if (moved) this.settle(next);
    return moved;
  }

  // -- fingers ---------------------------------------------------------------------------------------------------------

  /** @param {geometry.Point} point @returns {number} -1 at the left edge, 1 at the right one */
  sideOf({ x }) {
    if (geometry.isWider(this.place, this.view, this.size)) return 0;
    return x < SIDE * this.view.width ? -1 : x > (1 - SIDE) * this.view.width ? 1 : 0;
  }

  /** @param {geometry.Point} point */
  tapped(point) {
    if (!this.tell("touch", this.toPage(point))) return;
    const side = this.sideOf(point);
    if (side) this.turn(side);
  }

  grab() {
    cancelAnimationFrame(this.gliding);
    this.held = this.place;
  }

  /** @param {number} dx @param {number} dy */
  drag(dx, dy) {
    const from = this.held;
    const wanted = { ...from, x: from.x + dx, y: from.y + dy };
    const near = geometry.held(wanted, this.view, this.size);
    this.put({ ...near, x: near.x + geometry.yielding(wanted.x - near.x), y: near.y + geometry.yielding(wanted.y - near.y) });
  }

  /** @param {number} dx @param {number} dy @param {number} vx @param {number} vy */
  dropped(dx, dy, vx, vy) {
    const turn = geometry.isWider(this.place, this.view, this.size) ? 0 : geometry.turnOf(dx, dy, vx);
    this.put(geometry.held(this.place, this.view, this.size));
    if (turn) this.turn(turn);
    else if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.settle(this.place);
    else this.glide(vx, vy, performance.now());
  }

  /** @param {number} vx @param {number} vy @param {number} last the time of the frame before */
  glide(vx, vy, last) {
    this.gliding = requestAnimationFrame((now) => {
      const ms = Math.min(now - last, 64);
      const wanted = { ...this.place, x: this.place.x + vx * ms, y: this.place.y + vy * ms };
      const next = geometry.held(wanted, this.view, this.size);
      const [x, y] = [next.x === wanted.x ? geometry.slowed(vx, ms) : 0, next.y === wanted.y ? geometry.slowed(vy, ms) : 0];
      if (Math.hypot(x, y) < 0.03) return this.settle(next);
      this.put(next);
      this.glide(x, y, now);
    });
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    if (event.ctrlKey) return this.zoomBy(Math.exp(-event.deltaY / 200), this.pointOf(event));
    const { x, y } = this.place;
    const next = geometry.held({ ...this.place, x: x - event.deltaX, y: y - event.deltaY }, this.view, this.size);
    const rested = event.timeStamp - this.wheeled > WHEEL_REST;
    this.wheeled = event.timeStamp;
    if (Math.hypot(next.x - x, next.y - y) > 1) this.settle(next);
    else if (rested && Math.abs(event.deltaY) > 8) this.turn(Math.sign(event.deltaY));
  }

  // -- turning ---------------------------------------------------------------------------------------------------------

  /** @param {number} step */
  turn(step) {
    if (this.shown) this.turnTo(this.shown.page + step);
  }

  /** @param {number} page */
  turnTo(page) {
    if (!this.shown || page < 1 || page > this.shown.pages || page === this.shown.page) return;
    this.tell("turn", { page });
  }

  /** Keys of a laptop; the page that uses the reader passes them on. @param {KeyboardEvent} event @returns {boolean} used */
  key(event) {
    if (!this.shown || event.altKey || event.metaKey || event.ctrlKey) return false;
    const act = keyActs(this)[event.key];
    if (!act) return false;
    event.preventDefault();
    act();
    return true;
  }
}
