// The same search without a network, over the words of the pages this device keeps. Page by page, so that a finger is not
// kept waiting. Pure but for what brings the words.

import { linesOf } from "../reader/text.js";
import { holds, passages } from "./query.js";

/** @typedef {import("../reader/text.js").PageText} PageText */
/** @typedef {import("../reader/text.js").Range} Range */
/** @typedef {import("./finding.js").Found} Found */
/** @typedef {import("./finding.js").Quoted} Quoted */
/** @typedef {import("./query.js").Query} Query */

const QUOTED = 24; // pages of one answer that are quoted
const OF_A_PAPER = 3; // of them, where several papers are searched
const BOXES = 60; // of one page
const AROUND = 9; // words on both sides of what was found
const WORDS = 32; // of one quotation

/**
 * What was found, and how many pages were not here to be searched.
 * @param {Query} sought @param {{id: string, revision: string, pages: number}[]} papers
 * @param {(revision: string, page: number) => Promise<PageText | null>} wordsOf null: not kept here
 * @param {AbortSignal} signal
 * @returns {Promise<{papers: Found[], total: number, missing: number}>}
 */
export async function searchKept(sought, papers, wordsOf, signal) {
  /** @type {Found[]} */
  const found = [];
  let [missing, left] = [0, QUOTED];
  for (const { id, revision, pages } of papers) {
    /** @type {Found} */
    const entry = { paper: id, revision, found: 0, at: [], pages: [] };
    for (let page = 1; page <= pages; page += 1) {
      signal.throwIfAborted();
      const text = await wordsOf(revision, page);
      if (!text) {
        missing += 1;
        continue;
      }
      const words = text.words.map((word) => word[4]);
      if (!holds(words.join(" "), sought)) continue;
      entry.at.push(page);
      if (left > 0 && entry.pages.length < (papers.length > 1 ? OF_A_PAPER : QUOTED)) {
        entry.pages.push(quoted(text, words, page, sought));
        left -= 1;
      }
    }
    entry.found = entry.at.length;
    if (entry.found) found.push(entry);
  }
  return { papers: found, total: found.reduce((sum, { at }) => sum + at.length, 0), missing };
}

/** @param {PageText} text @param {string[]} words @param {number} page @param {Query} sought @returns {Quoted} */
function quoted(text, words, page, sought) {
  const ranges = passages(words, sought);
  const boxes = ranges.flatMap((range) => linesOf(text.words, range));
  return { page, quotation: quotation(words, ranges), boxes: boxes.slice(0, BOXES).map(({ x, y, width, height }) => [x, y, x + width, y + height]) };
}

/** The words around the first passage, in parts, as `quotation` in meetingroom/domain/searching.py. @param {string[]} words @param {Range[]} found @returns {[string, boolean][]} */
export function quotation(words, found) {
  if (!found.length) return [[words.slice(0, WORDS).join(" "), false]];
  const start = Math.max(0, found[0][0] - AROUND);
  const end = Math.min(words.length, Math.max(found[0][1] + AROUND + 1, start + Math.min(WORDS, 2 * AROUND)), start + WORDS);
  /** @type {[string, boolean][]} */
  const parts = start ? [["… ", false]] : [];
  let place = start;
  for (const [first, last] of found) {
    if (first < place || last >= end) continue;
    if (first > place) parts.push([`${words.slice(place, first).join(" ")} `, false]);
    parts.push([words.slice(first, last + 1).join(" "), true], [" ", false]);
    place = last + 1;
  }
  parts.push([words.slice(place, end).join(" ") + (end < words.length ? " …" : ""), false]);
  return parts.filter(([text]) => text);
}
