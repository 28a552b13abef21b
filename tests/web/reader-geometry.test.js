import assert from "node:assert/strict";
import { test } from "node:test";

import * as geometry from "../../web/js/reader/geometry.js";

const A4 = { width: 595, height: 842 };
const SLIDE = { width: 960, height: 540 };
const UPRIGHT = { width: 796, height: 1000 };
const WIDE = { width: 838, height: 690 };

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test("an upright tablet shows all of a page, centred", () => {
  const place = geometry.atTop(UPRIGHT, A4);
  near(place.scale, 1000 / 842);
  near(place.x, (796 - 595 * place.scale) / 2);
  near(place.y, 0);
});

test("on its side it shows the full width, from the top, and all of a slide", () => {
  near(geometry.fitting(WIDE, A4), 838 / 595);
  near(geometry.atTop(WIDE, A4).y, 0);
  near(geometry.fitting(WIDE, SLIDE), 838 / 960);
});

test("zooming keeps what is under the point", () => {
  const place = geometry.atTop(UPRIGHT, A4);
  const point = { x: 300, y: 400 };
  const under = (at) => [(point.x - at.x) / at.scale, (point.y - at.y) / at.scale];
  const zoomed = geometry.zoomedAt(place, point, place.scale * 3);
  under(zoomed).forEach((value, axis) => near(value, under(place)[axis]));
});

test("a pinch keeps both page points under the fingers", () => {
  const place = geometry.atTop(UPRIGHT, A4);
  const from = [
    { x: 300, y: 400 },
    { x: 400, y: 400 },
  ];
  const to = [
    { x: 200, y: 450 },
    { x: 500, y: 450 },
  ];
  const pinched = geometry.pinched(place, from, to, (scale) => scale);
  near(pinched.scale, place.scale * 3);
  for (const finger of [0, 1]) {
    near((to[finger].x - pinched.x) / pinched.scale, (from[finger].x - place.x) / place.scale);
    near((to[finger].y - pinched.y) / pinched.scale, (from[finger].y - place.y) / place.scale);
  }
});

test("no gap opens beside a magnified page", () => {
  const held = geometry.held({ x: 90, y: -9000, scale: 3 }, UPRIGHT, A4);
  near(held.x, 0);
  near(held.y, UPRIGHT.height - A4.height * 3);
});

test("a double tap magnifies, another one goes back", () => {
  const fit = geometry.atTop(UPRIGHT, A4);
  const closer = geometry.tappedTwice(fit, { x: 400, y: 500 }, UPRIGHT, A4);
  assert.ok(closer.scale > 2 * fit.scale);
  near(geometry.tappedTwice(closer, { x: 10, y: 10 }, UPRIGHT, A4).scale, fit.scale);
});

test("turning the tablet keeps what is looked at in the middle", () => {
  const closer = geometry.held(geometry.zoomedAt(geometry.atTop(UPRIGHT, A4), { x: 398, y: 700 }, 3), UPRIGHT, A4);
  const look = geometry.lookOf(closer, UPRIGHT, A4);
  const turned = geometry.lookOf(geometry.resized(closer, UPRIGHT, WIDE, A4), WIDE, A4);
  near(turned.x, look.x);
  near(turned.y, look.y);
  near(turned.zoom, look.zoom);
});

test("a bar that comes above the page leaves the same line on top", () => {
  const lower = geometry.held({ ...geometry.atTop(WIDE, A4), y: -200 }, WIDE, A4);
  const less = { width: 838, height: 620 };
  near(geometry.resized(lower, WIDE, less, A4).y, -200);
});

test("the next page is shown from its top, as much magnified at the same columns", () => {
  const closer = geometry.held({ x: -700, y: -900, scale: 3 }, UPRIGHT, A4);
  const next = geometry.turnedTo(closer, UPRIGHT, A4, A4);
  near(next.x, -700);
  near(next.y, 0);
  near(next.scale, 3);
});

test("the smallest sharp image is asked for", () => {
  assert.equal(geometry.imageWidth(739, 2), 1600);
  assert.equal(geometry.imageWidth(838, 2), 1600);
  assert.equal(geometry.imageWidth(120, 2), 270);
  assert.equal(geometry.imageWidth(500, 1), 1080);
  assert.equal(geometry.imageWidth(3000, 3), 2160);
});

test("a sideways drag turns when it is long or quick, not when it goes down the page", () => {
  assert.equal(geometry.turnOf(-100, 10, 0), 1);
  assert.equal(geometry.turnOf(100, 10, 0), -1);
  assert.equal(geometry.turnOf(-30, 0, -0.6), 1);
  assert.equal(geometry.turnOf(-30, 0, 0.6), 0);
  assert.equal(geometry.turnOf(-80, 100, -1), 0);
});

test("neighbours stay within the paper, next page first", () => {
  assert.deepEqual(geometry.neighbours(1, 3), [2, 3]);
  assert.deepEqual(geometry.neighbours(3, 9), [4, 2, 5, 1]);
});
