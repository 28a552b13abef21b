// The part of a page that is shown, in page points, so that it is the same part on every device. No DOM.

import { held, isFitting, withinReach } from "../reader/geometry.js";

/** @typedef {import("../reader/geometry.js").Size} Size */
/** @typedef {import("../reader/geometry.js").Place} Place */
/** @typedef {{x: number, y: number, width: number, height: number}} Region */

const MOST_OF = 0.93; // of the width of a page: a part this wide is read from top to bottom, not sideways

/** What of the page is seen; null: the page as it is first shown. @param {Place} place @param {Size} box @param {Size} page @returns {Region | null} */
export function regionOf(place, box, page) {
  if (isFitting(place, box, page) && place.y > -1) return null;
  const [x, y] = [Math.max(0, -place.x / place.scale), Math.max(0, -place.y / place.scale)];
  return {
    x: round(x),
    y: round(y),
    width: round(Math.min(page.width, (box.width - place.x) / place.scale) - x),
    height: round(Math.min(page.height, (box.height - place.y) / place.scale) - y),
  };
}

/** As large as shows all of the part, in its middle. @param {Region} region @param {Size} box @param {Size} page @returns {Place} */
export function placeOfRegion(region, box, page) {
  const scale = withinReach(Math.min(box.width / region.width, box.height / region.height), box, page);
  const [x, y] = [region.x + region.width / 2, region.y + region.height / 2];
  return held({ scale, x: box.width / 2 - x * scale, y: box.height / 2 - y * scale }, box, page);
}

/** Whether so little is shown that who moves on alone has left it. @param {Region | null} region @param {Size} page */
export const isMagnified = (region, page) => region !== null && region.width < MOST_OF * page.width;

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;
