import assert from "node:assert/strict";
import { test } from "node:test";

import { atTop, fitting, placeOf } from "../../web/js/reader/geometry.js";
import { Paced } from "../../web/js/presenting/paced.js";
import { isMagnified, placeOfRegion, regionOf } from "../../web/js/presenting/region.js";

const PAGE = { width: 595, height: 842 };
const CONSOLE = { width: 1100, height: 800 };
const PORTRAIT = { width: 796, height: 940 };
const LANDSCAPE = { width: 820, height: 560 };

test("a page as it is first shown is no part of it", () => {
  for (const box of [CONSOLE, PORTRAIT, LANDSCAPE]) assert.equal(regionOf(atTop(box, PAGE), box, PAGE), null);
});

test("the part a presenter magnifies is seen whole on every other device", () => {
  const shown = regionOf(placeOf({ x: 300, y: 500, zoom: 2.4 }, CONSOLE, PAGE), CONSOLE, PAGE);
  for (const box of [CONSOLE, PORTRAIT, LANDSCAPE]) {
    const seen = regionOf(placeOfRegion(shown, box, PAGE), box, PAGE);
    assert.ok(seen.x <= shown.x + 1 && seen.x + seen.width >= shown.x + shown.width - 1, JSON.stringify(seen));
    assert.ok(seen.y <= shown.y + 1 && seen.y + seen.height >= shown.y + shown.height - 1, JSON.stringify(seen));
  }
});

test("the same part on a device of the same size is the same place", () => {
  const place = placeOf({ x: 320, y: 410, zoom: 3 }, CONSOLE, PAGE);
  const again = placeOfRegion(regionOf(place, CONSOLE, PAGE), CONSOLE, PAGE);
  for (const side of ["x", "y"]) assert.ok(Math.abs(again[side] - place[side]) < 1);
});

test("reading down a page at its full width is not magnified", () => {
  const place = { ...atTop(LANDSCAPE, PAGE), y: -200 };
  const region = regionOf(place, LANDSCAPE, PAGE);
  assert.ok(region && region.y > 0);
  assert.equal(isMagnified(region, PAGE), false);
  assert.equal(isMagnified(null, PAGE), false);
  const closer = regionOf(placeOf({ x: 300, y: 400, zoom: 2 }, LANDSCAPE, PAGE), LANDSCAPE, PAGE);
  assert.equal(isMagnified(closer, PAGE), true);
  assert.ok(fitting(LANDSCAPE, PAGE) > 1);
});

test("the newest goes out at once, then at most once a pause, and the last one always", () => {
  const [told, waiting] = [[], []];
  const paced = new Paced(
    100,
    (what) => told.push(what),
    (act) => waiting.push(act),
  );
  for (const what of [1, 2, 3]) paced.give(what);
  assert.deepEqual(told, [1]);
  waiting.shift()();
  assert.deepEqual(told, [1, 3]);
  waiting.shift()();
  assert.equal(waiting.length, 0);
  paced.give(4);
  assert.deepEqual(told, [1, 3, 4]);
});
