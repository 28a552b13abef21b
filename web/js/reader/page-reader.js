// <page-reader>: one page of a paper, sharp at its size; zoom with two fingers, turn with a swipe, a tap at the side, keys.
//
// Events, bubbling: "turn" {page} when the reader wants another page. It never turns by itself: whoever uses it decides,
// and calls `show`. "shown" when it shows another page, or none. "moved" at every change of place, also under a finger;
// "place" {hand} when the page lies still again, moved by a hand or because the reader has another size. "touch" {x, y, at}
// for a tap and "hold" {x, y, at, stage: start, move, end} for a finger that rests: in points of the page, `at` in those of
// the reader; whoever makes use of one prevents its default.
//
// Layouts: pages lie one by one, under each other, or two side by side (`layout`); one of them is the page that is read, has the
// layers and the words, and all places are told from its corner. Scrolling on to another one asks for it by "turn".
//
// Layers: `addLayer(element)` puts an element over the page. A layer is as wide and high as the page in points and scaled
// with it, so that what lies on it is placed in points. `tool` may take pointers before the gestures do: see pointers.js.

import { pageSize } from "../lib/people.js";
import { t } from "../lib/words.js";
import * as geometry from "./geometry.js";
import { Companions } from "./companions.js";
import { keyActs } from "./keys.js";
import { layoutIn, offsetOf, pageAt, pageIn, turned } from "./layouts.js";
import { Moving } from "./moving.js";
import { PagePicture } from "./picture.js";

/** @typedef {import("./geometry.js").Place} Place */
/** @typedef {{revision: string, page: number, pages: number, sizes?: [number, number, number][], title: string}} Shown */

const HEAD = 12; // px left above a line that is looked up
const GLIDE = 70; // ms in which most of the way to where the presenter is has been gone

export class PageReader extends HTMLElement {
  constructor() {
    super();
    /** @type {Shown | null} */
    this.shown = null;
    /** @type {geometry.Page} */
    this.size = { width: 595, height: 842 };
    /** @type {import("./layouts.js").Layout} */
    this.layout = "single";
    this.asked = 0; // the page asked for because it was scrolled to: nothing moves when it is given
    this.view = { width: 0, height: 0 };
    /** @type {Place} */
    this.place = { x: 0, y: 0, scale: 1 };
    this.least = 0; // pixels: the width in which this device keeps pages, so that none is brought in two
    this.gliding = 0;
    this.sheet = document.createElement("div");
    this.sheet.className = "page-sheet";
    this.image = document.createElement("div");
    this.image.className = "page-image";
    this.layers = document.createElement("div");
    this.layers.className = "page-layers";
    this.sheet.append(this.image, this.layers);
    /** @type {import("./pointers.js").Tool | null} */
    this.tool = null;
    this.picture = new PagePicture(this.image.appendChild(document.createElement("div")), this);
    this.companions = new Companions(this);
  }

  /** Something over the page, in its points; later ones lie higher. @template {HTMLElement | SVGElement} E @param {E} layer @returns {E} */
  addLayer(layer) {
    layer.classList.add("page-layer");
    this.layers.append(layer);
    return layer;
  }

  connectedCallback() {
    if (this.sheet.parentElement) return;
    this.append(this.companions.frame, this.sheet);
    this.tabIndex = 0;
    this.setAttribute("role", "group");
    new ResizeObserver(() => this.resized()).observe(this);
    this.moving = new Moving(this);
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
    const size = pageIn(this.layoutNow, next.page, this.all);
    if (this.view.width) {
      this.place =
        before?.revision === next.revision
          ? (this.keptPlace(before.page, next.page) ?? geometry.turnedTo(this.place, this.view, this.size, size))
          : geometry.atTop(this.view, size);
    }
    this.asked = 0;
    this.size = size;
    this.layers.style.width = `${size.width}px`;
    this.layers.style.height = `${size.height}px`;
    this.put(this.place);
    this.draw();
    this.tell("shown");
  }

