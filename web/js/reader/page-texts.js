// The words of pages, brought when a page is shown and kept like its image.

import { database } from "./images.js";
import { KeptImages } from "./kept.js";

/** @typedef {import("./text.js").PageText} PageText */

const MOST = 16 * 1024 * 1024; // bytes, some five hundred pages of text

/** @param {{revision: string, page: number}} wanted */
function address({ revision, page }) {
  const { meeting, participant } = document.body.dataset;
  return `/m/${meeting}/${participant}/words/${revision}/${page}`;
}

export const texts = new KeptImages(address, { database, most: MOST, type: "application/json" });

/** Rejects where they are not to be had now. @param {string} revision @param {number} page @returns {Promise<PageText>} */
export async function pageText(revision, page) {
  const blob = await texts.get({ revision, page, width: 0 });
  const text = JSON.parse(await blob.text());
  return text.words.length || text.recognised ? text : recognised(revision, page, text);
}

/** Here before it is asked for, if it can be had. @param {string} revision @param {number} page @returns {Promise<unknown>} */
export const foretold = (revision, page) => texts.get({ revision, page, width: 0 }, "low").catch(() => null);

/** Only what this device has; null where it has nothing. @param {string} revision @param {number} page @returns {Promise<PageText | null>} */
export async function keptText(revision, page) {
  const blob = await texts.here({ revision, page, width: 0 });
  return blob ? JSON.parse(await blob.text()) : null;
}

/** The words of a scan may have been recognised since it was kept here. @param {string} revision @param {number} page @param {PageText} kept @returns {Promise<PageText>} */
async function recognised(revision, page, kept) {
  const answer = await fetch(address({ revision, page })).catch(() => null);
  return answer?.ok ? answer.json() : kept;
}

/** Revisions that may be read, and those of them that may stay on the device. */
export const forgetOtherTexts = (/** @type {Set<string>} */ allowed, /** @type {Set<string>} */ stay) => texts.only(allowed, stay);
