import assert from "node:assert/strict";
import { test } from "node:test";

import { SIDE, TILED, tiledWidth, tilesIn } from "../../web/js/reader/tiles.js";

const A4 = { width: 595, height: 842 };

test("parts are drawn only beyond the widest image, and never wider than the widest drawing", () => {
  assert.equal(tiledWidth(1000, 2), 0);
  assert.equal(tiledWidth(1300, 2), TILED[0]);
  assert.equal(tiledWidth(2000, 2), TILED[1]);
  assert.equal(tiledWidth(2000, 3), TILED[1], "more than two pixels in one are not seen");
  assert.equal(tiledWidth(9000, 2), TILED[2]);
});

test("the squares in sight cover what is seen, the middle first, each within the page", () => {
  const seen = { x: 100, y: 300, width: 250, height: 300 };
  const tiles = tilesIn(TILED[1], A4, seen);
  for (const [x, y] of [
    [100, 300],
    [350, 300],
    [100, 600],
    [350, 600],
    [225, 450],
  ]) {
    assert.ok(
      tiles.some((tile) => x >= tile.x && x <= tile.x + tile.width && y >= tile.y && y <= tile.y + tile.height),
    );
  }
  assert.ok(225 >= tiles[0].x && 225 <= tiles[0].x + tiles[0].width);
  for (const { x, y, width, height } of tilesIn(TILED[2], A4, { x: -500, y: -500, width: 5000, height: 5000 })) {
    assert.ok(width > 0 && height > 0 && x + width <= 595 + 1e-9 && y + height <= 842 + 1e-9);
  }
});

test("a page that lies beside what is seen has no squares", () => {
  for (const [x, y] of [
    [0, 843],
    [0, -301],
    [596, 0],
    [-301, 0],
  ])
    assert.deepEqual(tilesIn(TILED[1], A4, { x, y, width: 300, height: 300 }), []);
});

test("all squares of a page are as many as it has", () => {
  const all = tilesIn(TILED[0], A4, { x: -10, y: -10, width: 900, height: 900 });
  assert.equal(all.length, Math.ceil(TILED[0] / SIDE) * Math.ceil((TILED[0] * 842) / 595 / SIDE));
});
