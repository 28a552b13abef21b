// Searching the words this tablet has kept, while the server cannot be asked: the same answer, of what is here. Pure.

import { linesOf } from "../reader/text.js";
import { passages, quotation, stands, tokens } from "./query.js";

/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("../reader/text.js").PageText} PageText */
/** @typedef {import("./finding.js").Answer} Answer */
/** @typedef {import("./finding.js").Found} Found */
/** @typedef {{revision: string, pages: number}} Kept */
/** @typedef {(revision: string, page: number) => Promise<PageText | null>} Words null where they are not kept */

// As the server quotes, meetingroom/endpoints/papers/searching.py.
const QUOTED = 24; // pages of one answer
const OF_A_PAPER = 3; // of them, where several papers are searched
const BOXES = 60; // of one page
const AT_ONCE = 32; // pages that are read beside each other

export class DeviceSearch {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    /** The tokens of pages searched before, by revision and page. @type {Map<string, Map<number, string>>} */
    this.pages = new Map();
  }

  /**
   * @param {Record<string, Kept>} papers @param {Query} sought
   * @param {{from?: number | null, signal?: AbortSignal}} [how] `from`: of the one paper that is searched all pages from there on
   * @returns {Promise<Answer>}
   */
  async find(papers, sought, { from = null, signal } = {}) {
    if (from === null) this.forgetOthers(new Set(Object.values(papers).map(({ revision }) => revision)));
    /** @type {Answer} */
    const answer = { total: 0, papers: [], silent: {}, reading: [], coming: [], kept: true, lacking: {} };
    /** @type {[boolean, Found][]} */
    const found = [];
    for (const [paper, { revision, pages }] of Object.entries(papers)) {
      const { beside, apart, silent, lacking } = await this.look(revision, pages, sought, signal);
      const places = [...beside, ...apart];
      const at = [...places].sort((a, b) => a - b);
      if (silent) answer.silent[paper] = silent;
      if (lacking) answer.lacking = { ...answer.lacking, [paper]: lacking };
      if (places.length)
        found.push([beside.length > 0, { paper, revision, found: places.length, at, pages: places.map(unquoted) }]);
    }
    let room = QUOTED;
    for (const [, entry] of found.sort(([a], [b]) => Number(b) - Number(a))) {
      const start = from ?? 0;
      const quoted = entry.pages.slice(start, start + Math.min(room, from === null ? OF_A_PAPER : QUOTED));
      room -= quoted.length;
      entry.pages = await Promise.all(quoted.map(({ page }) => this.quote(entry.revision, page, sought)));
      answer.total += entry.found;
      answer.papers.push(entry);
    }
    return answer;
  }

  /** What was recalled or replaced is not kept here either. @param {Set<string>} revisions */
  forgetOthers(revisions) {
    for (const old of [...this.pages.keys()]) if (!revisions.has(old)) this.pages.delete(old);
  }

  /** The pages of a paper on which the words stand one after another, and those that have them all. @param {string} revision @param {number} count @param {Query} sought @param {AbortSignal} [signal] */
  async look(revision, count, sought, signal) {
    const result = { beside: /** @type {number[]} */ ([]), apart: /** @type {number[]} */ ([]), silent: 0, lacking: 0 };
    for (let first = 1; first <= count && !signal?.aborted; first += AT_ONCE) {
      const pages = Array.from({ length: Math.min(AT_ONCE, count - first + 1) }, (_, step) => first + step);
      const texts = await Promise.all(pages.map((page) => this.tokensOf(revision, page)));
      texts.forEach((text, step) => {
        if (text === null) result.lacking += 1;
        else if (!text) result.silent += 1;
        else if (
          sought.runs.every((run, number) => stands(text, run, sought.unfinished && number === sought.runs.length - 1))
        )
          (sought.quoted || stands(text, sought.runs.flat(), sought.unfinished) ? result.beside : result.apart).push(
            pages[step],
          );
      });
    }
    return result;
  }

  /** @param {string} revision @param {number} page @returns {Promise<string | null>} null where they are not kept */
  async tokensOf(revision, page) {
    const pages = this.pages.get(revision) ?? new Map();
    this.pages.set(revision, pages);
    const known = pages.get(page);
    if (known !== undefined) return known;
    const text = await this.words(revision, page);
    if (!text) return null;
    const said = tokens(text.words.map((word) => word[4]).join(" ")).join(" ");
    if (said) pages.set(page, said); // a scan may be read later
    return said;
  }

  /** @param {string} revision @param {number} page @param {Query} sought @returns {Promise<import("./finding.js").Quoted>} */
  async quote(revision, page, sought) {
    const words = (await this.words(revision, page))?.words;
    if (!words) return unquoted(page);
    const said = words.map((word) => word[4]);
    const ranges = passages(said, sought);
    const boxes = ranges.flatMap((range) => linesOf(words, range)).slice(0, BOXES);
    return {
      page,
      quotation: quotation(said, ranges),
      boxes: boxes.map(({ x, y, width, height }) => [x, y, x + width, y + height]),
    };
  }
}

/** @param {number} page @returns {import("./finding.js").Quoted} */
const unquoted = (page) => ({ page, quotation: [], boxes: [] });
