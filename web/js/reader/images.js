// Page images: fetched once, decoded before they are shown, kept for reading on when the network is away.

import { PageDatabase } from "./database.js";
import { KeptImages, revisionOf } from "./kept.js";

/** @typedef {import("./kept.js").Wanted} Wanted */

const MOST = 24_000_000; // pixels decoded at a time, 4 bytes each: what an old tablet bears

/** @param {Wanted} wanted */
export function address({ revision, page, width }) {
  const { meeting, participant } = document.body.dataset;
  return `/m/${meeting}/${participant}/pages/${revision}/${page}/${width}`;
}

export const database = new PageDatabase();
export const kept = new KeptImages(address, { database });

/** Decoded images in order of last use. @type {Map<string, HTMLImageElement>} */
const decoded = new Map();
/** @type {Map<string, Promise<HTMLImageElement>>} */
const coming = new Map();
let pixels = 0;

/** The decoded image, if it is here. @param {Wanted} wanted */
export function ready(wanted) {
  const key = address(wanted);
  const found = decoded.get(key);
  if (found) {
    decoded.delete(key);
    decoded.set(key, found);
  }
  return found;
}

/** The decoded image, soon. Rejects with Gone when it may not be read, otherwise when it is not to be had now. @param {Wanted} wanted @param {RequestPriority} [priority] */
export function load(wanted, priority) {
  const found = ready(wanted);
  if (found) return Promise.resolve(found);
  const key = address(wanted);
  const already = coming.get(key);
  if (already) return already;
  const promise = kept
    .get(wanted, priority)
    .then(decode)
    .then((image) => remember(key, image))
    .finally(() => coming.delete(key));
  coming.set(key, promise);
  return promise;
}

/** @param {string} key @param {HTMLImageElement} image */
function remember(key, image) {
  decoded.set(key, image);
  pixels += image.naturalWidth * image.naturalHeight;
  for (const [old, other] of decoded) {
    if (pixels <= MOST) break;
    if (old !== key && !other.isConnected) drop(old, other);
  }
  return image;
}

/** @param {string} key @param {HTMLImageElement} image */
function drop(key, image) {
  decoded.delete(key);
  pixels -= image.naturalWidth * image.naturalHeight;
  URL.revokeObjectURL(image.src);
}

/** @param {Blob} blob @returns {Promise<HTMLImageElement>} */
async function decode(blob) {
  const image = new Image();
  image.alt = ""; // whoever shows it says what it is
  image.draggable = false;
  image.decoding = "sync"; // shown whole in the frame that shows it
  image.src = URL.createObjectURL(blob);
  await image.decode();
  return image;
}

/** Forget every page of revisions that may no longer be read. @param {Set<string>} allowed revisions @param {Set<string>} stay */
export async function forgetOthers(allowed, stay) {
  for (const [key, image] of [...decoded]) if (!stay.has(revisionOf(key))) drop(key, image);
  await kept.only(allowed, stay);
}
