// What is being searched for on this tablet, what was found, and which of it is being looked at.

import { store } from "../lib/store.js";
import { marks } from "../marks/marks.js";
import { Reading } from "../tablet/reading.js";
import { keptText } from "../reader/page-texts.js";
import { jump, shownNow } from "../tablet/place.js";
import { DeviceSearch } from "./on-device.js";
import { holds, query } from "./query.js";

/** @typedef {import("./query.js").Query} Query */
/** @typedef {[number, number, number, number]} Box */
/** @typedef {{page: number, quotation: [string, boolean][], boxes: Box[]}} Quoted */
/** @typedef {{paper: string, revision: string, found: number, at: number[], pages: Quoted[]}} Found */
/** @typedef {{total: number, papers: Found[], silent: Record<string, number>, reading: string[], coming: string[], kept?: boolean, lacking?: Record<string, number>}} Answer `kept`: of what is on this device, where pages of papers may be lacking */

const device = new DeviceSearch(keptText);

class Finding {
  constructor() {
    this.text = "";
    /** One paper, or all. @type {string | null} */
    this.paper = null;
    /** @type {Answer | null} */
    this.answer = null;
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
    [this.text, this.paper] = [text, paper];
    if (!query(text).runs.length) {
      this.answer = null;
      return changed();
    }
    const asking = (this.asking = new AbortController());
    const { signal } = asking;
    const take = (/** @type {Answer} */ answer) => {
      if (signal.aborted) return;
      this.answer = answer;
      changed();
    };
    this.busy = true;
    changed();
    // Where the line is known to be lost, the server may be silent for long; its answer is better when it comes.
    const here = store.line === "open" ? null : await this.onDevice(null, signal);
    if (here) take(here);
    const answer = await ask({ q: text, ...(paper && { paper }) }, signal).catch(() => null);
    const last = answer ?? here ?? (await this.onDevice(null, signal));
    if (signal.aborted) return;
    this.busy = false;
    take(last);
  }

  /** The next pages of the one paper that is searched. @param {() => void} changed */
  async more(changed) {
    const [entry] = this.answer?.papers ?? [];
    if (!entry || !this.paper) return;
    const from = entry.pages.length;
    const next = this.answer?.kept
      ? await this.onDevice(from)
      : await ask({ q: this.text, paper: this.paper, from: String(from) }).catch(() => null);
    entry.pages.push(...(next?.papers[0]?.pages ?? []));
    changed();
  }

  /** In the words kept on this device. @param {number | null} from @param {AbortSignal} [signal] @returns {Promise<Answer>} */
  onDevice(from, signal) {
    const { view, me } = store;
    const papers = Object.entries(view && me ? Reading.papers(view, me) : {}).flatMap(([id, { revision, pages }]) =>
      revision && pages && (!this.paper || this.paper === id) ? [[id, { revision, pages }]] : [],
    );
    return device.find(Object.fromEntries(papers), query(this.text), { from: from ?? (this.paper ? 0 : null), signal });
  }

  /** One's own notes, from this device. @returns {import("../marks/types").Mark[]} */
  notes() {
    const sought = query(this.text);
    const { view, me } = store;
    if (!view || !me) return [];
    const papers = Reading.papers(view, me);
    const readable = ({ paper, revision } = { paper: "", revision: "" }) =>
      papers[paper]?.revision === revision && (!this.paper || this.paper === paper);
    return marks.book
      .all()
      .filter((mark) => readable(mark) && holds(mark.body?.text ?? "", sought))
      .sort((a, b) => a.page - b.page);
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
    const pages =
      way > 0 ? here.at.filter((page) => page > place.page) : here.at.filter((page) => page < place.page).reverse();
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
