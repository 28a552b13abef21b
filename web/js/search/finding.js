// What is being searched for on this tablet, what was found, and which of it is being looked at.

import { store } from "../lib/store.js";
import { marks } from "../marks/marks.js";
import { Reading } from "../tablet/reading.js";
import { jump, shownNow } from "../tablet/place.js";
import { keptText } from "../reader/page-texts.js";
import { searchKept } from "./kept-search.js";
import { holds, query } from "./query.js";

/** @typedef {import("./query.js").Query} Query */
/** @typedef {[number, number, number, number]} Box */
/** @typedef {{page: number, quotation: [string, boolean][], boxes: Box[]}} Quoted */
/** @typedef {{paper: string, revision: string, found: number, at: number[], pages: Quoted[]}} Found */
/** @typedef {{total: number, papers: Found[], silent: Record<string, number>, reading: string[], coming: string[], missing?: number}} Answer `missing`: pages that were not here to be searched, without a network */

class Finding {
  constructor() {
    this.text = "";
    /** One paper, or all. @type {string | null} */
    this.paper = null;
    /** @type {Answer | null} */
    this.answer = null;
    this.failed = false;
    this.busy = false;
    /** Whose words are marked on the pages. @type {Query | null} */
    this.marked = null;
    /** A page to be shown with its first found words in sight. @type {{revision: string, page: number} | null} */
    this.goal = null;
    /** @type {AbortController | null} */
    this.asking = null;
  }

  /** @param {string} text @param {string | null} paper @param {() => void} changed */
  async search(text, paper, changed) {
    this.asking?.abort();
    [this.text, this.paper, this.failed] = [text, paper, false];
    if (!query(text).runs.length) {
      this.answer = null;
      return changed();
    }
    const asking = (this.asking = new AbortController());
    this.busy = true;
    changed();
    try {
      const answer = await ask({ q: text, ...(paper && { paper }) }, asking.signal);
      if (asking.signal.aborted) return;
      this.answer = answer;
    } catch {
      if (asking.signal.aborted) return;
      await this.searchHere(asking.signal).catch(() => ([this.answer, this.failed] = [null, true]));
      if (asking.signal.aborted) return;
    }
    this.busy = false;
    changed();
  }

  /** Without a network: in what is kept here. @param {AbortSignal} signal */
  async searchHere(signal) {
    const { view, me } = store;
    if (!view || !me) throw new Error("nothing is shown");
    const papers = Object.entries(Reading.papers(view, me))
      .filter(([id, { revision }]) => revision && (!this.paper || this.paper === id))
      .map(([id, { revision = "", pages = 0 }]) => ({ id, revision, pages }));
    const { missing, ...found } = await searchKept(query(this.text), papers, keptText, signal);
    this.answer = { ...found, silent: {}, reading: [], coming: [], missing };
  }

  /** The next pages of the one paper that is searched. @param {() => void} changed */
  async more(changed) {
    const [entry] = this.answer?.papers ?? [];
    if (!entry || !this.paper) return;
    const next = await ask({ q: this.text, paper: this.paper, from: String(entry.pages.length) }).catch(() => null);
    entry.pages.push(...(next?.papers[0]?.pages ?? []));
    changed();
  }

  /** One's own notes, from this device. @returns {import("../marks/types").Mark[]} */
  notes() {
    const sought = query(this.text);
    const { view, me } = store;
    if (!view || !me) return [];
    const papers = Reading.papers(view, me);
    const readable = ({ paper, revision } = { paper: "", revision: "" }) => papers[paper]?.revision === revision && (!this.paper || this.paper === paper);
    return marks.book.all().filter((mark) => readable(mark) && holds(mark.body?.text ?? "", sought)).sort((a, b) => a.page - b.page);
  }

  /** Opens a page with what was found marked. @param {string} paper @param {number} page */
  open(paper, page) {
    this.marked = query(this.text);
    const { view, me } = store;
    const revision = view && me ? Reading.papers(view, me)[paper]?.revision : undefined;
    this.goal = revision ? { revision, page } : null;
    jump(paper, page);
    store.changed();
  }

  /** The pages of the paper that is read on which something was found. @returns {{paper: string, at: number[]} | null} */
  get here() {
    const place = shownNow();
    const entry = place && this.marked ? this.answer?.papers.find(({ paper }) => paper === place.id) : null;
    return entry ? { paper: entry.paper, at: entry.at } : null;
  }

  /** @param {number} way 1 on, -1 back */
  step(way) {
    const place = shownNow();
    const { here } = this;
    if (!place || !here) return;
    const pages = way > 0 ? here.at.filter((page) => page > place.page) : here.at.filter((page) => page < place.page).reverse();
    const [next] = pages;
    if (next) this.open(here.paper, next);
  }

  /** Nothing is marked any longer. */
  rest() {
    this.marked = null;
    store.changed();
  }
}

/** @param {Record<string, string>} asked @param {AbortSignal} [signal] @returns {Promise<Answer>} */
async function ask(asked, signal) {
  const { meeting, participant } = document.body.dataset;
  const answer = await fetch(`/m/${meeting}/${participant}/search?${new URLSearchParams(asked)}`, { signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export const finding = new Finding();
