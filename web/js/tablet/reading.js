// Reading: following the stage, or browsing alone. No DOM; the tablet asks it what to show.

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {import("../lib/types").Paper} Paper */
/** @typedef {{id: string, paper: Paper, page: number}} Place */

export class Reading {
  constructor() {
    this.following = true;
    /** @type {string | null} */
    this.paper = null;
    this.page = 1;
    /** @type {{page: number, y: number} | null} the points from the top of a page to go to once it is shown */
    this.goal = null;
    /** The page read last, also on one's other devices. @type {(paper: string) => number | undefined} */
    this.lastPage = () => undefined;
  }

  /** Everything this person may open. @param {View} view @param {Me} me @returns {Record<string, Paper>} */
  static papers(view, me) {
    return { ...view.papers, ...me.papers };
  }

  /** What to show now; null when there is nothing. @param {View} view @param {Me} me @returns {Place | null} */
  shown(view, me) {
    const papers = Reading.papers(view, me);
    const { stage } = view;
    if (this.following) return this.place(papers, stage.paper ?? null, stage.page ?? 1);
    const own = this.place(papers, this.paper, this.page);
    if (own) return own;
    this.following = true; // what was being read has been withdrawn
    return this.place(papers, stage.paper ?? null, stage.page ?? 1);
  }

  /** @param {Record<string, Paper>} papers @param {string | null} id @param {number} page @returns {Place | null} */
  place(papers, id, page) {
    const paper = id ? papers[id] : undefined;
    if (!id || !paper?.revision || !paper.pages) return null;
    return { id, paper, page: Math.min(page, paper.pages) };
  }

  /** Leave the presenter. @param {string} paper @param {number} [page] */
  browse(paper, page) {
    this.following = false;
    this.page = page ?? this.lastPage(paper) ?? 1;
    this.paper = paper;
  }

  follow() {
    this.following = true;
  }
}
