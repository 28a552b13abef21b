// Where a page lies in the reader. Pure: no DOM, tested without a browser.

/** Width and height. @typedef {{width: number, height: number}} Size */
/**
 * A page as it lies in a reader: `fit` is what is fitted into the view, `field` all that can be moved to, in points from the
 * corner of the page. Without them it lies alone.
 * @typedef {Size & {fit?: Size, field?: Size & Point}} Page
 */
/** A point of the reader, CSS pixels from its top left corner. @typedef {{x: number, y: number}} Point */
/**
 * A page of `Size` points is drawn with its top left corner at (x, y), `scale` CSS pixels a point.
 * @typedef {{x: number, y: number, scale: number}} Place
 */
/** What a reader looks at, whatever the screen: the page point in the middle, and how much it is magnified. @typedef {{x: number, y: number, zoom: number}} Look */

/** Widths in which the server makes page images, pixels. */
export const WIDTHS = [270, 1080, 1600, 2160];
export const MOST = 5; // times the fitting scale
const CLOSER = 2.2; // what a double tap magnifies to
const NARROW = 0.62; // a whole page narrower than this part of the reader is too small to read
const CLOSE_ENOUGH = 0.93; // an image this near to the pixels needed is sharp to the eye and much lighter

/**
 * The scale at which a page is first shown: all of it, or its full width where all of it would be too small to read.
 * @param {Size} box @param {Page} page
 */
export function fitting(box, page) {
  const { width } = page.fit ?? page;
  const all = whole(box, page);
  return width * all < NARROW * box.width ? box.width / width : all;
}

/** The scale at which all of the page is seen. @param {Size} box @param {Page} page */
export function whole(box, page) {
  const { width, height } = page.fit ?? page;
  return Math.min(box.width / width, box.height / height);
}

/** @param {Page} page */
const fieldOf = (page) => page.field ?? { x: 0, y: 0, width: page.width, height: page.height };

/** @param {number} scale @param {Size} box @param {Page} page */
export function withinReach(scale, box, page) {
  return bounded(whole(box, page), scale, MOST * fitting(box, page));
}

/** @param {number} low @param {number} value @param {number} high */
const bounded = (low, value, high) => Math.max(low, Math.min(value, high));

/** The top of a page, across its middle. @param {Size} box @param {Page} page @param {number} [scale] @returns {Place} */
export function atTop(box, page, scale = fitting(box, page)) {
  const field = fieldOf(page);
  return held({ x: (box.width - field.width * scale) / 2 - field.x * scale, y: 0, scale }, box, page);
}

/**
 * The nearest place where no gap opens: a side that fits is centred, a longer one covers the reader.
 * @param {Place} place @param {Size} box @param {Page} page @returns {Place}
 */
export function held(place, box, page) {
  const { scale } = place;
  const field = fieldOf(page);
  return {
    scale,
    x: heldAlong(place.x + field.x * scale, box.width, field.width * scale) - field.x * scale,
    y: heldAlong(place.y + field.y * scale, box.height, field.height * scale) - field.y * scale,
  };
}

/** @param {number} start @param {number} room @param {number} length */
const heldAlong = (start, room, length) => (length <= room ? (room - length) / 2 : bounded(room - length, start, 0));

/**
 * Another scale; what is under `point` stays under it.
 * @param {Place} place @param {Point} point @param {number} scale @returns {Place}
 */
export function zoomedAt(place, point, scale) {
  const times = scale / place.scale;
  return { scale, x: point.x - (point.x - place.x) * times, y: point.y - (point.y - place.y) * times };
}

/**
 * Two fingers that were at `from` are now at `to`: what was under them stays under them.
 * @param {Place} place at the start @param {[Point, Point]} from @param {[Point, Point]} to
 * @param {(scale: number) => number} limit @returns {Place}
 */
export function pinched(place, from, to, limit) {
  const times = distance(...to) / Math.max(distance(...from), 1);
  const zoomed = zoomedAt(place, middle(...from), limit(place.scale * times));
  const [start, end] = [middle(...from), middle(...to)];
  return { ...zoomed, x: zoomed.x + end.x - start.x, y: zoomed.y + end.y - start.y };
}

/** @param {Point} a @param {Point} b */
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** @param {Point} a @param {Point} b @returns {Point} */
const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** A double tap: closer, or back to fitting. @param {Place} place @param {Point} point @param {Size} box @param {Page} page */
export function tappedTwice(place, point, box, page) {
  const scale = fitting(box, page) * (isFitting(place, box, page) ? CLOSER : 1);
  return held(zoomedAt(place, point, scale), box, page);
}

