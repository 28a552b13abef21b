// The words of pages, brought when a page is shown and kept like its image.

import { database } from "./images.js";
import { KeptImages } from "./kept.js";
import { mayBecomeMore } from "./text.js";

/** @typedef {import("./text.js").PageText} PageText */

const PAUSE = 4_000; // ms
const LONGEST = 60_000;
const MOST = 16 * 1024 * 1024; // bytes, some five hundred pages of text

/** @param {{revision: string, page: number}} wanted */
function address({ revision, page }) {
  const { meeting, participant } = document.body.dataset;
  return `/m/${meeting}/${participant}/words/${revision}/${page}`;
}

export const texts = new KeptImages(address, { database, most: MOST, type: "application/json" });

/** Rejects where they are not to be had now. @param {string} revision @param {number} page @returns {Promise<PageText>} */
export async function pageText(revision, page) {
  const wanted = { revision, page, width: 0 };
  const blob = await texts.get(wanted);
  const text = JSON.parse(await blob.text());
  return mayBecomeMore(text) ? recognised(wanted, text) : text;
}

/** Here before it is asked for, if it can be had. @param {string} revision @param {number} page @returns {Promise<unknown>} */
export const foretold = (revision, page) => texts.get({ revision, page, width: 0 }, "low").catch(() => null);

/** Only what this device has; null where it has nothing. @param {string} revision @param {number} page @returns {Promise<PageText | null>} */
export async function keptText(revision, page) {
  const blob = await texts.here({ revision, page, width: 0 });
  return blob ? JSON.parse(await blob.text()) : null;
}

/** The words of a scan may have been recognised since it was kept here. @param {{revision: string, page: number, width: number}} wanted @param {PageText} kept @returns {Promise<PageText>} */
async function recognised(wanted, kept) {
  const answer = await fetch(address(wanted)).catch(() => null);
  if (!answer?.ok) return kept;
  const blob = await answer.blob();
  const text = JSON.parse(await blob.text());
  if (text.recognised) await texts.replace(wanted, blob);
  return text;
}

/**
 * Asks again for a page that may be being recognised just now, ever more seldom, until it is read or nobody waits.
 * @param {string} revision @param {number} page @param {PageText} text as it is known @param {(text: PageText) => boolean} came
 *   with what there is now; answers whether it is still waited for
 */
export function follow(revision, page, text, came, pause = PAUSE) {
  if (!mayBecomeMore(text)) return;
  setTimeout(async () => {
    const now = await pageText(revision, page).catch(() => text);
    if (came(now)) follow(revision, page, now, came, Math.min(2 * pause, LONGEST));
  }, pause);
}

/** Revisions that may be read, and those of them that may stay on the device. */
export const forgetOtherTexts = (/** @type {Set<string>} */ allowed, /** @type {Set<string>} */ stay) =>
  texts.only(allowed, stay);
