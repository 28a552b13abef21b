import assert from "node:assert/strict";
import { test } from "node:test";

import { paragraphsOf } from "../../web/js/reader/reflow.js";

const HEIGHT = 842;

/** A line of words from `left` on, each 40 points wide with 4 between, the last one up to `right`. */
function line(top, left, text, right) {
  const words = text.split(" ");
  return words.map((word, index) => [
    left + 44 * index,
    top,
    index === words.length - 1 && right ? right : left + 44 * index + 40,
    top + 14,
    word,
    0,
    0,
  ]);
}

const said = (words) => paragraphsOf(words, HEIGHT).map((each) => each.words.map((index) => words[index][4]).join(" "));

test("lines of a sentence become one paragraph; a short last line ends it", () => {
  const words = [
    ...line(100, 100, "Chính phủ ban hành Nghị định quy", 500),
    ...line(118, 85, "định chi tiết một số điều của", 500),
    ...line(136, 85, "Luật này."),
    ...line(154, 100, "Theo quy định", 500),
  ];
  assert.deepEqual(said(words), [
    "Chính phủ ban hành Nghị định quy định chi tiết một số điều của Luật này.",
    "Theo quy định",
  ]);
});

test("a numbered point begins anew, a number in the middle of a sentence does not", () => {
  const points = [
    ...line(100, 85, "tại các khoản sau đây của điều;", 500),
    ...line(118, 85, "b) Sửa đổi các điều khác", 500),
  ];
  assert.deepEqual(said(points), ["tại các khoản sau đây của điều;", "b) Sửa đổi các điều khác"]);
  const sentence = [
    ...line(100, 85, "được quy định tại điểm a khoản", 500),
    ...line(118, 85, "1. Nghị định này có hiệu lực", 500),
  ];
  assert.equal(said(sentence).length, 1);
});

test("headings in the middle are told from text; the number of the page is left out", () => {
  const words = [
    ...line(40, 290, "12"),
    ...line(100, 230, "CHƯƠNG MỘT", 355),
    ...line(140, 85, "Ủy ban nhân dân tỉnh quyết định", 500),
    ...line(158, 85, "những việc sau đây trong quý này", 500),
  ];
  assert.deepEqual(
    paragraphsOf(words, HEIGHT).map(({ centred }) => centred),
    [true, false],
  );
  assert.equal(said(words)[0], "CHƯƠNG MỘT");
});

test("the cells of a row are read together, each row by itself", () => {
  const row = (top, ...cells) => cells.flatMap((cell, index) => line(top, 85 + 140 * index, cell));
  assert.deepEqual(said([...row(100, "Tháng một", "52.776", "25,2%"), ...row(120, "Tháng hai", "56.161", "26,7%")]), [
    "Tháng một 52.776 25,2%",
    "Tháng hai 56.161 26,7%",
  ]);
});

test("every word but page numbers and drawn lines is there once, whatever the order of the boxes", () => {
  let seed = 7;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  for (let round = 0; round < 50; round += 1) {
    const words = Array.from({ length: random(60) }, (_, index) => [
      random(500),
      random(800),
      random(500) + 500,
      random(800) + 20,
      `từ${index}`,
      random(5),
      random(5),
    ]);
    const found = paragraphsOf(words, HEIGHT).flatMap((each) => each.words);
    assert.deepEqual(
      [...found].sort((a, b) => a - b),
      words.map((_, index) => index),
    );
  }
});
