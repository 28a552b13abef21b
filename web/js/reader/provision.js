// Brings pages nobody has opened yet, in no hurry, so that they are there without a network. No DOM.

import { Full, Gone } from "./kept.js";

/** @typedef {import("./kept.js").Wanted} Wanted */
/**
 * What keeps pages; `giveUp` says whether there was something to give up.
 * @typedef {{isStored: (wanted: Wanted) => boolean, store: (wanted: Wanted) => Promise<void>, giveUp: (wanted: Wanted) => Promise<boolean>}} Shelf
 */

const AT_ONCE = 2;

export class Provision {
  /**
   * @param {Shelf} shelf
   * @param {(failed: boolean) => Promise<void>} turn before every page: resolves when the network is there and nobody waits
   *   for a page; later after one that could not be had
   */
  constructor(shelf, turn) {
    this.shelf = shelf;
    this.turn = turn;
    /** @type {Wanted[]} */
    this.list = [];
    /** @type {Set<Wanted>} on their way, or refused */
    this.taken = new Set();
    this.running = 0;
    this.full = false;
  }

  /** How many of the pages wanted are here. */
  get done() {
    return this.list.filter((wanted) => this.shelf.isStored(wanted)).length;
  }

  /** What is wanted from now on, the most urgent first. @param {Wanted[]} list */
  want(list) {
    this.list = list;
    this.taken.clear();
    this.full = false;
    while (this.running < AT_ONCE && this.next()) void this.go(); // with nothing wanted nobody starts, and this ends
  }

  /** On a full device: gives up the pages that are wanted least, and brings no more for now. @param {number} pages @returns {Promise<boolean>} whether there were any */
  async makeRoom(pages) {
    this.full = true;
    let given = 0;
    for (const wanted of [...this.list].reverse()) if (given < pages && (await this.shelf.giveUp(wanted))) given += 1;
    return given > 0;
  }

  next() {
    return this.full ? undefined : this.list.find((wanted) => !this.taken.has(wanted) && !this.shelf.isStored(wanted));
  }

  async go() {
    this.running += 1;
    for (let failed = false; this.next();) {
      await this.turn(failed);
      const next = this.next(); // meanwhile another list may be wanted
      if (next) failed = !(await this.brought(next));
    }
    this.running -= 1;
  }

  /** @param {Wanted} wanted @returns {Promise<boolean>} false: worth another try, after all others */
  async brought(wanted) {
    this.taken.add(wanted);
    try {
      await this.shelf.store(wanted);
    } catch (error) {
      if (error instanceof Full) this.full = true;
      if (error instanceof Full || error instanceof Gone) return true;
      this.taken.delete(wanted);
      if (this.list.includes(wanted)) this.list = [...this.list.filter((other) => other !== wanted), wanted];
      return false;
    }
    return true;
  }
}
