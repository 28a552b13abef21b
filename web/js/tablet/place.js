// Where this tablet is reading: one Reading for all elements, and what happens when somebody turns a page.

import { give } from "../lib/commands.js";
import { connection } from "../lib/connection.js";
import { sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { Reading } from "./reading.js";

/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

export const reading = new Reading();

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
  tell();
}

export function follow() {
  reading.follow();
  tell();
}

function tell() {
  connection.send({ signal: "reading", with: { following: reading.following } });
  store.changed();
}
