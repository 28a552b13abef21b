import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { DeviceSearch } from "../../web/js/search/on-device.js";
import { holds, passages, query, quotation, stands, tokens } from "../../web/js/search/query.js";

/** Shared with tests/domain/test_searching.py: the device marks what the server found. */
const cases = JSON.parse(readFileSync(new URL("./search-cases.json", import.meta.url), "utf8"));

test("words are compared without marks, case and punctuation", () => {
  for (const [text, expected] of cases.tokens) assert.deepEqual(tokens(text), expected, text);
});

test("a query is words and phrases", () => {
  for (const [text, runs, unfinished, quoted] of cases.queries)
    assert.deepEqual(query(text), { runs, unfinished, quoted }, text);
});

test("words together count before words apart", () => {
  for (const [words, text, expected] of cases.passages) assert.deepEqual(passages(words, query(text)), expected, text);
});

test("a note is found when it has all that is sought", () => {
  assert.ok(holds("Hỏi: số liệu tháng 7 lấy từ đâu?", query("so lieu tha")));
  assert.ok(!holds("Hỏi: số liệu tháng 7", query("số liệu năm")));
  assert.ok(!holds("Hỏi", query("")));
});

test("a quotation is the same as the server's", () => {
  for (const [words, text, expected] of cases.quotations)
    assert.deepEqual(quotation(words, passages(words, query(text))), expected, text);
});

test("folded pages are searched as their words are", () => {
  for (const [words, text, expected] of cases.passages) {
    const sought = query(text);
    const page = tokens(words.join(" ")).join(" ");
    const found = sought.runs.every((run, number) =>
      stands(page, run, sought.unfinished && number === sought.runs.length - 1),
    );
    assert.equal(found, expected.length > 0, text);
  }
});

/** @param {string} said @returns {import("../../web/js/reader/text.js").PageText} */
const pageOf = (said) => ({
  width: 595,
  height: 842,
  links: [],
  words: said
    .split(" ")
    .filter(Boolean)
    .map((word, place) => [place * 10, 100, place * 10 + 9, 110, word, 0, 0]),
});

/** What a tablet has kept, by revision and page. @type {Record<string, string>} */
const kept = {
  "report-1/1": "Chi đầu tư phát triển, sở tư pháp",
  "report-1/2": "",
  "report-1/4": "Đầu năm, nhân tố tư nhân",
  "budget-2/1": "tư nhân và đầu vào",
  "old-1/1": "đầu tư",
};
const papers = { budget: { revision: "budget-2", pages: 1 }, report: { revision: "report-1", pages: 4 } };
const device = () =>
  new DeviceSearch(async (revision, page) =>
    `${revision}/${page}` in kept ? pageOf(kept[`${revision}/${page}`]) : null,
  );

test("the words kept on a device are searched without the server", async () => {
  const { total, papers: found, silent, lacking } = await device().find(papers, query("dau tu"));
  assert.equal(total, 3);
  assert.deepEqual(
    found.map(({ paper, at, pages }) => [paper, at, pages.map(({ page }) => page)]),
    [
      ["report", [1, 4], [1, 4]],
      ["budget", [1], [1]],
    ],
  );
  assert.deepEqual(found[0].pages[0].quotation, [
    ["Chi ", false],
    ["đầu tư", true],
    [" ", false],
    ["phát triển, sở tư pháp", false],
  ]);
  assert.deepEqual(found[0].pages[0].boxes, [[10, 100, 29, 110]]);
  assert.deepEqual([silent, lacking], [{ report: 1 }, { report: 1 }]);
});

test("a page kept later is found, one recalled no longer", async () => {
  const here = device();
  await here.find(papers, query("dau tu"));
  kept["report-1/3"] = "đầu tư công";
  assert.deepEqual((await here.find(papers, query("dau tu"))).papers[0].at, [1, 3, 4]);
  assert.deepEqual(
    (await here.find({ budget: papers.budget }, query("dau tu"))).papers.map(({ paper }) => paper),
    ["budget"],
  );
  assert.ok(!here.pages.has("report-1"));
});

test("one paper is quoted on from where the first answer ended", async () => {
  const long = new DeviceSearch(async () => pageOf("ngân sách"));
  const first = await long.find({ report: { revision: "report-1", pages: 40 } }, query("ngan sach"), { from: 0 });
  const next = await long.find({ report: { revision: "report-1", pages: 40 } }, query("ngan sach"), { from: 24 });
  assert.deepEqual(
    [first.papers[0].pages.length, next.papers[0].pages.length, next.papers[0].pages[0].page],
    [24, 16, 25],
  );
});
