// The presenter's pointer: a red ring on the page, on every tablet and on the wall. It stays on its word while the page
// moves, as long as the presenter's mouse or finger stays there.

import { Paced } from "./paced.js";
import { sendSignal, staged } from "./signals.js";

/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */
/** @typedef {import("../reader/geometry.js").Point} Point */

const PAUSE = 33; // ms between two positions
const AGAIN = 1_000; // ms after which a resting pointer is told once more
const FADES = 2_500; // ms without being told after which it is gone: the presenter's line may be lost
const TIRED = 20; // times a resting pointer is told: then somebody has gone away from the mouse

export class Pointer {
  /** @param {PageReader} reader @param {() => boolean} mayShow whether this hand points for the room @param {AbortSignal} signal */
  constructor(reader, mayShow, signal) {
    this.reader = reader;
    this.mayShow = mayShow;
    this.inHand = false;
    /** @type {import("../reader/pointers.js").Tool | null | undefined} what was in the hand */
    this.before = undefined;
    this.points = new Paced(PAUSE, (/** @type {object} */ point) => sendSignal("pointer", point));
    this.spot = reader.addLayer(document.createElement("div"));
    this.spot.className = "page-layer pointer-spot";
    this.spot.hidden = true;
    this.spot.append(document.createElement("i"));
    reader.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.follow(event), { signal });
    reader.addEventListener("pointerleave", () => this.end(), { signal });
    signal.addEventListener("abort", () => this.use(false));
  }

  /** @param {boolean} inHand */
  use(inHand) {
    if (inHand === this.inHand) return;
    this.inHand = inHand;
    this.reader.classList.toggle("pointing", inHand);
    if (inHand) this.before = this.reader.tool;
    if (inHand) this.reader.tool = this;
    else if (this.reader.tool === this) this.reader.tool = this.before ?? null;
    if (!inHand) this.end();
  }

  // A finger or a pressed mouse belongs to the pointer, not to the page.

  /** @param {import("../reader/pointers.js").PagePointer} pointer @returns {"tool"} */
  down(pointer) {
    this.point(pointer);
    return "tool";
  }

  /** @param {import("../reader/pointers.js").PagePointer[]} pointers */
  move(pointers) {
    this.point(pointers[pointers.length - 1]);
  }

  /** @param {import("../reader/pointers.js").PagePointer} pointer */
  up(pointer) {
    if (pointer.kind !== "mouse") this.end();
  }

  cancel() {
    this.end();
  }

  /** @param {PointerEvent} event */
  follow(event) {
    if (this.inHand && event.buttons === 0) this.point(this.reader.toPage(this.reader.pointOf(event)));
  }

  /** @param {Point} at page points @param {number} [told] times already */
  point(at, told = 0) {
    const now = staged();
    if (!now || !this.mayShow()) return;
    const [x, y] = [Math.round(at.x), Math.round(at.y)];
    this.points.give({ paper: now.paper, page: now.page, x, y });
    this.show({ x, y });
    clearTimeout(this.again);
    this.again = setTimeout(() => (told < TIRED ? this.point(at, told + 1) : this.end()), AGAIN);
  }

  end() {
    clearTimeout(this.again);
    const now = staged();
    if (!this.spot.hidden && now && this.mayShow()) this.points.give({ paper: now.paper, page: now.page });
    this.show(null);
  }

  /** @param {Point | null} at page points; null: nowhere */
  show(at) {
    clearTimeout(this.fading);
    this.spot.hidden = !at;
    if (!at) return;
    const { style } = /** @type {HTMLElement} */ (this.spot.firstChild);
    style.left = `${at.x}px`;
    style.top = `${at.y}px`;
    this.fading = setTimeout(() => this.show(null), FADES);
  }
}
