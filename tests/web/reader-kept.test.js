import assert from "node:assert/strict";
import { test } from "node:test";

import { Full, Gone, KeptImages } from "../../web/js/reader/kept.js";

const address = ({ revision, page, width }) => `/${revision}/${page}/${width}`;
const wanted = (revision, page) => ({ revision, page, width: 1600 });

const paged = (page) => `/pages${address(page)}`;

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
  assert.deepEqual(
    [1, 2, 3].map((page) => kept.has(wanted("r", page))),
    [true, false, true],
  );
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
    keys: async () => [...pages.keys()],
    drop: async (key) => void pages.delete(key),
    only: async (wanted) => [...pages.keys()].filter((key) => !wanted(key)).forEach((key) => pages.delete(key)),
  };
}

test("after a reload a kept page is neither asked for again nor in need of a network", async () => {
  const shelf = library();
  const base = database();
  const first = new KeptImages(paged, { fetch: shelf.fetch, database: base });
  await first.store(wanted("r", 1));
  await first.get(wanted("r", 1));
  const reloaded = new KeptImages(paged, { fetch: shelf.fetch, database: base });
  await reloaded.recall();
  assert.deepEqual([reloaded.isStored(wanted("r", 1)), reloaded.isStored(wanted("r", 2))], [true, false]);
  await reloaded.store(wanted("r", 1));
  shelf.offline = true;
  assert.equal((await reloaded.get(wanted("r", 1))).size, 10);
  await assert.rejects(reloaded.get(wanted("r", 2)), TypeError);
  assert.deepEqual(shelf.asked, ["/pages/r/1/1600", "/pages/r/2/1600"]);
});

test("a page being kept and being read at once is asked for once", async () => {
  const shelf = library();
  const kept = new KeptImages(paged, { fetch: shelf.fetch, database: database() });
  await Promise.all([kept.store(wanted("r", 1)), kept.get(wanted("r", 1))]);
  assert.equal(shelf.asked.length, 1);
});

test("a page still on its way into the database is not asked for again", async () => {
  const shelf = library();
  const base = database();
  let settle = () => {};
  const slow = { ...base, put: (key, blob) => new Promise((done) => (settle = () => done(base.put(key, blob)))) };
  const kept = new KeptImages(paged, { fetch: shelf.fetch, database: slow });
  const storing = kept.store(wanted("r", 1));
  await new Promise(setImmediate); // it has come and is being written
  await kept.get(wanted("r", 1));
  settle();
  await storing;
  await kept.get(wanted("r", 2)); // read first, and being written
  const again = kept.store(wanted("r", 2));
  await new Promise(setImmediate);
  settle();
  await again;
  assert.deepEqual(shelf.asked, ["/pages/r/1/1600", "/pages/r/2/1600"]);
});

test("what is withdrawn leaves the database, also when it was just on its way", async () => {
  const shelf = library();
  const base = database();
  const kept = new KeptImages(paged, { fetch: shelf.fetch, database: base });
  await kept.store(wanted("old", 1));
  const coming = kept.store(wanted("old", 2));
  const read = assert.rejects(kept.get(wanted("old", 3)), Gone);
  await kept.only(new Set(["new"]));
  await Promise.all([coming, read]);
  assert.deepEqual(
    [await base.keys(), kept.isStored(wanted("old", 1)), kept.has(wanted("old", 3))],
    [[], false, false],
  );
});

test("a full device says so, and the page is still read", async () => {
  const full = { ...database(), put: () => Promise.reject(new Error("quota")) };
  const kept = new KeptImages(paged, { fetch: library().fetch, database: full });
  await assert.rejects(kept.store(wanted("r", 1)), Full);
  assert.equal((await kept.get(wanted("r", 1))).size, 10);
});

test("what the server wants nothing kept of is read and not written down", async () => {
  const [shelf, base] = [library(), database()];
  const plain = shelf.fetch;
  shelf.fetch = async (path) => {
    const answer = await plain(path);
    answer.headers.set("cache-control", "no-store");
    return answer;
  };
  const kept = new KeptImages(paged, { fetch: shelf.fetch, database: base });
  await kept.get(wanted("r", 1));
  await kept.store(wanted("r", 2));
  assert.deepEqual([await base.keys(), kept.isStored(wanted("r", 2))], [[], false]);
});

test("a paper that may not stay is taken off the device while it can be read", async () => {
  const [shelf, base] = [library(), database()];
  const kept = new KeptImages(paged, { fetch: shelf.fetch, database: base });
  await kept.store(wanted("r", 1));
  await kept.store(wanted("s", 1));
  await kept.only(new Set(["r", "s"]), new Set(["s"]));
  assert.deepEqual(await base.keys(), [paged(wanted("s", 1))]);
  assert.equal((await kept.get(wanted("r", 1))).size, 10);
  assert.equal((await base.keys()).length, 1, "reading it does not bring it back");
});

test("what was given up on a full device is fetched again when it is wanted", async () => {
  const shelf = library();
  const base = database();
  const kept = new KeptImages(paged, { fetch: shelf.fetch, database: base });
  await kept.store(wanted("r", 1));
  assert.equal(await kept.giveUp(wanted("r", 1)), true);
  assert.equal(await kept.giveUp(wanted("r", 1)), false);
  assert.deepEqual(await base.keys(), []);
  await kept.store(wanted("r", 1));
  assert.deepEqual([kept.isStored(wanted("r", 1)), shelf.asked.length], [true, 2]);
});

test("what is better by now takes the place of what was kept", async () => {
  const shelf = library();
  const stored = new Map();
  const database = {
    get: async (key) => stored.get(key),
    put: async (key, blob) => void stored.set(key, blob),
    keys: async () => [],
    only: async () => {},
    drop: async () => {},
  };
  const kept = new KeptImages(paged, { fetch: shelf.fetch, database });
  await kept.store(wanted("r", 1));
  await kept.get(wanted("r", 1));
  await kept.replace(wanted("r", 1), new Blob(["recognised"]));
  shelf.offline = true;
  assert.equal(await (await kept.get(wanted("r", 1))).text(), "recognised");
  assert.equal(kept.bytes, 10);
});
