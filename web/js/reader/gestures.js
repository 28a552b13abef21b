// What fingers mean: tap, double tap, drag, pinch. Pure: it is fed positions and times, and tells what they come to.

/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {{id: number, x: number, y: number, at: number}} Touch  `at` in milliseconds */
/**
 * What a gesture comes to.
 * @typedef {object} Meanings
 * @property {(point: Point) => void} tap
 * @property {(point: Point) => void} doubleTap
 * @property {() => void} dragStart
 * @property {(dx: number, dy: number) => void} drag since its start
 * @property {(dx: number, dy: number, vx: number, vy: number) => void} dragEnd speeds in CSS pixels a millisecond
 * @property {() => void} pinchStart
 * @property {(from: [Point, Point], to: [Point, Point]) => void} pinch
 * @property {() => void} pinchEnd
 * @property {(point: Point, stage: "start" | "move" | "end") => void} hold a finger that rested, then moved
 */

const STILL = 10; // CSS pixels: a finger that moved less has tapped
const LONG = 500; // ms: a longer touch is no tap
const TWICE = 300; // ms between two taps of a double tap
const NEAR = 40; // CSS pixels between them
const MEMORY = 100; // ms of movement that make the speed at the end

export class Gestures {
  /** @param {Meanings} meanings */
  constructor(meanings) {
    this.meanings = meanings;
    /** @type {Map<number, Touch>} */
    this.touches = new Map();
    /** @type {"none" | "undecided" | "drag" | "pinch" | "hold" | "over"} */
    this.kind = "none";
    /** @type {Touch | null} */
    this.start = null;
    /** @type {[Point, Point] | null} */
    this.grip = null;
    /** @type {Touch | null} the tap before */
    this.tapped = null;
    /** @type {Touch[]} */
    this.trail = [];
  }

  /** @param {Touch} touch */
  down(touch) {
    this.touches.set(touch.id, touch);
    if (this.touches.size === 1) {
      this.kind = "undecided";
      this.start = touch;
      this.trail = [touch];
    } else if (this.touches.size === 2 && this.kind !== "over" && this.kind !== "hold") {
      this.kind = "pinch";
      this.grip = this.two();
      this.meanings.pinchStart();
    }
  }

  /** @param {Touch} touch */
  move(touch) {
    if (!this.touches.has(touch.id) || !this.start) return;
    this.touches.set(touch.id, touch);
    if (this.kind === "hold") return this.meanings.hold(touch, "move");
    if (this.kind === "pinch" && this.grip) return this.meanings.pinch(this.grip, this.two());
    const [dx, dy] = [touch.x - this.start.x, touch.y - this.start.y];
    if (this.kind === "undecided" && Math.hypot(dx, dy) >= STILL) {
      this.kind = "drag";
      this.meanings.dragStart();
    }
    if (this.kind !== "drag") return;
    this.trail = [...this.trail.filter((past) => touch.at - past.at < MEMORY), touch];
    this.meanings.drag(dx, dy);
  }

  /** The finger that is down has rested long enough to mean more than a tap. */
  hold() {
    const [touch] = this.touches.values();
    if (!touch || this.kind !== "undecided") return;
    this.kind = "hold";
    this.meanings.hold(touch, "start");
  }

  /** @param {Touch} touch */
  up(touch) {
    if (!this.touches.delete(touch.id)) return;
    if (this.kind === "hold") {
      this.kind = "over";
      this.meanings.hold(touch, "end");
    } else if (this.kind === "pinch") {
      // The finger that stays does not go on as a drag: the page would jump under it.
      this.kind = "over";
      this.meanings.pinchEnd();
    } else if (this.kind === "drag") this.endDrag(touch);
    else if (this.kind === "undecided") this.endTap(touch);
    if (this.touches.size === 0) this.kind = "none";
  }

  /** The system took the touch away: what was begun ends where it was. @param {number} id */
  cancel(id) {
    const touch = this.touches.get(id);
    if (!touch) return;
    if (this.kind === "undecided") this.kind = "over";
    this.up(touch);
  }

  two() {
    const [a, b] = [...this.touches.values()];
    return /** @type {[Point, Point]} */ ([
      { x: a.x, y: a.y },
      { x: b.x, y: b.y },
    ]);
  }

  /** @param {Touch} touch */
  endDrag(touch) {
    const start = /** @type {Touch} */ (this.start);
    const first = this.trail.find((past) => touch.at - past.at < MEMORY) ?? touch;
    const ms = Math.max(touch.at - first.at, 1);
    this.kind = "over";
    this.meanings.dragEnd(touch.x - start.x, touch.y - start.y, (touch.x - first.x) / ms, (touch.y - first.y) / ms);
  }

  /** @param {Touch} touch */
  endTap(touch) {
    const start = /** @type {Touch} */ (this.start);
    this.kind = "over";
    if (touch.at - start.at > LONG) return;
    const before = this.tapped;
    if (before && touch.at - before.at < TWICE && Math.hypot(touch.x - before.x, touch.y - before.y) < NEAR) {
      this.tapped = null;
      this.meanings.doubleTap({ x: touch.x, y: touch.y });
    } else {
      this.tapped = touch;
      this.meanings.tap({ x: touch.x, y: touch.y });
    }
  }
}
