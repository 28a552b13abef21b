// The service worker: keeps the tablet's page and the files it is made of, so that it opens without a network. What is
// read on it, papers and marks, is kept by the page itself. A classic script: not every browser runs modules here.

/** @type {import("./offline/worker").Worker} */
const worker = /** @type {any} */ (self);
const PAGE = /^\/m\/[^/]+\/[^/]+\/tablet$/;
const ASSET = /^\/s\/[0-9a-f]+\//;
const PATIENCE = 4_000; // ms a page is waited for when there is one at hand

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event) => {
  // The page was loaded before there was a worker.
  if (event.data?.keep) event.waitUntil(again(String(event.data.keep)));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (ASSET.test(url.pathname)) event.respondWith(asset(request, url.pathname));
  else if (request.mode === "navigate")
    event.respondWith(PAGE.test(url.pathname) ? page(event, url.pathname) : elsewhere(request));
});

/** @param {Request} request @param {string} path */
async function asset(request, path) {
  const kept = await caches.match(path);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    // An older page that is still open asks for something of its own version: today's is better than none.
    const [tree] = await trees();
    const today = tree && (await caches.match(path.replace(ASSET, tree)));
    if (today) return today;
    throw error;
  }
}

/** The newest page from the server; the kept one while it cannot be had. @param {import("./offline/worker").Fetching} event @param {string} path */
async function page(event, path) {
  const kept = await caches.match(path);
  try {
    const answer = await (kept ? within(fetch(event.request)) : fetch(event.request));
    if (answer.status >= 500 && kept) return kept;
    event.waitUntil(take(path, answer.clone()));
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** Opened from the Home Screen without a network: the meeting is what is wanted. @param {Request} request */
async function elsewhere(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const [path] = await keptPages();
    if (path) return Response.redirect(path, 302);
    throw error;
  }
}

/** @param {Promise<Response>} answer @returns {Promise<Response>} */
function within(answer) {
  return Promise.race([answer, new Promise((_, late) => setTimeout(late, PATIENCE))]);
}

/** @param {string} path */
async function again(path) {
  if (PAGE.test(path)) await take(path, await fetch(path, { cache: "no-store", redirect: "manual" }));
}

/**
 * A page is kept only with everything it is made of, and until then the former one stays: what opens without a network is
 * whole, of one version. A page one may not see any more is not kept either.
 * @param {string} path @param {Response} answer
 */
async function take(path, answer) {
  if (answer.status !== 200) {
    if (answer.status < 500) for (const tree of await trees()) await (await caches.open(tree)).delete(path);
    return;
  }
  const text = await answer.clone().text();
  const tree = ASSET.exec(/"(\/s\/[^"]+)"/.exec(text)?.[1] ?? "")?.[0];
  if (!tree) return;
  const cache = await caches.open(tree);
  await bring(cache, addresses(text, /["'](\/s\/[^"'#]+)/g));
  await cache.put(path, answer);
  for (const old of await trees()) if (old !== tree) await caches.delete(old);
  // A device belongs to one person: of who was here before nothing is left.
  for (const other of await keptPages()) if (other !== path) await cache.delete(other);
}

/**
 * Files and, of modules, what they import; most of them the browser has just loaded.
 * @param {Cache} cache @param {string[]} paths @param {Set<string>} [begun] modules import each other in circles
 */
async function bring(cache, paths, begun = new Set()) {
  const fresh = paths.filter((path) => !begun.has(path));
  for (const path of fresh) begun.add(path);
  await Promise.all(
    [...new Set(fresh)].map(async (path) => {
      const answer = (await cache.match(path)) ?? (await fetch(path));
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      await cache.put(path, answer.clone());
      const imported = path.endsWith(".js")
        ? addresses(await answer.text(), /\b(?:from|import)\s*\(?\s*"(\.[^"]+\.js)"/g)
        : [];
      await bring(
        cache,
        imported.map((each) => new URL(each, new URL(path, worker.location.origin)).pathname),
        begun,
      );
    }),
  );
}

/** @param {string} text @param {RegExp} pattern */
const addresses = (text, pattern) => [...text.matchAll(pattern)].map(([, address]) => address);

const trees = async () => (await caches.keys()).filter((name) => ASSET.test(name)).reverse(); // the newest first

async function keptPages() {
  const found = [];
  for (const tree of await trees()) {
    for (const request of await (await caches.open(tree)).keys()) {
      const { pathname } = new URL(request.url);
      if (PAGE.test(pathname)) found.unshift(pathname);
    }
  }
  return found;
}
