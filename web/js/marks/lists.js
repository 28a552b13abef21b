// Lists of marks: what is where, in the order in which one reads. Pure.

import { boxOf } from "./shapes.js";

/** @typedef {import("./types").Mark} Mark */
/** One line of a list; the strokes of a page make one together. @typedef {{id: string, page: number, kind: Mark["kind"], colour: string, text: string, count: number, carried?: import("./types").Body["carried"]}} Line */

/** The marks of a paper that lie on its revision. @param {Mark[]} all @param {string} paper @param {string} revision */
export const placedOf = (all, paper, revision) =>
  all.filter((mark) => mark.paper === paper && mark.revision === revision);

/** @param {Mark[]} marks of one paper @returns {Line[]} */
export function linesOfNotes(marks) {
  const inOrder = [...marks].sort((a, b) => a.page - b.page || boxOf(a)[1] - boxOf(b)[1]);
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (const { id, page, kind, body } of inOrder) {
    const key = kind === "ink" ? `ink ${page}` : id;
    const before = lines.get(key);
    if (before) before.count += 1;
    else
      lines.set(key, {
        id,
        page,
        kind,
        colour: body?.colour ?? "ink",
        text: body?.text ?? "",
        count: 1,
        carried: body?.carried,
      });
  }
  return [...lines.values()];
}

/** How many marks each page has. @param {Mark[]} marks @returns {Map<number, number>} */
export function countsByPage(marks) {
  const counts = new Map();
  for (const { page } of marks) counts.set(page, (counts.get(page) ?? 0) + 1);
  return counts;
}

/** The marks of a paper that lie on an older revision: their passage was not found in the one that is read now. @param {Mark[]} all @param {string} paper @param {string} revision */
export const trayOf = (all, paper, revision) =>
  all.filter((mark) => mark.paper === paper && mark.revision !== revision);
