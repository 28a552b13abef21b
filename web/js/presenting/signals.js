// What the presenter does on the page, as it goes over the wire: kept here until the page is another one.

import { connection } from "../lib/connection.js";
import { store } from "../lib/store.js";

/** @typedef {import("./region.js").Region} Region */
/** @typedef {{paper: string, page: number} & Partial<Region>} Look without x, y, width, height: all of the page */
/** @typedef {{paper: string, page: number, x?: number, y?: number}} Point without x and y: gone */

/** @type {Look | null} */
let look = null;
/** @type {Set<(name: string, payload: any) => void>} */
const listeners = new Set();

/** Called once by the page. */
export function startSignals() {
  connection.onFrame((frame) => {
    if ("hello" in frame) look = null; // the part that is shown now comes right behind
    if (frame.signal === "look") look = frame.with;
    if ("hello" in frame || frame.signal) for (const listener of listeners) listener(frame.signal ?? "look", frame.with);
  });
}

/** @param {(name: string, payload: any) => void} listener @param {AbortSignal} signal */
export function onSignal(listener, signal) {
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener));
}

/** @param {string} name @param {object} payload @returns {boolean} whether it went out */
export const sendSignal = (name, payload) => connection.send({ signal: name, with: payload });

/** The paper and page on the stage. */
export function staged() {
  const stage = store.view?.stage;
  return stage?.paper && stage.page && stage.revision ? { paper: stage.paper, page: stage.page, revision: stage.revision } : null;
}

/** The part of the staged page that is shown; null: all of it. @returns {Region | null} */
export function regionShown() {
  const now = staged();
  if (!now || !look || look.paper !== now.paper || look.page !== now.page || look.width === undefined) return null;
  return /** @type {Region} */ (look);
}

/** This device shows another part now. @param {Look} next */
export function setLook(next) {
  look = next;
}
