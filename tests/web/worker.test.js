import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const SOURCE = readFileSync(new URL("../../web/js/worker.js", import.meta.url), "utf-8");
const HOME = "http://hop.local";
const TABLET = "/m/a/b/tablet";

const pageOf = (digest, extra = "") =>
  `<html data-words="/s/${digest}/words/vi.json"><link href="/s/${digest}/css/base.css"><script src="/s/${digest}/js/tablet/main.js"></script>${extra}`;

/** The files of one version: a page, its styles, words and three modules. */
const version = (digest) => ({
  [`/s/${digest}/words/vi.json`]: "{}",
  [`/s/${digest}/css/base.css`]: "body{}",
  [`/s/${digest}/js/tablet/main.js`]: 'import { a } from "../lib/a.js";\nimport "./b.js";',
  [`/s/${digest}/js/lib/a.js`]: '/** @typedef {import("./types").T} T */ export { b } from "../tablet/b.js";',
  [`/s/${digest}/js/tablet/b.js`]: 'import { a } from "../lib/a.js"; // in a circle\nexport const b = 1;',
});

/** A browser with one worker: the caches and the network are the least of what the real ones are. */
class Browser {
  constructor() {
    this.files = {};
    this.status = 200;
    this.network = true;
    this.asked = [];
    this.stores = new Map();
    this.acts = {};
    this.work = [];
    const self = {
      location: new URL(HOME),
      clients: { claim: async () => {} },
      skipWaiting: async () => {},
      addEventListener: (type, act) => (this.acts[type] = act),
    };
    const open = async (name) => {
      if (!this.stores.has(name)) this.stores.set(name, new Map());
      const store = this.stores.get(name);
      return {
        match: async (path) => store.get(path)?.clone(),
        put: async (path, answer) => void store.set(path, answer),
        delete: async (path) => store.delete(path),
        keys: async () => [...store.keys()].map((path) => ({ url: HOME + path })),
      };
    };
    const caches = {
      open,
      keys: async () => [...this.stores.keys()],
      delete: async (name) => this.stores.delete(name),
      match: async (path) =>
        [...this.stores.values()]
          .map((store) => store.get(path))
          .find(Boolean)
          ?.clone(),
    };
    const redirecting = Object.assign(
      function Answer(...given) {
        return new Response(...given);
      },
      {
        redirect: (path) => new Response(null, { status: 302, headers: { location: path } }),
      },
    );
    new Function("self", "caches", "fetch", "Response", SOURCE)(
      self,
      caches,
      (wanted) => this.fetch(wanted),
      redirecting,
    );
  }

  async fetch(wanted) {
    const path = new URL(typeof wanted === "string" ? wanted : wanted.url, HOME).pathname;
    this.asked.push(path);
    if (!this.network) throw new TypeError("no network");
    if (path === TABLET && this.status !== 200) return new Response("", { status: this.status });
    return path in this.files ? new Response(this.files[path]) : new Response("", { status: 404 });
  }

  /** What the worker answers to the page, after it has done what it wanted to do. */
  async get(path, mode = "no-cors") {
    let answer;
    const event = {
      request: { url: HOME + path, method: "GET", mode },
      respondWith: (given) => (answer = given),
      waitUntil: (work) => this.work.push(work),
    };
    this.acts.fetch(event);
    const given = await answer?.catch((error) => error);
    await Promise.allSettled(this.work.splice(0));
    return given;
  }

  open = () => this.get(TABLET, "navigate");
  kept = () => [...this.stores].map(([name, store]) => [name, [...store.keys()].sort()]);
}

async function visited(digest = "aa") {
  const browser = new Browser();
  browser.files = { ...version(digest), [TABLET]: pageOf(digest) };
  await browser.open();
  return browser;
}

test("a page that was open once opens without a network, with everything it is made of", async () => {
  const browser = await visited();
  assert.deepEqual(browser.kept(), [["/s/aa/", [TABLET, ...Object.keys(version("aa"))].sort()]]);
  browser.network = false;
  assert.equal(await (await browser.open()).text(), pageOf("aa"));
  for (const path of Object.keys(version("aa")))
    assert.equal(await (await browser.get(path)).text(), version("aa")[path]);
});

test("a new version takes the place of the old one only when all of it is here", async () => {
  const browser = await visited();
  browser.files = { ...version("bb"), [TABLET]: pageOf("bb") };
  delete browser.files["/s/bb/js/tablet/b.js"]; // the network goes in the middle
  assert.equal(await (await browser.open()).text(), pageOf("bb"), "whoever has a network gets today's page");
  browser.network = false;
  assert.equal(await (await browser.open()).text(), pageOf("aa"), "without one the last whole page");
  browser.network = true;
  browser.files = { ...version("bb"), [TABLET]: pageOf("bb") };
  await browser.open();
  assert.deepEqual(
    browser.kept().map(([name]) => name),
    ["/s/bb/"],
    "nothing of the old version is left",
  );
  browser.network = false;
  assert.equal(await (await browser.open()).text(), pageOf("bb"));
});

test("a page one may not see any more is not kept", async () => {
  for (const status of [401, 403, 404]) {
    const browser = await visited();
    browser.status = status;
    assert.equal((await browser.open()).status, status);
    browser.network = false;
    assert.ok((await browser.open()) instanceof Error, String(status));
  }
});

test("while the server fails the kept page is shown, and stays", async () => {
  const browser = await visited();
  browser.status = 503;
  assert.equal(await (await browser.open()).text(), pageOf("aa"));
  assert.equal(await (await browser.open()).text(), pageOf("aa"));
});

test("images, marks, other pages and whatever is sent are none of its business", async () => {
  const browser = await visited();
  assert.equal(await browser.get("/m/a/b/pages/r/1/1600"), undefined);
  assert.equal(await browser.get("/m/a/b/words/r/1"), undefined);
  browser.files["/m/a/b/console"] = pageOf("aa");
  await browser.get("/m/a/b/console", "navigate");
  assert.ok(!browser.kept().flat(2).includes("/m/a/b/console"));
});

test("of who used the device before no page is kept", async () => {
  const browser = await visited();
  browser.files["/m/a/c/tablet"] = pageOf("aa");
  await browser.get("/m/a/c/tablet", "navigate");
  const pages = browser
    .kept()
    .flat(2)
    .filter((path) => path.endsWith("/tablet"));
  assert.deepEqual(pages, ["/m/a/c/tablet"]);
});

test("opened at its home without a network it goes to the meeting", async () => {
  const browser = await visited();
  browser.network = false;
  const answer = await browser.get("/", "navigate");
  assert.deepEqual([answer.status, answer.headers.get("location")], [302, TABLET]);
});

test("an old page that is still open is given today's file without a network", async () => {
  const browser = await visited("bb");
  browser.network = false;
  assert.equal(await (await browser.get("/s/aa/css/base.css")).text(), "body{}");
});
