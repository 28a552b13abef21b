// <page-reader>: one page of a paper, sharp at its size; zoom with two fingers, turn with a swipe, keys or buttons.
//
// Events: "turn" {page} when the reader wants another page. It never turns by itself: whoever uses it decides.

import { pageSize } from "../lib/people.js";
import { t } from "../lib/words.js";
import { first, fit, MOST, settle, widthFor, zoomAt } from "./geometry.js";
import { keep, load, ready } from "./images.js";

/** @typedef {{revision: string, page: number, pages: number, sizes?: [number, number, number][], title: string}} Shown */

const SWIPE = 48; // px sideways that turn the page
const TAP = 10; // px a tap may move
const DOUBLE = 320; // ms between two taps
const KEEP_PAUSE = 1_500; // ms between two pages fetched for later

export class PageReader extends HTMLElement {
  connectedCallback() {
    if (this.sheet) return;
    /** @type {Shown | null} */
    this.shown = null;
    this.place = { x: 0, y: 0, scale: 1 };
    this.sheet = document.createElement("div");
    this.sheet.className = "page-sheet";
    this.sheet.setAttribute("role", "img");
    this.append(this.sheet);
    /** @type {Map<number, {x: number, y: number}>} */
    this.fingers = new Map();
    this.tappedAt = 0;
    this.tabIndex = 0;
    new ResizeObserver(() => this.fitAgain()).observe(this);
    this.addEventListener("pointerdown", (event) => this.down(event));
    this.addEventListener("pointermove", (event) => this.move(event));
    for (const type of /** @type {const} */ (["pointerup", "pointercancel"])) {
      this.addEventListener(type, (event) => this.up(event, type === "pointercancel"));
    }
    this.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  /** @param {Shown | null} next */
  show(next) {
    const before = this.shown;
    this.shown = next;
    this.hidden = !next;
    if (!next || !this.sheet) return;
    if (before && before.revision === next.revision && before.page === next.page) return;
    this.sheet.setAttribute("aria-label", t("reader.page_of", { title: next.title, page: next.page, pages: next.pages }));
    this.fitAgain();
    this.draw();
    this.fetchAhead();
  }

  get page() {
    const { width, height } = pageSize(this.shown?.sizes, this.shown?.page ?? 1);
    return { width, height };
  }

  get view() {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  get isZoomed() {
    return this.place.scale > fit(this.page, this.view) * 1.01;
  }

  fitAgain() {
    if (!this.shown || !this.clientWidth) return;
    this.put(first(this.place, this.page, this.view));
    this.draw();
  }

  /** @param {import("./geometry.js").Place} place */
  put(place) {
    this.place = settle(place, this.page, this.view);
    const { width, height } = this.page;
    const { x, y, scale } = this.place;
    const style = /** @type {HTMLElement} */ (this.sheet).style;
    style.width = `${width * scale}px`;
    style.height = `${height * scale}px`;
    style.transform = `translate(${x}px, ${y}px)`;
    this.classList.toggle("zoomed", this.isZoomed);
  }

  /** The best picture that is here at once, the sharp one as soon as it is decoded; never an empty sheet for long. */
  draw() {
    const shown = this.shown;
    if (!shown || !this.clientWidth) return;
    const width = widthFor(this.page.width * this.place.scale, window.devicePixelRatio);
    const at = { revision: shown.revision, page: shown.page };
    const sharp = ready({ ...at, width });
    if (sharp) {
      this.hang(sharp, shown);
      return;
    }
    const here = [2160, 1600, 1080, 270].map((other) => ready({ ...at, width: other })).find(Boolean);
    if (here) this.hang(here, shown);
    else this.bare(shown);
    if (!here) load({ ...at, width: 270 }).then((image) => this.isStill(shown) && !ready({ ...at, width }) && this.hang(image, shown), () => {});
    load({ ...at, width }).then(
      (image) => this.isStill(shown) && this.hang(image, shown),
      () => this.isStill(shown) && !this.sheet?.querySelector("img") && this.bare(shown, true),
    );
  }

  /** @param {Shown} shown */
  isStill(shown) {
    return this.shown?.revision === shown.revision && this.shown.page === shown.page;
  }

  /** @param {HTMLImageElement} image @param {Shown} shown */
  hang(image, shown) {
    if (this.sheet?.firstChild !== image) this.sheet?.replaceChildren(image);
    this.dataset.page = `${shown.revision}/${shown.page}`;
  }

  /** @param {Shown} shown */
  bare(shown, missing = false) {
    const note = document.createElement("p");
    note.className = "page-bare";
    note.textContent = missing ? t("reader.not_here", { page: shown.page }) : String(shown.page);
    this.sheet?.replaceChildren(note);
    this.dataset.page = "";
  }

  /** Neighbours are decoded before they are asked for, so that a turn needs no request; the rest of the paper follows. */
  fetchAhead() {
    const shown = this.shown;
    if (!shown) return;
    const width = widthFor(this.page.width * fit(this.page, this.view), window.devicePixelRatio);
    const near = [1, -1, 2].map((step) => shown.page + step).filter((page) => page >= 1 && page <= shown.pages);
    const settled = near.map((page) => load({ revision: shown.revision, page, width }).catch(() => {}));
    clearTimeout(this.later);
    void Promise.all(settled).then(() => this.fetchRest(shown, width));
  }

  /** @param {Shown} shown @param {number} width */
  fetchRest(shown, width) {
    const order = Array.from({ length: shown.pages }, (_, index) => ((shown.page + index) % shown.pages) + 1);
    const next = async () => {
      const page = order.shift();
      if (!page || !this.isStill(shown) || document.hidden) return;
      await keep({ revision: shown.revision, page, width });
      this.later = setTimeout(next, KEEP_PAUSE);
    };
    clearTimeout(this.later);
    this.later = setTimeout(next, KEEP_PAUSE);
  }

  // -- fingers ---------------------------------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button > 0) return;
    this.setPointerCapture(event.pointerId);
    this.fingers?.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.start = { ...this.place, at: event.timeStamp, x0: event.clientX, y0: event.clientY, moved: false, two: false };
    this.beginPinch();
  }

  beginPinch() {
    const [one, two] = [...(this.fingers?.values() ?? [])];
    if (!two || !this.start) return;
    this.start.two = true; // the last finger left on the glass must not turn the page
    this.pinch = { span: Math.hypot(one.x - two.x, one.y - two.y), place: { ...this.place }, middle: this.middle(one, two) };
  }

  /** @param {{x: number, y: number}} one @param {{x: number, y: number}} two */
  middle(one, two) {
    const box = this.getBoundingClientRect();
    return { x: (one.x + two.x) / 2 - box.left, y: (one.y + two.y) / 2 - box.top };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const finger = this.fingers?.get(event.pointerId);
    if (!finger || !this.start) return;
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    finger.x = event.clientX;
    finger.y = event.clientY;
    const [one, two] = [...(this.fingers?.values() ?? [])];
    if (two && this.pinch) {
      const least = fit(this.page, this.view);
      const span = Math.hypot(one.x - two.x, one.y - two.y);
      const scale = Math.min(least * MOST, Math.max(least, (this.pinch.place.scale * span) / this.pinch.span));
      const middle = this.middle(one, two);
      const zoomed = zoomAt(this.pinch.place, scale, this.pinch.middle);
      this.put({ ...zoomed, x: zoomed.x + middle.x - this.pinch.middle.x, y: zoomed.y + middle.y - this.pinch.middle.y });
      return;
    }
    if (Math.hypot(event.clientX - this.start.x0, event.clientY - this.start.y0) > TAP) this.start.moved = true;
    this.put({ ...this.place, x: this.place.x + dx, y: this.place.y + dy });
  }

  /** @param {PointerEvent} event @param {boolean} cancelled */
  up(event, cancelled) {
    if (!this.fingers?.delete(event.pointerId) || !this.start) return;
    if (this.fingers.size) {
      this.beginPinch();
      return;
    }
    this.pinch = undefined;
    const { x0, y0, moved, two } = this.start;
    const [dx, dy] = [event.clientX - x0, event.clientY - y0];
    this.draw();
    if (cancelled || two) return;
    if (!moved) this.tap(event);
    else if (!this.overflows && Math.abs(dx) > SWIPE && Math.abs(dx) > 1.5 * Math.abs(dy)) this.turn(dx < 0 ? 1 : -1);
  }

  get overflows() {
    return this.page.width * this.place.scale > this.view.width + 2;
  }

  /** @param {PointerEvent} event */
  tap(event) {
    const again = event.timeStamp - (this.tappedAt ?? 0) < DOUBLE;
    this.tappedAt = again ? 0 : event.timeStamp;
    if (again) this.magnify(event);
  }

  /** Fit, or twice as large at the point. @param {{clientX: number, clientY: number}} point */
  magnify(point) {
    const box = this.getBoundingClientRect();
    const at = { x: point.clientX - box.left, y: point.clientY - box.top };
    const least = fit(this.page, this.view);
    this.put(this.isZoomed ? first(this.place, this.page, this.view) : zoomAt(this.place, least * 2.2, at));
    this.draw();
  }

  /** @param {number} factor */
  zoomBy(factor) {
    const least = fit(this.page, this.view);
    const scale = Math.min(least * MOST, Math.max(least, this.place.scale * factor));
    this.put(zoomAt(this.place, scale, { x: this.view.width / 2, y: this.view.height / 2 }));
    this.draw();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    if (event.ctrlKey) this.zoomBy(Math.exp(-event.deltaY / 200));
    else this.put({ ...this.place, x: this.place.x - event.deltaX, y: this.place.y - event.deltaY });
  }

  /** Scrolls a page that is taller than the view; says whether there was anything left. @param {1 | -1} way */
  scrollOn(way) {
    const before = this.place.y;
    this.put({ ...this.place, y: this.place.y - way * this.view.height * 0.85 });
    return Math.abs(before - this.place.y) > 2;
  }

  /** @param {number} step */
  turn(step) {
    if (this.shown) this.turnTo(this.shown.page + step);
  }

  /** @param {number} page */
  turnTo(page) {
    if (!this.shown || page < 1 || page > this.shown.pages || page === this.shown.page) return;
    this.dispatchEvent(new CustomEvent("turn", { detail: { page }, bubbles: true }));
  }

  /** Keys of a laptop; the page that uses the reader passes them on. @param {KeyboardEvent} event @returns {boolean} used */
  key(event) {
    if (!this.shown || event.altKey || event.metaKey) return false;
    /** @type {Record<string, () => void>} */
    const acts = {
      ArrowRight: () => this.turn(1),
      ArrowLeft: () => this.turn(-1),
      PageDown: () => this.scrollOn(1) || this.turn(1),
      PageUp: () => this.scrollOn(-1) || this.turn(-1),
      ArrowDown: () => this.scrollOn(1),
      ArrowUp: () => this.scrollOn(-1),
      Home: () => this.turnTo(1),
      End: () => this.turnTo(this.shown?.pages ?? 1),
      "+": () => this.zoomBy(1.3),
      "=": () => this.zoomBy(1.3),
      "-": () => this.zoomBy(1 / 1.3),
      0: () => this.fitAgain(),
    };
    const act = acts[event.key];
    if (!act) return false;
    event.preventDefault();
    act();
    return true;
  }
}
