import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { holds, passages, query, tokens } from "../../web/js/search/query.js";

/** Shared with tests/domain/test_searching.py: the device marks what the server found. */
const cases = JSON.parse(readFileSync(new URL("./search-cases.json", import.meta.url), "utf8"));

test("words are compared without marks, case and punctuation", () => {
  for (const [text, expected] of cases.tokens) assert.deepEqual(tokens(text), expected, text);
});

test("a query is words and phrases", () => {
  for (const [text, runs, unfinished, quoted] of cases.queries) assert.deepEqual(query(text), { runs, unfinished, quoted }, text);
});

test("words together count before words apart", () => {
  for (const [words, text, expected] of cases.passages) assert.deepEqual(passages(words, query(text)), expected, text);
});

test("a note is found when it has all that is sought", () => {
  assert.ok(holds("Hỏi: số liệu tháng 7 lấy từ đâu?", query("so lieu tha")));
  assert.ok(!holds("Hỏi: số liệu tháng 7", query("số liệu năm")));
  assert.ok(!holds("Hỏi", query("")));
});
