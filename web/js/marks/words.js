// The words of a page with their boxes, for a highlighter to take. None where the page is a picture or out of reach.

/** @typedef {import("./snap.js").Word} Word */

const MOST = 30; // pages

/** @type {Map<string, Promise<Word[]>>} */
const pages = new Map();

/** @param {string} revision @param {number} page @returns {Promise<Word[]>} */
export function wordsOf(revision, page) {
  const key = `${revision}/${page}`;
  const known = pages.get(key);
  if (known) return known;
  const coming = fetched(key);
  pages.set(key, coming);
  coming.catch(() => pages.delete(key));
  for (const oldest of [...pages.keys()].slice(0, -MOST)) pages.delete(oldest);
  return coming;
}

/** @param {string} key @returns {Promise<Word[]>} */
async function fetched(key) {
  const { meeting, participant } = document.body.dataset;
  const answer = await fetch(`/m/${meeting}/${participant}/words/${key}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).words;
}
