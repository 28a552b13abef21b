// Which pages a tablet fetches before anybody asks for them, the most urgent first. No DOM.

import { byOrder } from "../lib/people.js";
import { Reading } from "./reading.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {import("../lib/types").Paper} Paper */

const FIRST = 3; // pages of the next item's papers
const AHEAD = 20; // pages that somebody who reads alone, or the presenter, is likely to come to next

/**
 * What lies ahead of who reads, then ahead of the page on the stage, then the first pages of the next item, which must not
 * wait for the end of a long paper; then the rest of what is on the stage and of what is read, the current item, all others.
 * @param {View} view @param {Me} me @param {{revision: string, page: number} | null} [here] where this person reads
 * @returns {{revision: string, page: number}[]}
 */
export function wantedPages(view, me, here = null) {
  const papers = byOrder(Reading.papers(view, me))
    .map(([, paper]) => paper)
    .filter((paper) => paper.revision && mayStay(paper));
  const items = byOrder(view.agenda.items).map(([key]) => key);
  const current = view.agenda.current ?? "";
  const next = items[items.indexOf(current) + 1];
  const of = (/** @type {string | undefined} */ item) => papers.filter((paper) => paper.item === item);
  const read = papers.filter((paper) => paper.revision === here?.revision);
  const staged = papers
    .filter((paper) => paper.revision === view.stage.revision)
    .flatMap((paper) => pagesOf(paper, view.stage.page));
  const all = [
    ...read.flatMap((paper) => pagesOf(paper, here?.page).slice(0, AHEAD)),
    ...staged.slice(0, AHEAD),
    ...of(next).flatMap((paper) => pagesOf(paper).slice(0, FIRST)),
    ...staged,
    ...read.flatMap((paper) => pagesOf(paper)),
    ...of(current).flatMap((paper) => pagesOf(paper)),
    ...items.flatMap((item) => of(item).flatMap((paper) => pagesOf(paper))),
    ...papers.flatMap((paper) => pagesOf(paper)),
  ];
  return [...new Map(all.map((wanted) => [`${wanted.revision}/${wanted.page}`, wanted])).values()];
}

/** Whether a paper may be kept on the device. A watermark says when it was read: it is drawn then. @param {Paper} paper */
export const mayStay = (paper) => !paper.not_kept && !paper.watermarked;

/** @param {Paper} paper @param {number} [from] */
const pagesOf = (paper, from = 1) =>
  Array.from({ length: (paper.pages ?? 0) - from + 1 }, (_, index) => ({
    revision: paper.revision ?? "",
    page: from + index,
  }));
