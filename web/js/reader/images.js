// Page images: fetched once, decoded before they are shown, kept for reading on when the network is away.

const DECODED = 7; // decoded pages kept: each is some 15 MB of an iPad's memory
const BLOBS = 80; // encoded pages kept in memory
const DATABASE = "pages";

/** @typedef {{revision: string, page: number, width: number}} Wanted */

/** @type {Map<string, Blob>} */
const blobs = new Map();
/** @type {Map<string, HTMLImageElement>} */
const decoded = new Map();
/** @type {Map<string, Promise<HTMLImageElement>>} */
const coming = new Map();

/** @param {Wanted} wanted */
const keyOf = ({ revision, page, width }) => `${revision}/${page}/${width}`;

/** @param {Wanted} wanted */
export function address(wanted) {
  const { meeting, participant } = document.body.dataset;
  return `/m/${meeting}/${participant}/pages/${keyOf(wanted)}`;
}

/** The decoded image, if it is here. @param {Wanted} wanted */
export function ready(wanted) {
  const found = decoded.get(keyOf(wanted));
  if (found) touch(decoded, keyOf(wanted), found);
  return found;
}

/** The decoded image, soon. Rejects when it can neither be fetched nor was kept. @param {Wanted} wanted */
export function load(wanted) {
  const key = keyOf(wanted);
  const found = ready(wanted);
  if (found) return Promise.resolve(found);
  const already = coming.get(key);
  if (already) return already;
  const promise = fetched(wanted)
    .then(decode)
    .then((image) => {
      touch(decoded, key, image);
      trim(decoded, DECODED, (old) => URL.revokeObjectURL(old.src));
      return image;
    })
    .finally(() => coming.delete(key));
  coming.set(key, promise);
  return promise;
}

/** Have the encoded image here, for later. @param {Wanted} wanted @returns {Promise<boolean>} whether it is */
export async function keep(wanted) {
  if (blobs.has(keyOf(wanted))) return true;
  try {
    await fetched(wanted);
    return true;
  } catch {
    return false;
  }
}

/** @param {Wanted} wanted @returns {Promise<Blob>} */
async function fetched(wanted) {
  const key = keyOf(wanted);
  const inMemory = blobs.get(key);
  if (inMemory) return inMemory;
  let blob;
  try {
    const response = await fetch(address(wanted));
    if (!response.ok) throw new Gone(response.status);
    blob = await response.blob();
    void store(key, blob);
  } catch (error) {
    // Withdrawn is withdrawn: what the server refuses is not shown from the store either.
    if (error instanceof Gone) throw error;
    blob = await stored(key);
    if (!blob) throw error;
  }
  touch(blobs, key, blob);
  trim(blobs, BLOBS);
  return blob;
}

class Gone extends Error {
  /** @param {number} status */
  constructor(status) {
    super(String(status));
  }
}

/** @param {Blob} blob */
async function decode(blob) {
  const image = new Image();
  image.draggable = false;
  image.alt = "";
  image.src = URL.createObjectURL(blob);
  await image.decode();
  return image;
}

/** @template T @param {Map<string, T>} map @param {string} key @param {T} value */
function touch(map, key, value) {
  map.delete(key);
  map.set(key, value);
}

/** @template T @param {Map<string, T>} map @param {number} most @param {(value: T) => void} [dropped] */
function trim(map, most, dropped) {
  for (const [key, value] of map) {
    if (map.size <= most) return;
    map.delete(key);
    dropped?.(value);
  }
}

// -- kept over a reload, also on plain http ---------------------------------------------------------------------------

/** @type {Promise<IDBDatabase | null> | undefined} */
let opening;

function database() {
  opening ??= new Promise((done) => {
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("pages");
      request.onsuccess = () => done(request.result);
      request.onerror = () => done(null);
    } catch {
      done(null);
    }
  });
  return opening;
}

/** @param {string} key @param {Blob} blob */
async function store(key, blob) {
  const base = await database();
  base?.transaction("pages", "readwrite").objectStore("pages").put(blob, key);
}

/** @param {string} key @returns {Promise<Blob | undefined>} */
async function stored(key) {
  const base = await database();
  if (!base) return undefined;
  return new Promise((done) => {
    const request = base.transaction("pages").objectStore("pages").get(key);
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(undefined);
  });
}

/** Forget every page of revisions that may no longer be read. @param {Set<string>} allowed revisions */
export async function forgetOthers(allowed) {
  for (const key of [...blobs.keys()]) if (!allowed.has(revisionOf(key))) blobs.delete(key);
  for (const key of [...decoded.keys()]) if (!allowed.has(revisionOf(key))) decoded.delete(key);
  const base = await database();
  if (!base) return;
  const pages = base.transaction("pages", "readwrite").objectStore("pages");
  const request = pages.getAllKeys();
  request.onsuccess = () => {
    for (const key of request.result) if (!allowed.has(revisionOf(String(key)))) pages.delete(key);
  };
}

/** @param {string} key */
const revisionOf = (key) => key.slice(0, key.indexOf("/"));
