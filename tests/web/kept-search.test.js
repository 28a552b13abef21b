import assert from "node:assert/strict";
import { test } from "node:test";

import { quotation, searchKept } from "../../web/js/search/kept-search.js";
import { query } from "../../web/js/search/query.js";

const signal = new AbortController().signal;
const page = (text) => ({ width: 100, height: 100, links: [], words: text.split(" ").map((word, place) => [place * 10, 0, place * 10 + 9, 10, word, 0, 0]) });
const shelf = (papers) => async (revision, number) => (papers[revision]?.[number - 1] ? page(papers[revision][number - 1]) : null);

test("pages kept here are searched, without diacritics, and what is not here is counted", async () => {
  const papers = [{ id: "a", revision: "a1", pages: 3 }, { id: "b", revision: "b1", pages: 1 }];
  const kept = shelf({ a1: ["Thủy lợi nhỏ", "dự toán năm", null], b1: ["công trình thuỷ lợi"] });
  const { total, missing, papers: found } = await searchKept(query("thuy loi"), papers, kept, signal);
  assert.deepEqual([total, missing], [2, 1]);
  assert.deepEqual(found.map(({ paper, at }) => [paper, at]), [["a", [1]], ["b", [1]]]);
  assert.deepEqual(found[0].pages[0], { page: 1, quotation: [["Thủy lợi", true], [" ", false], ["nhỏ", false]], boxes: [[0, 0, 19, 10]] });
});

test("of one paper more pages are quoted than of several, and all are counted", async () => {
  const many = { a1: Array.from({ length: 40 }, () => "dự toán") };
  const one = await searchKept(query("du toan"), [{ id: "a", revision: "a1", pages: 40 }], shelf(many), signal);
  assert.deepEqual([one.papers[0].pages.length, one.papers[0].found], [24, 40]);
  const both = await searchKept(query("du toan"), [{ id: "a", revision: "a1", pages: 40 }, { id: "b", revision: "b1", pages: 0 }], shelf(many), signal);
  assert.equal(both.papers[0].pages.length, 3);
});

test("a search that was given up ends", async () => {
  const given = new AbortController();
  given.abort();
  await assert.rejects(searchKept(query("a"), [{ id: "a", revision: "a1", pages: 1 }], shelf({ a1: ["a"] }), given.signal));
});

test("a quotation stands around what was found", () => {
  const words = Array.from({ length: 100 }, (_, place) => `w${place}`);
  const parts = quotation(words, [[50, 51]]);
  assert.deepEqual([parts[0], parts[2], parts.at(-1)[0].endsWith(" …")], [["… ", false], ["w50 w51", true], true]);
  assert.deepEqual(quotation(words, [])[0][0].split(" ").length, 32);
});
