// Outlines of papers, brought when a paper is opened and kept like its pages.

import { database } from "./images.js";
import { KeptImages } from "./kept.js";

/** @typedef {import("./outline.js").Entry} Entry */

/** @param {{revision: string}} wanted */
function address({ revision }) {
  const { meeting, participant } = document.body.dataset;
  return `/m/${meeting}/${participant}/outline/${revision}`;
}

export const outlines = new KeptImages(address, { database, most: 4 * 1024 * 1024, type: "application/json" });

/** Rejects where it is not to be had now. @param {string} revision @returns {Promise<Entry[]>} */
export async function outlineOf(revision) {
  const blob = await outlines.get({ revision, page: 0, width: 0 });
  return JSON.parse(await blob.text());
}

/** Revisions that may be read, and those of them that may stay on the device. */
export const forgetOtherOutlines = (/** @type {Set<string>} */ allowed, /** @type {Set<string>} */ stay) =>
  outlines.only(allowed, stay);
