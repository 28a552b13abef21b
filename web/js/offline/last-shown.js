// The meeting as it was last shown, so that a page opened without a network has something to show. No vote and no ballot
// is written to the device.

import { store } from "../lib/store.js";
import { database } from "../reader/images.js";
import { secure } from "./installed.js";
import { writable } from "./writable.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

const OFTEN = 3_000; // ms between two writings
const PATIENCE = 1_000; // ms for the network to answer first

const seat = () => `${document.body.dataset.meeting}/${document.body.dataset.participant}`;

/** Called once by the page. */
export function startLastShown() {
  if (!secure) return;
  setTimeout(() => void show(), navigator.onLine ? PATIENCE : 0);
  /** @type {[View, Me] | null} */
  let written = null;
  const write = () => {
    const { view, me, line } = store;
    if (!view || !me || line !== "open" || (written?.[0] === view && written[1] === me)) return;
    written = [view, me];
    // A device whose clock is wrong goes by the server's also when it is opened without it.
    void database.keepShown(seat(), { ...writable(view, me), offset: store.offset }).catch(() => {});
  };
  setInterval(write, OFTEN);
  document.addEventListener("visibilitychange", write);
}

async function show() {
  const kept = /** @type {{view: View, me: Me, offset?: number} | undefined} */ (await database.shown(seat()));
  if (kept && !store.view) store.set({ ...kept, offset: kept.offset ?? 0, line: "lost", lostAt: Date.now() });
}
