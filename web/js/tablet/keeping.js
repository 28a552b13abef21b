// Keeping all papers one may read on this tablet, so that reading goes on through any loss of the network. What may no
// longer be read is removed at the next contact.

import { store } from "../lib/store.js";
import { marks } from "../marks/marks.js";
import { emptyPapers } from "../offline/emptying.js";
import { keptWidth } from "../reader/geometry.js";
import { forgetOthers, kept } from "../reader/images.js";
import { forgetOtherOutlines, outlines } from "../reader/outlines.js";
import { forgetOtherTexts, texts } from "../reader/page-texts.js";
import { Provision } from "../reader/provision.js";
import { reader, shownNow } from "./place.js";
import { Reading } from "./reading.js";
import { mayStay, wantedPages } from "./wanted.js";

const REST = 1_200; // ms between two pages, three requests each; a whole room does this at once
const AFTER_FAILURE = 5_000; // ms
const LOOK = 250; // ms between two looks whether the way is free

const THUMBNAIL = 270; // px
const ROOM = 6; // pages that are given up at a time for the sake of marks
const NEAR = 8; // pages: who has gone farther has other pages before them

/** @typedef {import("../reader/kept.js").Wanted} Wanted */

/** What a page needs to be read and marked without a network, its image first. @param {Wanted} wanted @returns {[import("../reader/kept.js").KeptImages, Wanted][]} */
function partsOf(wanted) {
  const outline =
    wanted.page === 1 ? [/** @type {[typeof outlines, Wanted]} */ ([outlines, { ...wanted, page: 0, width: 0 }])] : [];
  return [[kept, wanted], [kept, { ...wanted, width: THUMBNAIL }], [texts, { ...wanted, width: 0 }], ...outline];
}

const shelf = {
  /** @param {Wanted} wanted */
  isStored: (wanted) => partsOf(wanted).every(([keeper, part]) => keeper.isStored(part)),
  /** @param {Wanted} wanted */
  store: async (wanted) => {
    const [[keeper, image], ...rest] = partsOf(wanted);
    await keeper.store(image);
    await Promise.all(rest.map(([other, part]) => other.store(part)));
  },
  /** Its words stay: they are small, and another page's search needs them. @param {Wanted} wanted */
  giveUp: (wanted) => kept.giveUp(wanted),
};

export const provision = new Provision(shelf, turn);

/** @param {boolean} failed */
async function turn(failed) {
  await rest((failed ? AFTER_FAILURE : REST) * (0.7 + 0.6 * Math.random()));
  while (store.line !== "open" || kept.reading) await rest(LOOK);
}

/** @param {number} ms */
const rest = (ms) => new Promise((go) => setTimeout(go, ms));

/** Called once by the page. */
export function startKeeping() {
  marks.makeRoom = () => provision.makeRoom(ROOM); // a paper can be had again, a mark cannot
  const recalled = Promise.all([kept, texts, outlines].map((keeper) => keeper.recall()));
  /** @type {unknown[]} what the list of wanted pages was made of */
  let madeOf = [];
  store.watch(() => {
    const { view, me } = store;
    if (store.line === "ended") void forget();
    if (!view || !me || store.line !== "open") return;
    const now = [view.papers, me.papers, view.agenda, view.stage.revision];
    const same = now.every((part, index) => part === madeOf[index]);
    if (same && isNear(here())) return;
    madeOf = now;
    void recalled.then(same ? want : keep);
  }, new AbortController().signal);
}

/** Where this person reads. @returns {{revision: string, page: number} | null} */
function here() {
  const place = shownNow();
  return place && { revision: place.paper.revision ?? "", page: place.page };
}

/** The place that was planned for. @type {{revision: string, page: number} | null} */
let planned = null;

/** @param {{revision: string, page: number} | null} place */
const isNear = (place) =>
  place?.revision === planned?.revision && Math.abs((place?.page ?? 0) - (planned?.page ?? 0)) <= NEAR;

/** Whoever may no longer enter keeps no paper. */
function forget() {
  const none = /** @type {Set<string>} */ (new Set());
  forgetting ??= Promise.all([
    forgetOthers(none, none),
    forgetOtherTexts(none, none),
    forgetOtherOutlines(none, none),
    emptyPapers(),
  ]);
  return forgetting;
}

/** @type {Promise<unknown> | undefined} */
let forgetting;

/** Revisions that may stay here. @type {Set<string>} */
let staying = new Set();

async function keep() {
  const { view, me } = store;
  if (!view || !me) return;
  const papers = Object.values(Reading.papers(view, me));
  const allowed = new Set(papers.map((paper) => paper.revision ?? ""));
  const stay = new Set(papers.filter(mayStay).map((paper) => paper.revision ?? ""));
  await Promise.all([forgetOthers(allowed, stay), forgetOtherTexts(allowed, stay), forgetOtherOutlines(allowed, stay)]);
  const seen = shownNow()?.paper.revision ?? "";
  if (staying.has(seen) && !stay.has(seen)) reader()?.show(null); // drawn again, as it is sent from now on
  staying = stay;
  want();
  store.changed();
}

function want() {
  const { view, me } = store;
  if (!view || !me) return;
  planned = here();
  const width = keptWidth(window.devicePixelRatio);
  provision.want(wantedPages(view, me, planned).map((wanted) => ({ ...wanted, width })));
}
