// How this person likes to read on this device: the colour of the paper, large print, how pages lie. Kept on the device.

import { store } from "../lib/store.js";
import { LAYOUTS } from "../reader/layouts.js";

/** @typedef {import("../reader/layouts.js").Layout} Layout */

export const PAPERS = ["white", "sepia", "night"];
export const LARGE_SIZES = [1.4, 1.8, 2.2, 2.8, 3.5]; // rem

const KEPT = "reading";

/** A tablet: two places lie beside each other where it is held wide, above each other where it is held upright. */
export const hasRoom = matchMedia(
  "(orientation: landscape) and (min-width: 64rem), (orientation: portrait) and (min-width: 40rem) and (min-height: 56rem)",
);

class Comfort {
  constructor() {
    this.paper = "white";
    this.large = false; // large print
    this.step = 1; // of LARGE_SIZES
    /** @type {Layout} */
    this.layout = "single";
    this.split = false; // two places at once, until the page is left
    this.letters = true; // whether single letters are keys
    Object.assign(this, kept());
    this.show();
  }

  /** @param {{paper?: string, large?: boolean, step?: number, layout?: Layout, letters?: boolean, split?: boolean}} what */
  choose(what) {
    Object.assign(this, what);
    try {
      const { paper, large, step, layout, letters } = this;
      localStorage.setItem(KEPT, JSON.stringify({ paper, large, step, layout, letters }));
    } catch {
      // in force until the page is left
    }
    this.show();
    store.changed();
  }

  /** Larger or smaller letters in large print. @param {number} steps */
  resize(steps) {
    this.choose({ step: Math.max(0, Math.min(LARGE_SIZES.length - 1, this.step + steps)) });
  }

  show() {
    document.documentElement.dataset.paper = this.paper;
  }
}

/** Only what this version knows. @returns {{paper?: string, large?: boolean, step?: number, layout?: Layout, letters?: boolean}} */
function kept() {
  try {
    const { paper, large, step, layout, letters } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return {
      ...(PAPERS.includes(paper) ? { paper } : {}),
      large: large === true,
      letters: letters !== false,
      ...(step in LARGE_SIZES ? { step } : {}),
      ...(LAYOUTS.includes(layout) ? { layout } : {}),
    };
  } catch {
    return {};
  }
}

export const comfort = new Comfort();
