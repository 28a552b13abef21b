// One pen for each reader of the page, so that marks are made in both of two papers beside each other; one hand holds them all.

import { store } from "../lib/store.js";
import { reader } from "../tablet/place.js";
import { Reading } from "../tablet/reading.js";
import { MarksBeside } from "./beside.js";
import { Hand } from "./hand.js";
import { MarkLayer } from "./layer.js";
import { Pen } from "./pen.js";

/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

class Pens {
  constructor() {
    this.hand = new Hand(); // a palm beside the pen is one, whichever paper it lies on
    /** @type {Pen[]} */
    this.all = [];
  }

  /** Marks are made and seen in this reader. @param {PageReader} reader */
  lay(reader) {
    this.all.push(new Pen(new MarkLayer(reader), this.hand, paperOf));
    new MarksBeside(reader);
  }

  /** That of the half in hand. @returns {Pen | undefined} */
  get inHand() {
    return this.all.find((pen) => pen.reader === reader()) ?? this.all[0];
  }

  prepare() {
    for (const pen of this.all) pen.prepare();
  }
}

export const pens = new Pens();

/** @param {string} revision */
function paperOf(revision) {
  if (!store.view || !store.me) return undefined;
  return Object.entries(Reading.papers(store.view, store.me)).find(([, paper]) => paper.revision === revision)?.[0];
}
