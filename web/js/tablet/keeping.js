// Keeping all papers one may read on this tablet, so that reading goes on through any loss of the network. What may no
// longer be read is removed at the next contact.

import { store } from "../lib/store.js";
import { keptWidth } from "../reader/geometry.js";
import { forgetOthers, kept } from "../reader/images.js";
import { forgetOtherOutlines } from "../reader/outlines.js";
import { forgetOtherTexts } from "../reader/page-texts.js";
import { Provision } from "../reader/provision.js";
import { Reading } from "./reading.js";
import { wantedPages } from "./wanted.js";

const REST = 700; // ms between two pages; a whole room does this at once
const AFTER_FAILURE = 5_000; // ms
const LOOK = 250; // ms between two looks whether the way is free

export const provision = new Provision(kept, turn);

/** @param {boolean} failed */
async function turn(failed) {
  await rest((failed ? AFTER_FAILURE : REST) * (0.7 + 0.6 * Math.random()));
  while (store.line !== "open" || kept.reading) await rest(LOOK);
}

/** @param {number} ms */
const rest = (ms) => new Promise((go) => setTimeout(go, ms));

/** Called once by the page. */
export function startKeeping() {
  const recalled = kept.recall();
  /** @type {unknown[]} what the list of wanted pages was made of */
  let madeOf = [];
  store.watch(() => {
    const { view, me } = store;
    if (!view || !me || store.line !== "open") return;
    const now = [view.papers, me.papers, view.agenda, view.stage.revision];
    if (now.every((part, index) => part === madeOf[index])) return;
    madeOf = now;
    void recalled.then(keep);
  }, new AbortController().signal);
}

async function keep() {
  const { view, me } = store;
  if (!view || !me) return;
  const allowed = new Set(Object.values(Reading.papers(view, me)).map((paper) => paper.revision ?? ""));
  await Promise.all([forgetOthers(allowed), forgetOtherTexts(allowed), forgetOtherOutlines(allowed)]);
  const width = keptWidth(window.devicePixelRatio);
  provision.want(wantedPages(view, me).map((wanted) => ({ ...wanted, width })));
}