  /** The same look, told from another page: of the same two, or scrolled to. @param {number} before @param {number} page @returns {Place | null} */
  keptPlace(before, page) {
    const offset =
      this.layoutNow === "spread" || this.asked === page ? offsetOf(this.layoutNow, before, page, this.all) : null;
    const { x, y, scale } = this.place;
    return offset && { scale, x: x + offset.x * scale, y: y + offset.y * scale };
  }

  /** All pages of the paper. @returns {import("./layouts.js").Pages} */
  get all() {
    const { sizes, pages = 1 } = this.shown ?? {};
    return { pages, sizeOf: (page) => pageSize(sizes, page) };
  }

  /** As they lie now: two side by side only where there is room. */
  get layoutNow() {
    return layoutIn(this.layout, this.view);
  }

  /** @param {import("./layouts.js").Layout} layout */
  lie(layout) {
    if (layout === this.layout) return;
    this.layout = layout;
    if (this.shown && this.view.width) this.lieAgain(this.view);
  }

  /** @param {geometry.Size} before the view */
  lieAgain(before) {
    if (!this.shown) return;
    const page = this.size;
    this.size = pageIn(this.layoutNow, this.shown.page, this.all);
    this.settle(
      before.width
        ? geometry.resized(this.place, before, this.view, page, this.size)
        : geometry.atTop(this.view, this.size),
      false,
    );
  }

  /** Asks for a page that is in sight, and reads it at once: nothing moves. @param {number} page */
  takeUp(page) {
    this.asked = page;
    this.tell("turn", { page });
    this.asked = page;
    if (this.shown && this.shown.page !== page) this.show({ ...this.shown, page });
  }

  /** @param {geometry.Point} point */
  takeUpAt(point) {
    const page = this.companions.pageUnder(point);
    if (page) this.takeUp(page);
  }

  /** Asks again for what could not be had: the network is back. */
  retry() {
    this.draw();
  }

  draw() {
    if (!this.shown || !this.view.width) return;
    this.picture.show(this.shown, {
      now: this.imageWidthOf(this.size.width),
      fitting: this.imageWidthOf(this.size.width, geometry.fitting(this.view, this.size)),
    });
  }

  /** @param {number} width of a page, points @param {number} [scale] */
  imageWidthOf(width, scale = this.place.scale) {
    return Math.max(this.least, geometry.imageWidth(width * scale, window.devicePixelRatio));
  }

  resized() {
    if (this.moving?.isDrawing) return; // nothing moves under a hand that writes; it is told of when the hand lets go
    const before = this.view;
    this.view = { width: this.clientWidth, height: this.clientHeight };
    if (!this.shown || !this.view.width || !this.view.height) return;
    if (before.width === this.view.width && before.height === this.view.height) return;
    this.lieAgain(before);
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
    this.dataset.layout = this.layoutNow;
    this.tell("moved");
  }

  /** @param {Place} place where it stays: time for the image of this size @param {boolean} [hand] */
  settle(place, hand = true) {
    this.put(place);
    this.draw();
    this.tell("place", { hand });
    if (hand) this.arrive();
  }

  /** Scrolled to another page. */
  arrive() {
    if (!this.shown || this.layoutNow !== "scroll") return;
    const page = pageAt(this.shown.page, this.all, (this.view.height / 2 - this.place.y) / this.place.scale);
    if (page === this.shown.page) return;
    this.asked = page;
    this.tell("turn", { page });
  }

  /** Whether a finger is on the page: nothing moves under it. */
  get isTouched() {
    return !!this.moving && this.moving.gestures.touches.size + this.moving.pointers.drawing.size > 0;
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
        if (Math.abs(next.x - to.x) + Math.abs(next.y - to.y) + Math.abs(next.scale - to.scale) * this.size.width < 1)
          return arrive();
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

  // -- turning ---------------------------------------------------------------------------------------------------------

  /** @param {number} step */
  turn(step) {
    if (!this.shown) return;
    const page = turned(this.layoutNow, this.shown.page, step);
    this.turnTo(page > this.shown.pages && this.shown.page < this.shown.pages ? this.shown.pages : page);
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
