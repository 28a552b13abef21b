import assert from "node:assert/strict";
import { test } from "node:test";

import { Full, Gone } from "../../web/js/reader/kept.js";
import { Provision } from "../../web/js/reader/provision.js";
import { wantedPages } from "../../web/js/tablet/wanted.js";

const wanted = (page) => ({ revision: "r", page, width: 1600 });

/** Keeps pages; `failing` says what a page does instead, once. */
function shelf(failing = {}) {
  const [kept, asked] = [new Set(), []];
  const here = { asked, most: 0, busy: 0 };
  here.isStored = (one) => kept.has(one.page);
  here.store = async (one) => {
    asked.push(one.page);
    here.most = Math.max(here.most, ++here.busy);
    await new Promise(setImmediate);
    here.busy -= 1;
    const error = failing[one.page];
    delete failing[one.page];
    if (error) throw error;
    kept.add(one.page);
  };
  here.giveUp = async (one) => kept.delete(one.page);
  return here;
}

async function finished(provision) {
  while (provision.running) await new Promise(setImmediate);
}

test("all pages are brought in order, two at a time, and none twice", async () => {
  const here = shelf();
  const provision = new Provision(here, async () => {});
  provision.want([4, 2, 3, 1].map(wanted));
  provision.want([2, 4, 3, 1].map(wanted));
  await finished(provision);
  assert.deepEqual([here.asked, here.most, provision.done], [[2, 4, 3, 1], 2, 4]);
});

test("where nothing is wanted, or all is here already, nobody starts", async () => {
  const here = shelf();
  const provision = new Provision(here, async () => {});
  provision.want([]);
  assert.equal(provision.running, 0);
  provision.want([wanted(1)]);
  await finished(provision);
  provision.want([wanted(1)]);
  assert.deepEqual([provision.running, here.asked], [0, [1]]);
});

test("nothing is asked for before its turn", async () => {
  const here = shelf();
  const waiting = [];
  const provision = new Provision(here, () => new Promise((go) => waiting.push(go)));
  provision.want([1, 2, 3].map(wanted));
  await new Promise(setImmediate);
  assert.deepEqual([here.asked, waiting.length, provision.done], [[], 2, 0]);
  while (provision.running) {
    waiting.splice(0).forEach((go) => go());
    await new Promise(setImmediate);
  }
  assert.equal(provision.done, 3);
});

test("what fails is asked for again after the others, and later; what is refused is not", async () => {
  const here = shelf({ 1: new TypeError("no network"), 2: new Gone() });
  const turns = [];
  const provision = new Provision(here, async (failed) => void turns.push(failed));
  provision.want([1, 2, 3, 4].map(wanted));
  await finished(provision);
  assert.deepEqual([here.asked.toSorted(), here.asked.at(-1), provision.done], [[1, 1, 2, 3, 4], 1, 3]);
  assert.equal(turns.filter(Boolean).length, 1);
});

test("a full device asks for no more until something else is wanted", async () => {
  const here = shelf({ 1: new Full() });
  const provision = new Provision(here, async () => {});
  provision.want([1, 2, 3, 4].map(wanted));
  await finished(provision);
  assert.ok(provision.full && here.asked.length <= 3);
  provision.want([1].map(wanted));
  await finished(provision);
  assert.deepEqual([provision.full, provision.done], [false, 1]);
});

test("the page on the stage comes first, then what is next, then the rest; everything once, also one's own papers", () => {
  const paper = (item, order, revision, pages) => ({ item, order, revision, pages });
  const view = {
    agenda: { current: "b", items: { a: { order: 1 }, b: { order: 2 }, c: { order: 3 } } },
    stage: { revision: "rb", page: 2 },
    papers: {
      pa: paper("a", 1, "ra", 1),
      pb: paper("b", 2, "rb", 3),
      pc: paper("c", 3, "rc", 4),
      soon: { item: "c", order: 5 },
    },
  };
  const own = { papers: { mine: paper("", 4, "rm", 1) } };
  assert.deepEqual(
    wantedPages(view, own).map(({ revision, page }) => `${revision}${page}`),
    ["rb2", "rb3", "rc1", "rc2", "rc3", "rb1", "ra1", "rc4", "rm1"],
  );
});

test("what lies ahead of who reads alone comes before all that, and the rest of it before other items", () => {
  const view = {
    agenda: { current: "a", items: { a: { order: 1 }, b: { order: 2 } } },
    stage: { revision: "ra", page: 2 },
    papers: {
      pa: { item: "a", order: 1, revision: "ra", pages: 2 },
      pb: { item: "b", order: 2, revision: "rb", pages: 600 },
    },
  };
  const wanted = wantedPages(view, { papers: {} }, { revision: "rb", page: 412 }).map(
    ({ revision, page }) => `${revision}${page}`,
  );
  assert.deepEqual(wanted.slice(0, 22), [...Array.from({ length: 20 }, (_, step) => `rb${412 + step}`), "ra2", "rb1"]);
  assert.equal(wanted.at(-1), "ra1");
  assert.equal(wanted.length, 602);
});

test("the first pages of the next item do not wait for the end of a long paper on the stage", () => {
  const view = {
    agenda: { current: "a", items: { a: { order: 1 }, b: { order: 2 } } },
    stage: { revision: "ra", page: 101 },
    papers: {
      pa: { item: "a", order: 1, revision: "ra", pages: 600 },
      pb: { item: "b", order: 2, revision: "rb", pages: 9 },
    },
  };
  const wanted = wantedPages(view, { papers: {} }).map(({ revision, page }) => `${revision}${page}`);
  assert.deepEqual(wanted.slice(19, 24), ["ra120", "rb1", "rb2", "rb3", "ra121"]);
  assert.equal(wanted.length, 609);
});

test("on a full device the pages wanted least make room, and no more are brought until another list is wanted", async () => {
  const here = shelf();
  const provision = new Provision(here, async () => {});
  provision.want([3, 1, 2, 4].map(wanted));
  await finished(provision);
  assert.equal(await provision.makeRoom(2), true);
  assert.deepEqual(
    [3, 1, 2, 4].filter((page) => here.isStored(wanted(page))),
    [3, 1],
  );
  assert.deepEqual([provision.full, provision.next()], [true, undefined]);
  assert.equal(await provision.makeRoom(2), true);
  assert.equal(await provision.makeRoom(2), false, "there is nothing left to give up");
  provision.want([3].map(wanted));
  await finished(provision);
  assert.equal(provision.done, 1);
});
