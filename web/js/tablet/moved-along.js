// Whoever reads a paper that is replaced goes on reading the same passage, on whatever page it stands now. No DOM.

/** @typedef {import("../marks/types").Mark} Mark */

export class MovedAlong {
  constructor() {
    /** The place where each paper was read, as it was last heard of. @type {Map<string, string>} */
    this.revisions = new Map();
  }

  /**
   * @param {string} paper that is read @param {number} page that is shown of it
   * @param {Mark | undefined} place where it was read last @param {string | undefined} revision that is shown
   * @returns {number | undefined} the page to go to: the place has just followed its passage, and nobody has turned since
   */
  hear(paper, page, place, revision) {
    if (!place) return undefined;
    const before = this.revisions.get(paper);
    this.revisions.set(paper, place.revision);
    const from = place.body?.carried;
    const followed = before !== undefined && before !== place.revision && place.revision === revision;
    return followed && from?.page === page && place.page !== page ? place.page : undefined;
  }
}
