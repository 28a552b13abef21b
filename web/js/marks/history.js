// Undo and redo of one's own marks. Pure: it says what a mark becomes, the book keeps it.

/** @typedef {import("./types").Mark} Mark */
/** What one act did to each mark: before and after; null: there was none, or it is gone. @typedef {[Mark | null, Mark | null][]} Act */

const MOST = 100; // acts that can be taken back

export class History {
  constructor() {
    /** @type {Act[]} */
    this.done = [];
    /** @type {Act[]} */
    this.undone = [];
  }

  /** @param {Act} act */
  did(act) {
    this.done = [...this.done, act].slice(-MOST);
    this.undone = [];
  }

  /** What each mark becomes when the last act is taken back. @returns {{id: string, becomes: Mark | null}[]} */
  undo() {
    const act = this.done.pop();
    if (!act) return [];
    this.undone.push(act);
    return act.map(([before, after]) => ({ id: idOf(before, after), becomes: before }));
  }

  /** @returns {{id: string, becomes: Mark | null}[]} */
  redo() {
    const act = this.undone.pop();
    if (!act) return [];
    this.done.push(act);
    return act.map(([before, after]) => ({ id: idOf(before, after), becomes: after }));
  }
}

/** @param {Mark | null} before @param {Mark | null} after */
const idOf = (before, after) => /** @type {Mark} */ (before ?? after).id;
