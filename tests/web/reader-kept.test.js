import assert from "node:assert/strict";
import { test } from "node:test";

import { Gone, KeptImages, Provision } from "../../web/js/reader/kept.js";

const address = ({ revision, page, width }) => `/${revision}/${page}/${width}`;
const wanted = (revision, page) => ({ revision, page, width: 1600 });

/** A library of page images of ten bytes, and what was asked of it. */
function library({ offline = false, status = 200 } = {}) {
  const asked = [];
  const here = { offline, status, asked };
  here.fetch = async (path) => {
    asked.push(path);
    if (here.offline) throw new TypeError("no network");
    return new Response("0123456789", { status: here.status, headers: { "content-type": "image/webp" } });
  };
  return here;
}

test("a page is asked for once, however many want it, and read again without a network", async () => {
  const shelf = library();
  const kept = new KeptImages(address, { fetch: shelf.fetch });
  await Promise.all([kept.get(wanted("r", 1)), kept.get(wanted("r", 1))]);
  shelf.offline = true;
  assert.equal((await kept.get(wanted("r", 1))).size, 10);
  assert.deepEqual(shelf.asked, ["/r/1/1600"]);
});

test("a failed page is asked for again; one that is gone says so", async () => {
  const shelf = library({ offline: true });
  const kept = new KeptImages(address, { fetch: shelf.fetch });
  await assert.rejects(kept.get(wanted("r", 1)), TypeError);
  Object.assign(shelf, { offline: false, status: 404 });
  await assert.rejects(kept.get(wanted("r", 1)), Gone);
  shelf.status = 200;
  assert.equal((await kept.get(wanted("r", 1))).size, 10);
});

test("the least recently read goes first when there is no more room", async () => {
  const kept = new KeptImages(address, { fetch: library().fetch, most: 25 });
  await kept.get(wanted("r", 1));
  await kept.get(wanted("r", 2));
  await kept.get(wanted("r", 1));
  await kept.get(wanted("r", 3));
  assert.deepEqual([1, 2, 3].map((page) => kept.has(wanted("r", page))), [true, false, true]);
  assert.equal(kept.bytes, 20);
});

test("what may no longer be read is not kept", async () => {
  const kept = new KeptImages(address, { fetch: library().fetch });
  await kept.get(wanted("old", 1));
  await kept.get(wanted("new", 1));
  await kept.only(new Set(["new"]));
  assert.deepEqual([kept.has(wanted("old", 1)), kept.has(wanted("new", 1)), kept.bytes], [false, true, 10]);
});

/** A database that lives as long as the test. */
function database() {
  const pages = new Map();
  return {
    get: async (key) => pages.get(key),
    put: async (key, blob) => void pages.set(key, blob),
    only: async (wanted) => [...pages.keys()].filter((key) => !wanted(key)).forEach((key) => pages.delete(key)),
  };
}

test("after a reload without a network pages come from the database, but never what the server refuses", async () => {
  const shelf = library();
  const base = database();
  await new KeptImages(address, { fetch: shelf.fetch, database: base }).get(wanted("r", 1));
  shelf.offline = true;
  const reloaded = new KeptImages(address, { fetch: shelf.fetch, database: base });
  assert.equal((await reloaded.get(wanted("r", 1))).size, 10);
  await assert.rejects(reloaded.get(wanted("r", 2)), TypeError);
  Object.assign(shelf, { offline: false, status: 404 });
  await assert.rejects(new KeptImages(address, { fetch: shelf.fetch, database: base }).get(wanted("r", 1)), Gone);
});

test("provision brings the rest, the most urgent first, and passes over what fails", async () => {
  const shelf = library();
  const kept = new KeptImages(address, { fetch: shelf.fetch });
  const provision = new Provision(kept, () => Promise.resolve());
  const list = [wanted("r", 2), wanted("r", 1)];
  provision.want(list);
  while (provision.going) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(shelf.asked, ["/r/2/1600", "/r/1/1600"]);
  assert.equal(provision.done, 2);
});
