// How this person likes to read on this device: the colour of the paper, large print. Kept on the device.

import { store } from "../lib/store.js";

export const PAPERS = ["white", "sepia", "night"];
export const LARGE_SIZES = [1.4, 1.8, 2.2, 2.8, 3.5]; // rem

const KEPT = "reading";

class Comfort {
  constructor() {
    this.paper = "white";
    this.large = false; // large print
    this.step = 1; // of LARGE_SIZES
    Object.assign(this, kept());
    this.show();
  }

  /** @param {{paper?: string, large?: boolean, step?: number}} what */
  choose(what) {
    Object.assign(this, what);
    try {
      const { paper, large, step } = this;
      localStorage.setItem(KEPT, JSON.stringify({ paper, large, step }));
    } catch {
      // in force until the page is left
    }
    this.show();
    store.changed();
  }

  show() {
    document.documentElement.dataset.paper = this.paper;
  }
}

/** Only what this version knows. @returns {{paper?: string, large?: boolean, step?: number}} */
function kept() {
  try {
    const { paper, large, step } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return { ...(PAPERS.includes(paper) ? { paper } : {}), large: large === true, ...(step in LARGE_SIZES ? { step } : {}) };
  } catch {
    return {};
  }
}

export const comfort = new Comfort();
