// What the presenter does on the page, as it goes over the wire: kept here until the page is another one.

import { connection } from "../lib/connection.js";
import { say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";

/** @typedef {import("./region.js").Region} Region */
/** @typedef {{paper: string, page: number} & Partial<Region>} Look without x, y, width, height: all of the page */
/** @typedef {{paper: string, page: number, x?: number, y?: number}} Point without x and y: gone */

/** @type {Look | null} */
let look = null;
/** @typedef {{colour: string, points: number[]}} Stroke x and y in turn, page points */
/** @typedef {{paper: string, page: number, strokes: Record<string, Stroke>, kept?: boolean}} Ink */

/** @type {Ink | null} */
let ink = null;
/** @type {number | undefined} when the page it is on was turned to: who turns away and back has an empty page */
let inkFrom;
/** @type {Set<(name: string, payload: any) => void>} */
const listeners = new Set();

/** Called once by the page. */
export function startSignals() {
  connection.onFrame((frame) => {
    if ("hello" in frame) look = ink = null; // what is shown now comes right behind
    if (frame.signal === "look") look = frame.with;
    if (frame.signal === "ink") setInk(frame.with);
    if (frame.with?.full) say(t("presenting.ink_full"), "warn");
    if (frame.signal === "stroke") addStroke(frame.with);
    if ("hello" in frame || frame.signal)
      for (const listener of listeners) listener(frame.signal ?? "look", frame.with);
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
  return stage?.paper && stage.page && stage.revision
    ? { paper: stage.paper, page: stage.page, revision: stage.revision }
    : null;
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

/** What is drawn on the staged page; what was drawn on another one is forgotten. @returns {Ink | null} */
export function inkShown() {
  const now = staged();
  if (ink && (ink.paper !== now?.paper || ink.page !== now.page || inkFrom !== store.view?.stage.turned_at)) ink = null;
  return ink;
}

/** @param {{paper: string, page: number, id: string} & Stroke} added */
export function addStroke({ paper, page, id, colour, points }) {
  const old = inkShown();
  const soFar = old?.paper === paper && old.page === page ? old : { paper, page, strokes: {} };
  const before = soFar.strokes[id]?.points ?? [];
  setInk({ ...soFar, strokes: { ...soFar.strokes, [id]: { colour, points: [...before, ...points] } } });
}

/** @param {Ink} next */
export function setInk(next) {
  ink = next;
  inkFrom = store.view?.stage.turned_at;
}
