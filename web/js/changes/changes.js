// What changed in a paper since the revision that was read before: asked for once a pair of revisions.

import { store } from "../lib/store.js";

/** @typedef {import("./pairing.js").Change} Change */
/** @typedef {import("../lib/types").Paper} Paper */

const AGAIN = 30_000; // ms until a failed question is repeated

/** @type {Map<string, Change[] | null>} null: asked for */
const known = new Map();

/** What is known now; asks for what is not. @param {Paper} paper @returns {Change[] | null} */
export function changesOf(paper) {
  const { revision, former } = paper;
  if (!revision || !former) return null;
  const key = `${revision}/${former.revision}`;
  if (!known.has(key)) {
    known.set(key, null);
    void bring(key).then(
      () => store.changed(),
      () => setTimeout(() => known.delete(key), AGAIN),
    );
  }
  return known.get(key) ?? null;
}

/** Rejects where they cannot be had now. @param {string} revision @param {string} former @returns {Promise<Change[]>} */
export async function bringChanges(revision, former) {
  const key = `${revision}/${former}`;
  return known.get(key) ?? bring(key);
}

/** @param {string} key @returns {Promise<Change[]>} */
async function bring(key) {
  const { meeting, participant } = document.body.dataset;
  const answer = await fetch(`/m/${meeting}/${participant}/changes/${key}`);
  if (!answer.ok) throw new Error(String(answer.status));
  const changes = await answer.json();
  known.set(key, changes);
  return changes;
}

/** All revisions of a paper that were read, the oldest first. @param {Paper} paper @returns {import("../lib/types").Former[]} */
export function revisionsOf({ revision = "", revision_no: no = 1, pages = 0, sizes = [], former, earlier }) {
  const all = [...Object.values(earlier ?? {}), ...(former ? [former] : []), { revision, no, pages, sizes }];
  return all.sort((a, b) => a.no - b.no);
}

/** The pages of the newer revision on which something changed. @param {Paper} paper @returns {Set<number>} */
export function changedPages(paper) {
  const changes = changesOf(paper) ?? [];
  return new Set(changes.flatMap(({ page, boxes }) => [page, ...Object.keys(boxes ?? {}).map(Number)]));
}
