import assert from "node:assert/strict";
import { test } from "node:test";

import { devices, missing, papers } from "../../web/js/secretariat/delivery.js";

const person = (role, rank, more = {}) => ({ office: `Sở ${rank}`, role, rank, ...more });
const paper = (order, more = {}) => ({
  item: "one",
  title: `Tài liệu ${order}`,
  order,
  readers: "everyone",
  revision: `r${order}`,
  pages: 10,
  released: true,
  ...more,
});
const device = (more = {}) => ({ kind: "ipad", kept: {}, opened: {}, here: true, secure: true, ...more });

const VIEW = {
  people: {
    a: person("delegate", 1, { member: true }),
    b: person("delegate", 2, { member: true }),
    c: person("guest", 3),
    s: person("secretary", 4),
    w: person("screen", 5),
  },
  papers: {
    one: paper(1),
    two: paper(2, { readers: "members" }),
    three: paper(3, { readers: "named", named: { a: true }, not_kept: true }),
    old: paper(4, { withdrawn: true }),
  },
};

test("a device is ready when all it may keep is there, whole", () => {
  const deliveries = {
    a: { d: device({ kept: { r1: 10, r2: 10 }, opened: { r1: true, r3: true }, delay: 90 }) },
    b: { d: device({ kept: { r1: 10, r2: 9 } }) },
  };
  const rows = devices(VIEW, deliveries);
  assert.deepEqual(
    rows.map(({ id, state, whole, of, opened }) => [id, state, whole, of, opened]),
    [
      ["a", "ready", 2, 2, 2],
      ["b", "loading", 1, 2, 0],
      ["c", "none", 0, 1, 0],
    ],
  );
  assert.deepEqual(missing(rows), [
    ["none", 1],
    ["loading", 1],
  ]);
});

test("a slow network, a device that went away, one without https", () => {
  const whole = { kept: { r1: 10, r2: 10 } };
  const rows = devices(VIEW, {
    a: { d: device({ ...whole, delay: 2_400 }) },
    b: { d: device({ ...whole, here: undefined }) },
    c: { d: device({ kept: { r1: 10 }, secure: undefined }) },
  });
  assert.deepEqual(
    rows.map(({ state }) => state),
    ["slow", "away", "ready"],
  );
  assert.deepEqual(missing(rows), [
    ["away", 1],
    ["slow", 1],
    ["plain", 1],
  ]);
});

test("two devices of one person are two rows, and the paper counts one reader", () => {
  const deliveries = { a: { d: device({ kept: { r1: 10 } }), e: device({ opened: { r1: true } }) } };
  assert.equal(devices(VIEW, deliveries).filter(({ id }) => id === "a").length, 2);
  const [first] = papers(VIEW, deliveries);
  assert.deepEqual([first.whole, first.opened, first.readers], [1, 1, 3]);
});

test("nobody is missing whose one device is ready, and a window loaded anew is one device", () => {
  const whole = { kept: { r1: 10, r2: 10 } };
  const others = { b: { d: device(whole) }, c: { d: device({ kept: { r1: 10 } }) } };
  const again = devices(VIEW, {
    ...others,
    a: { old: device({ here: undefined, secure: undefined }), d: device(whole) },
  });
  assert.deepEqual(
    again.filter(({ id }) => id === "a").map(({ state }) => state),
    ["ready"],
  );
  assert.deepEqual(missing(again), []);
  const second = devices(VIEW, {
    ...others,
    a: { d: device(whole), laptop: device({ kind: "windows", here: undefined }), phone: device({ kind: "android" }) },
  });
  assert.deepEqual(
    second.filter(({ id }) => id === "a").map(({ state }) => state),
    ["ready", "away", "loading"],
  );
  assert.deepEqual(missing(second), []);
});

test("of every paper, who lacks it and who has not opened it, among those who may read it", () => {
  const lines = papers(VIEW, { a: { d: device({ kept: { r1: 10, r2: 10 }, opened: { r3: true } }) } });
  assert.deepEqual(
    lines.map(({ id, readers, whole, opened }) => [id, readers, whole, opened]),
    [
      ["one", 3, 1, 0],
      ["two", 2, 1, 0],
      ["three", 1, 1, 1],
    ],
  );
  assert.deepEqual(
    lines[0].missing.map(({ rank }) => rank),
    [2, 3],
  );
  assert.deepEqual(lines[2].missing, [], "what is not to be kept is missing nowhere");
});

test("a newer revision is missing until it is there", () => {
  const view = { ...VIEW, papers: { one: paper(1, { revision: "r1b" }) } };
  assert.equal(devices(view, { a: { d: device({ kept: { r1: 10 } }) } })[0].state, "loading");
});
