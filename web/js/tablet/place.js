// Where this tablet is reading, in one place or in two halves; the half touched last has keys, bookmarks, marks, the way back.

import { give } from "../lib/commands.js";
import { connection } from "../lib/connection.js";
import { sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { marks } from "../marks/marks.js";
import { MovedAlong } from "./moved-along.js";
import { Reading } from "./reading.js";
import { Trail } from "./trail.js";

/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

/** @typedef {import("./reading.js").Place} Place */

const RESTED = 2_000; // ms on a page until it counts as read

class Half {
  reading = new Reading();
  trail = new Trail();
  along = new MovedAlong();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  resting = undefined;

  /** @param {string} name of its element */
  constructor(name) {
    this.name = name;
    this.reading.lastPage = (/** @type {string} */ paper) => marks.book.placeIn(paper)?.page;
  }

  /** @returns {PageReader | null} */
  get reader() {
    return document.querySelector(`${this.name} page-reader`);
  }

  /** What is in it now. @returns {Place | null} */
  get place() {
    return store.view && store.me ? this.reading.shown(store.view, store.me) : null;
  }

  get inHand() {
    return this === hand;
  }

  /** @param {string} paper @param {number} [page] */
  browse(paper, page) {
    this.reading.browse(paper, page);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.remember(), RESTED);
    tell();
  }

  remember() {
    const place = this.reading.following ? null : this.place;
    if (place?.paper.revision) marks.read({ paper: place.id, revision: place.paper.revision, page: place.page });
  }

  /** To the same passage, where the paper that is read here was replaced. */
  moveAlong() {
    const place = this.reading.following ? null : this.place;
    const page = place && this.along.hear(place.id, place.page, marks.book.placeIn(place.id), place.paper.revision);
    if (place && page) this.browse(place.id, page);
  }

  /** Whoever presents and follows turns the page for all; everyone else for themselves. @param {number} page */
  turnTo(page) {
    const { place } = this;
    if (!place) return;
    if (this.reading.following && store.me?.presenting) {
      const turn = { paper: place.id, page };
      void give("stage.turn_page", turn, { slot: "turn" }).then(sayRefusal);
    } else {
      this.browse(place.id, page);
    }
  }

  /** Somewhere else, not just the next page: `back` leads here again. @param {string} paper @param {number} [page] @param {number} [y] points from its top */
  jump(paper, page, y = 0) {
    const { place, reading } = this;
    const from = reading.following ? null : place; // who followed goes back to the presenter
    reading.goal = page !== undefined && y > 0 ? { page, y } : null;
    if (place?.id === paper && page !== undefined) this.turnTo(page);
    else this.browse(paper, page);
    if (from) this.trail.jump({ paper: from.id, page: from.page }, { paper, page: page ?? reading.page });
  }

  /** @param {"back" | "forward"} way */
  step(way) {
    const here = this.place;
    const papers = store.view && store.me ? Reading.papers(store.view, store.me) : {};
    const spot = this.trail[way](here && { paper: here.id, page: here.page }, ({ paper }) => !!papers[paper]?.revision);
    if (spot) this.browse(spot.paper, spot.page);
    else store.changed();
  }
}

/** The one that may follow the presenter, and the one beside or below it, which never does. */
export const first = new Half("paper-view");
export const second = new Half("second-view");
export const { reading } = first;
let hand = first;

/** Called once by the page. */
export function startMovingAlong() {
  store.watch(() => [first, second].forEach((half) => half.moveAlong()), new AbortController().signal);
}

/** @param {Half} half */
export function take(half) {
  if (half === hand) return;
  hand = half;
  store.changed();
}

/** A touch or the focus takes a half in hand. @param {HTMLElement} element @param {Half} half @param {AbortSignal} signal */
export function takenByTouch(element, half, signal) {
  for (const kind of ["pointerdown", "focusin"])
    element.addEventListener(kind, () => take(half), { signal, capture: true });
}

/** The page in the half in hand. */
export const reader = () => hand.reader;
/** What is in the half in hand. */
export const shownNow = () => hand.place;
/** @param {number} page */
export const turnTo = (page) => hand.turnTo(page);
/** @param {string} paper @param {number} [page] @param {number} [y] */
export const jump = (paper, page, y) => hand.jump(paper, page, y);
export const back = () => hand.step("back");
export const forward = () => hand.step("forward");

export function follow() {
  hand = first;
  reading.follow();
  tell();
}

function tell() {
  connection.send({ signal: "reading", with: { following: reading.following } });
  store.changed();
}
