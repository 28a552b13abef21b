// One's bookmarks: pages to be found again, on all one's devices, also in the next revision of the paper.

import { freshId } from "../lib/commands.js";
import { entryOf } from "../reader/outline.js";
import { outlineOf } from "../reader/outlines.js";
import { pageText } from "../reader/page-texts.js";
import { said } from "../reader/text.js";
import { marks } from "./marks.js";

/** @typedef {{paper: string, revision: string, page: number}} Place */

const FIRST = 12; // words that name a page without a heading

/** @param {Place} place @returns {import("./types").Mark[]} */
export const bookmarksAt = ({ paper, revision, page }) =>
  marks.book.bookmarks(paper).filter((mark) => mark.revision === revision && mark.page === page);

/** Sets a bookmark, or takes away what is set. @param {Place} place */
export async function toggleBookmark(place) {
  const set = bookmarksAt(place);
  if (set.length) return marks.apply(set.map(({ id }) => ({ id, becomes: null })));
  const id = freshId();
  const bookmark = (/** @type {string} */ text) =>
    marks.apply([{ id, becomes: { ...place, id, kind: "bookmark", at: 0, body: { x: 0, y: 0, text } } }]);
  bookmark("");
  const name = await nameOf(place);
  if (name && marks.book.get(id)) bookmark(name);
}

/** What stands there: the heading, or the first words. @param {Place} place */
async function nameOf({ revision, page }) {
  const entries = await outlineOf(revision).catch(() => []);
  const heading = entries[entryOf(entries, page)]?.[1];
  if (heading) return heading;
  const words = (await pageText(revision, page).catch(() => null))?.words ?? [];
  return words.length ? said(words, [0, Math.min(FIRST, words.length) - 1]).replaceAll("\n", " ") : "";
}