/** @param {Place} place @param {Size} box @param {Page} page @returns {Look} */
export function lookOf(place, box, page) {
  return {
    x: (box.width / 2 - place.x) / place.scale,
    y: (box.height / 2 - place.y) / place.scale,
    zoom: place.scale / fitting(box, page),
  };
}

/** The same look in a reader of another size. @param {Look} look @param {Size} box @param {Page} page @returns {Place} */
export function placeOf(look, box, page) {
  const scale = withinReach(look.zoom * fitting(box, page), box, page);
  return held({ scale, x: box.width / 2 - look.x * scale, y: box.height / 2 - look.y * scale }, box, page);
}

/**
 * The reader has another size now (a turned tablet, a bar that came), or pages lie otherwise: a fitting page fits again, with
 * the same line on top; a magnified one keeps what is in the middle.
 * @param {Place} place @param {Size} before @param {Size} box @param {Page} page @param {Page} [next] the page as it lies now
 */
export function resized(place, before, box, page, next = page) {
  if (!isFitting(place, before, page)) return placeOf(lookOf(place, before, page), box, next);
  const top = atTop(box, next);
  return held({ ...top, y: (place.y / place.scale) * top.scale }, box, next);
}

/**
 * Where the next page is shown: fitting again, or as much magnified at the same columns; from its top.
 * @param {Place} place @param {Size} box @param {Page} page the one before @param {Page} next
 */
export function turnedTo(place, box, page, next) {
  if (isFitting(place, box, page)) return atTop(box, next);
  const look = lookOf(place, box, page);
  const scale = withinReach(look.zoom * fitting(box, next), box, next);
  return held({ scale, x: box.width / 2 - (look.x / page.width) * next.width * scale, y: 0 }, box, next);
}

/** @param {Place} place @param {Size} box @param {Page} page */
export const isFitting = (place, box, page) => Math.abs(place.scale / fitting(box, page) - 1) < 0.02;

/** Whether the page is wider than the reader, so that a finger moves it instead of turning it. @param {Place} place @param {Size} box @param {Page} page */
export const isWider = (place, box, page) => fieldOf(page).width * place.scale > box.width + 1;

/**
 * The page image to ask for: the smallest that is sharp.
 * @param {number} width of the page, CSS pixels @param {number} density device pixels a CSS pixel; more than 2 is not seen
 */
export function imageWidth(width, density) {
  const needed = width * Math.min(density, 2) * CLOSE_ENOUGH;
  return WIDTHS.find((made) => made >= needed) ?? WIDTHS[WIDTHS.length - 1];
}

/** The one width in which a device keeps whole papers, pixels. @param {number} density device pixels a CSS pixel */
export const keptWidth = (density) => (density >= 1.5 ? 1600 : 1080);

/** @param {Place} from @param {Place} to @param {number} part of the way @returns {Place} */
export const between = (from, to, part) => ({
  x: from.x + (to.x - from.x) * part,
  y: from.y + (to.y - from.y) * part,
  scale: from.scale + (to.scale - from.scale) * part,
});

/** How far a drag beyond the edge moves the page: less and less. @param {number} beyond */
export const yielding = (beyond) => Math.sign(beyond) * 60 * (1 - Math.exp(-Math.abs(beyond) / 120));

/**
 * Which way a sideways drag turns: 1 next, -1 previous, 0 not.
 * @param {number} dx @param {number} dy @param {number} speed CSS pixels a millisecond, sideways
 */
export function turnOf(dx, dy, speed) {
  if (Math.abs(dx) < 1.2 * Math.abs(dy)) return 0;
  const flicked = Math.abs(speed) > 0.35 && Math.abs(dx) > 24 && Math.sign(speed) === Math.sign(dx);
  return flicked || Math.abs(dx) > 72 ? -Math.sign(dx) : 0;
}

/** What is left of a speed after `ms` of gliding. @param {number} speed @param {number} ms */
export const slowed = (speed, ms) => speed * Math.exp(-ms / 325);

/** Pages around one that is read, the likeliest next first. @param {number} page @param {number} pages */
export const neighbours = (page, pages) =>
  [page + 1, page - 1, page + 2, page - 2].filter((near) => near >= 1 && near <= pages);

/** Pages that somebody who leafs through comes to after those. @param {number} page @param {number} pages */
export const further = (page, pages) =>
  Array.from({ length: 10 }, (_, step) => page + 3 + step).filter((far) => far <= pages);
