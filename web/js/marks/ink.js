// Ink: what a hand draws becomes a smooth stroke, kept small, and an outline to fill. Pure.

/** A place of the pen: points of the page, pressure 0 to 1. @typedef {{x: number, y: number, pressure: number, at: number}} Spot */

/** Points of the page: a thin, a middle and a thick line. */
export const WIDTHS = [0.9, 1.8, 3.6];
/** The same of a highlighter where the page has no words. */
export const BROADS = [7, 13, 22];

const CALM = 0.55; // how much of the former place stays in the next: takes the tremble out, and lags by a few pixels only
const STEADY = 0.6; // the same for pressure
const APART = 0.35; // points of the page: nearer places add nothing
const TENTHS = 10;
const QUICK = 1.4; // points of the page a millisecond: a finger this quick draws the thinnest line

export class Stroke {
  /** @param {boolean} pressed whether the pen tells how hard it is pressed; a finger does not */
  constructor(pressed) {
    this.pressed = pressed;
    /** @type {Spot[]} */
    this.spots = [];
    /** @type {Spot | null} where the pen really is */
    this.tip = null;
  }

  /** @param {Spot} spot */
  add(spot) {
    const last = this.spots.at(-1);
    const wanted = this.pressed ? spot.pressure : pressureOf(this.tip, spot, last?.pressure ?? 0.5);
    this.tip = spot;
    if (!last) {
      this.spots.push({ ...spot, pressure: wanted });
      return;
    }
    const next = {
      x: CALM * last.x + (1 - CALM) * spot.x,
      y: CALM * last.y + (1 - CALM) * spot.y,
      pressure: STEADY * last.pressure + (1 - STEADY) * wanted,
      at: spot.at,
    };
    if (Math.hypot(next.x - last.x, next.y - last.y) >= APART) this.spots.push(next);
  }

  /** The spots with the tip at their end: smoothing never leaves the line behind where the pen stopped. */
  whole() {
    const last = this.spots.at(-1);
    if (!this.tip || !last || Math.hypot(this.tip.x - last.x, this.tip.y - last.y) < APART) return this.spots;
    return [...this.spots, { ...this.tip, pressure: last.pressure }];
  }

  /** As it is kept: tenths of a point and hundredths of pressure, each place as a step from the one before. @returns {number[]} */
  points() {
    return packed(this.whole());
  }
}

/** A finger presses the more the slower it goes. @param {Spot | null} before @param {Spot} spot @param {number} last */
function pressureOf(before, spot, last) {
  if (!before || spot.at <= before.at) return last;
  const speed = Math.hypot(spot.x - before.x, spot.y - before.y) / (spot.at - before.at);
  return 0.75 - 0.5 * Math.min(1, speed / QUICK);
}

/** @param {{x: number, y: number, pressure: number}[]} spots @returns {number[]} */
export function packed(spots) {
  /** @type {number[]} */
  const points = [];
  let [lastX, lastY] = [0, 0];
  for (const { x, y, pressure } of spots) {
    const [nextX, nextY] = [Math.round(x * TENTHS), Math.round(y * TENTHS)];
    points.push(nextX - lastX, nextY - lastY, Math.round(Math.max(0, Math.min(1, pressure)) * 100));
    [lastX, lastY] = [nextX, nextY];
  }
  return points;
}

/** @param {number[]} points @returns {{x: number, y: number, pressure: number}[]} */
export function unpacked(points) {
  const spots = [];
  let [x, y] = [0, 0];
  for (let place = 0; place + 2 < points.length; place += 3) {
    x += points[place];
    y += points[place + 1];
    spots.push({ x: x / TENTHS, y: y / TENTHS, pressure: points[place + 2] / 100 });
  }
  return spots;
}

/** How wide the pen is there, in points. @param {number} width @param {number} pressure */
const widthAt = (width, pressure) => width * (0.45 + 1.1 * pressure);

/**
 * The filled outline of a stroke, as an SVG path in points of the page: a stroke of varying width.
 * @param {{x: number, y: number, pressure: number}[]} spots @param {number} width
 */
export function outline(spots, width) {
  if (spots.length === 0) return "";
  if (spots.length === 1) return dot(spots[0], widthAt(width, spots[0].pressure) / 2);
  /** @type {[number, number][]} */
  const left = [];
  /** @type {[number, number][]} */
  const right = [];
  spots.forEach((spot, index) => {
    const [before, after] = [spots[Math.max(index - 1, 0)], spots[Math.min(index + 1, spots.length - 1)]];
    const [dx, dy] = [after.x - before.x, after.y - before.y];
    const length = Math.hypot(dx, dy) || 1;
    const half = widthAt(width, spot.pressure) / 2;
    left.push([spot.x - (dy / length) * half, spot.y + (dx / length) * half]);
    right.push([spot.x + (dy / length) * half, spot.y - (dx / length) * half]);
  });
  const [first, last] = [spots[0], spots[spots.length - 1]];
  const [start, end] = [widthAt(width, first.pressure) / 2, widthAt(width, last.pressure) / 2];
  return `M${at(left[0])}${curve(left)}A${n(end)} ${n(end)} 0 0 0 ${at(right[right.length - 1])}${curve([...right].reverse())}A${n(start)} ${n(start)} 0 0 0 ${at(left[0])}Z`;
}

/** The line through the middle, for a highlighter that is as wide everywhere. @param {{x: number, y: number}[]} spots */
export function middleLine(spots) {
  if (spots.length === 0) return "";
  const all = /** @type {[number, number][]} */ (spots.map(({ x, y }) => [x, y]));
  return spots.length === 1 ? `M${at(all[0])}l.1 0` : `M${at(all[0])}${curve(all)}`;
}

/** Through the middles between places: no corners where the hand made none. @param {[number, number][]} line */
function curve(line) {
  let path = "";
  for (let place = 1; place < line.length - 1; place += 1) {
    const [[x, y], [nextX, nextY]] = [line[place], line[place + 1]];
    path += `Q${n(x)} ${n(y)} ${n((x + nextX) / 2)} ${n((y + nextY) / 2)}`;
  }
  return `${path}L${at(line[line.length - 1])}`;
}

/** @param {{x: number, y: number}} spot @param {number} half */
const dot = ({ x, y }, half) =>
  `M${n(x - half)} ${n(y)}a${n(half)} ${n(half)} 0 1 0 ${n(2 * half)} 0a${n(half)} ${n(half)} 0 1 0 ${n(-2 * half)} 0Z`;

/** @param {[number, number]} place */
const at = ([x, y]) => `${n(x)} ${n(y)}`;

/** @param {number} number */
const n = (number) => String(Math.round(number * 100) / 100);
