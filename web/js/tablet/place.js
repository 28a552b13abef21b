// Where this tablet is reading: one Reading for all elements, and what happens when somebody turns a page.

import { give } from "../lib/commands.js";
import { connection } from "../lib/connection.js";
import { sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { marks } from "../marks/marks.js";
import { Reading } from "./reading.js";
import { Trail } from "./trail.js";

/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

const RESTED = 2_000; // ms on a page until it counts as read

export const reading = new Reading();
reading.lastPage = (/** @type {string} */ paper) => marks.book.placeIn(paper)?.page;

export const trail = new Trail();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting = undefined;

/** @returns {PageReader | null} */
export const reader = () => document.querySelector("page-reader");

/** What is on the tablet now. */
export function shownNow() {
  return store.view && store.me ? reading.shown(store.view, store.me) : null;
}

/** Whoever presents and follows turns the page for all; everyone else for themselves. @param {number} page */
export function turnTo(page) {
  const place = shownNow();
  if (!place) return;
  if (reading.following && store.me?.presenting) {
    const turn = { paper: place.id, page };
    void give("stage.turn_page", turn, { slot: "turn" }).then(sayRefusal);
  } else {
    browse(place.id, page);
  }
}

/** @param {string} paper @param {number} [page] */
export function browse(paper, page) {
  reading.browse(paper, page);
  clearTimeout(resting);
  resting = setTimeout(remember, RESTED);
  tell();
}

function remember() {
  const place = reading.following ? null : shownNow();
  if (place?.paper.revision) marks.read({ paper: place.id, revision: place.paper.revision, page: place.page });
}

/** Somewhere else, not just the next page: `back` leads here again. @param {string} paper @param {number} [page] @param {number} [y] points from its top */
export function jump(paper, page, y = 0) {
  const from = reading.following ? null : shownNow(); // who followed goes back to the presenter
  reading.goal = page !== undefined && y > 0 ? { page, y } : null;
  if (shownNow()?.id === paper && page !== undefined) turnTo(page);
  else browse(paper, page);
  if (from) trail.jump({ paper: from.id, page: from.page }, { paper, page: page ?? reading.page });
}

export const back = () => step("back");
export const forward = () => step("forward");

/** @param {"back" | "forward"} way */
function step(way) {
  const here = shownNow();
  const papers = store.view && store.me ? Reading.papers(store.view, store.me) : {};
  const spot = trail[way](here && { paper: here.id, page: here.page }, ({ paper }) => !!papers[paper]?.revision);
  if (spot) browse(spot.paper, spot.page);
  else store.changed();
}

export function follow() {
  reading.follow();
  tell();
}

function tell() {
  connection.send({ signal: "reading", with: { following: reading.following } });
  store.changed();
}
