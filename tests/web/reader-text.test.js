import assert from "node:assert/strict";
import { test } from "node:test";

import { inOrder, linesOf, linkAt, mayBecomeMore, partsOf, said, wordAt, wordsIn } from "../../web/js/reader/text.js";

/** Two lines of one block, then a block of one word. */
const words = [
  [50, 100, 80, 112, "Ủy", 0, 0],
  [84, 100, 110, 112, "ban", 0, 0],
  [50, 116, 90, 128, "nhân", 0, 1],
  [50, 160, 90, 172, "Nghi\u0323", 1, 0],
];

test("a finger means the word under it, or the nearest in its line", () => {
  assert.equal(wordAt(words, { x: 60, y: 105 }), 0);
  assert.equal(wordAt(words, { x: 118, y: 108 }), 1, "beside the end of the line");
  assert.equal(wordAt(words, { x: 52, y: 127 }), 2);
  assert.equal(wordAt(words, { x: 400, y: 400 }), null);
});

test("what is copied has a line for each block and composed letters", () => {
  assert.equal(said(words, [0, 3]), "Ủy ban nhân\nNghị");
});

test("what lies between two words goes over the pages between them, whichever was first", () => {
  const [here, there] = [
    { page: 2, index: 2 },
    { page: 4, index: 0 },
  ];
  const pages = new Map([
    [4, words],
    [2, words],
    [3, words.slice(0, 2)],
    [1, words],
  ]);
  const parts = [
    { page: 2, range: [2, 3] },
    { page: 3, range: [0, 1] },
    { page: 4, range: [0, 0] },
  ];
  assert.deepEqual(partsOf(pages, here, there), parts);
  assert.deepEqual(partsOf(pages, there, here), parts);
  assert.deepEqual(inOrder({ page: 2, index: 3 }, { page: 2, index: 1 }), [
    { page: 2, index: 1 },
    { page: 2, index: 3 },
  ]);
  assert.deepEqual(
    partsOf(
      new Map([
        [2, words],
        [3, []],
      ]),
      { page: 2, index: 1 },
      { page: 2, index: 1 },
    ),
    [{ page: 2, range: [1, 1] }],
  );
  assert.deepEqual(partsOf(new Map([[2, []]]), { page: 2, index: 0 }, { page: 3, index: 1 }), [], "no words are here");
});

test("a range is marked line by line", () => {
  assert.deepEqual(linesOf(words, [0, 2]), [
    { x: 50, y: 100, width: 60, height: 12 },
    { x: 50, y: 116, width: 40, height: 12 },
  ]);
});

const LINKS = [
  [100, 100, 200, 112, 7, 300],
  [100, 114, 200, 126, "https://chinhphu.vn"],
];

test("a finger beside a link means it; further away it means none; between two the nearer", () => {
  assert.equal(linkAt(LINKS, { x: 203, y: 105 }), LINKS[0]);
  assert.equal(linkAt(LINKS, { x: 230, y: 105 }), undefined);
  assert.equal(linkAt(LINKS, { x: 150, y: 113.4 }), LINKS[1]);
});

test("a link is called what is written in it", () => {
  const words = [
    [90, 100, 99, 112, "theo", 0, 0],
    [101, 100, 130, 112, "Điều", 0, 0],
    [134, 100, 150, 112, "12", 0, 0],
  ];
  assert.equal(wordsIn(words, LINKS[0]), "Điều 12");
});

test("a scan is asked about again until it was read, a page of words never", () => {
  const page = { width: 595, height: 842, words: [], links: [] };
  assert.ok(mayBecomeMore(page));
  assert.ok(mayBecomeMore({ ...page, words, picture: true }));
  assert.ok(!mayBecomeMore({ ...page, words }));
  assert.ok(!mayBecomeMore({ ...page, words, picture: true, recognised: true }));
});
