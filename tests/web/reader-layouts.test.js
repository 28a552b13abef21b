import assert from "node:assert/strict";
import { test } from "node:test";

import { atTop, fitting, held, isWider, resized, turnedTo } from "../../web/js/reader/geometry.js";
import { beside, layoutIn, offsetOf, pageAt, pageIn, spotIn, turned } from "../../web/js/reader/layouts.js";

const A4 = { width: 595, height: 842 };
const WIDE = { width: 842, height: 595 };
/** Ten pages; the fourth lies on its side. */
const ALL = { pages: 10, sizeOf: (page) => (page === 4 ? WIDE : A4) };
const TABLET = { width: 876, height: 560 };

test("two pages lie side by side only where there is room", () => {
  assert.equal(layoutIn("spread", TABLET), "spread");
  assert.equal(layoutIn("spread", { width: 796, height: 900 }), "single");
  assert.equal(layoutIn("scroll", { width: 796, height: 900 }), "scroll");
});

test("either page of a spread shows the same two at the same place", () => {
  const [left, right] = [pageIn("spread", 1, ALL), pageIn("spread", 2, ALL)];
  const [one, two] = [atTop(TABLET, left), atTop(TABLET, right)];
  const offset = offsetOf("spread", 1, 2, ALL);
  assert.equal(one.scale, two.scale);
  assert.ok(Math.abs(one.x + offset.x * one.scale - two.x) < 1e-9);
  assert.ok(!isWider(one, TABLET, left), "both are seen");
  assert.equal(beside("spread", 2, ALL, 0, 1)[0].page, 1);
});

test("the last page of an odd paper lies alone, and a turn goes to the next two", () => {
  const odd = { pages: 9, sizeOf: () => A4 };
  assert.equal(pageIn("spread", 9, odd).field, undefined);
  assert.deepEqual(beside("spread", 9, odd, 0, 1), []);
  assert.deepEqual([turned("spread", 1, 1), turned("spread", 2, 1), turned("spread", 4, -1)], [3, 3, 1]);
  assert.equal(turned("scroll", 2, 1), 3);
});

test("a column fills the width, begins with the first page and ends with the last", () => {
  const page = pageIn("scroll", 3, ALL);
  const scale = fitting(TABLET, page);
  assert.equal(scale, TABLET.width / A4.width);
  const far = (y) => held({ x: 0, y, scale }, TABLET, page);
  assert.equal(far(1e6).y, 2 * (842 + 12) * scale, "the top of page 1 at the top");
  const bottom = far(-1e6).y + offsetOf("scroll", 3, 10, ALL).y * scale + 842 * scale;
  assert.ok(Math.abs(bottom - TABLET.height) < 1e-6, "the foot of page 10 at the foot");
});

test("told from another page of the column, nothing has moved", () => {
  for (const [from, to] of [
    [3, 5],
    [5, 3],
    [4, 4],
    [1, 10],
  ]) {
    const there = offsetOf("scroll", from, to, ALL);
    const back = offsetOf("scroll", to, from, ALL);
    assert.ok(Math.abs(there.x + back.x) < 1e-9 && Math.abs(there.y + back.y) < 1e-9);
    assert.equal(pageAt(from, ALL, there.y + 1), to);
  }
});

test("the pages in sight are found above and below, where they are", () => {
  const seen = beside("scroll", 5, ALL, -600, 900);
  assert.deepEqual(seen.map(({ page }) => page).sort(), [4, 6]);
  const [above] = seen.filter(({ page }) => page === 4);
  assert.deepEqual({ x: above.x, y: above.y }, offsetOf("scroll", 5, 4, ALL));
  assert.deepEqual(
    beside("scroll", 10, ALL, 0, 2000).map(({ page }) => page),
    [],
  );
  assert.deepEqual(beside("single", 5, ALL, -700, 900), []);
});

test("a place between two pages belongs to the nearer; beyond the ends to the first and the last", () => {
  assert.equal(pageAt(2, ALL, 842 + 5), 2);
  assert.equal(pageAt(2, ALL, 842 + 7), 3);
  assert.equal(pageAt(2, ALL, -1e6), 1);
  assert.equal(pageAt(2, ALL, 1e6), 10);
});

test("a turned tablet keeps the line on top, whatever the layout", () => {
  const [portrait, landscape] = [{ width: 796, height: 900 }, TABLET];
  const page = pageIn("scroll", 3, ALL);
  const before = held({ ...atTop(portrait, page), y: -400 * fitting(portrait, page) }, portrait, page);
  const after = resized(before, portrait, landscape, page);
  assert.ok(Math.abs(-after.y / after.scale - 400) < 1);
  const back = resized(after, landscape, portrait, page);
  assert.ok(Math.abs(back.y - before.y) < 1);
});

test("another page of the column begins at the top of the view", () => {
  const [page, next] = [pageIn("scroll", 3, ALL), pageIn("scroll", 7, ALL)];
  const place = turnedTo({ ...atTop(TABLET, page), y: -300 }, TABLET, page, next);
  assert.equal(place.y, 0);
});

test("a hand on any page in sight means that page, and between two the nearer", () => {
  const seen = [{ page: 3, x: 0, y: 0, ...A4 }, ...beside("scroll", 3, ALL, -400, 1200)];
  assert.deepEqual(spotIn(seen, { x: 100, y: 700 }), { page: 3, x: 100, y: 700 });
  const across = (WIDE.width - A4.width) / 2;
  assert.deepEqual(spotIn(seen, { x: 100, y: 842 + 12 + 50 }), { page: 4, x: 100 + across, y: 50 });
  assert.deepEqual(spotIn(seen, { x: 100, y: -12 - 42 }), { page: 2, x: 100, y: 800 });
  assert.equal(spotIn(seen, { x: 100, y: 844 }).page, 3);
  assert.equal(spotIn(seen, { x: 100, y: 853 }).page, 4);
});
