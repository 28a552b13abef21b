import assert from "node:assert/strict";
import { test } from "node:test";

import { interrupts } from "../../web/js/floor/kinds.js";
import { allowanceLeft, budgetsLeft, shares, silent, times } from "../../web/js/floor/statistics.js";
import { placeBefore, stepBefore } from "../../web/js/lib/dragging.js";
import { Offset } from "../../web/js/lib/offset.js";
import { begins, discussed, saying, shown } from "../../web/js/lib/speech.js";
import { untilTick } from "../../web/js/lib/tick.js";

const turn = (participant, spent_ms, kind = "speak") => ({ participant, kind, started_at: 0, spent_ms });
const TURNS = { a: turn("finance", 60_000), b: turn("health", 90_000), c: turn("finance", 50_000, "reply") };
const person = (rank, unit) => ({ office: "x", role: "delegate", rank, unit });
const VIEW = {
  people: {
    finance: person(2, "Sở Tài chính"),
    health: person(3, "Sở Y tế"),
    home: person(1, ""),
    wall: { office: "", role: "screen", rank: 9 },
  },
  attendance: { present: { finance: { at: 1 }, home: { at: 1 }, health: { at: 1 } } },
  floor: { turns: TURNS, interrupted: {}, requests: {}, rules: { budgets: { "Sở Tài chính": 100 } } },
};

test("shares add up, the longest first", () => {
  assert.deepEqual(
    shares(TURNS).map((share) => [share.person, share.times, share.ms]),
    [
      ["finance", 2, 110_000],
      ["health", 1, 90_000],
    ],
  );
  assert.deepEqual(shares(TURNS)[0].kinds, { speak: 1, reply: 1 });
  assert.equal(times(TURNS, "finance"), 2);
  assert.equal(times(undefined, "finance"), 0);
});

test("silent are those present who never spoke", () => {
  assert.deepEqual(silent(VIEW), ["home"]);
  assert.deepEqual(silent({ ...VIEW, floor: { ...VIEW.floor, turns: {} } }), ["home", "finance", "health"]);
});

test("a unit overdraws its budget, and who is speaking counts", () => {
  assert.deepEqual(budgetsLeft(VIEW, 0), { "Sở Tài chính": -10_000 });
  const speech = { participant: "finance", spent_ms: 0 };
  assert.deepEqual(budgetsLeft({ ...VIEW, floor: { ...VIEW.floor, speech } }, 5_000), { "Sở Tài chính": -15_000 });
});

test("only what is more urgent interrupts", () => {
  const speech = { participant: "finance", kind: "speak" };
  const request = (kind, participant = "health") => ({ kind, participant });
  assert.equal(interrupts(speech, request("order")), true);
  assert.equal(interrupts(speech, request("question")), true);
  assert.equal(interrupts(speech, request("reply")), false);
  assert.equal(interrupts(speech, request("order", "finance")), false);
  assert.equal(interrupts({ ...speech, kind: "order" }, request("order")), false);
  assert.equal(interrupts(undefined, request("order")), false);
});

test("a row goes before another, or last, or stays", () => {
  const rows = ["a", "b", "c"];
  assert.equal(placeBefore(rows, "c", "a", false), "a");
  assert.equal(placeBefore(rows, "a", "c", true), undefined);
  assert.equal(placeBefore(rows, "a", "b", false), null);
  assert.equal(stepBefore(rows, "c", "up"), "b");
  assert.equal(stepBefore(rows, "b", "down"), undefined);
  assert.equal(stepBefore(rows, "a", "down"), "c");
  assert.equal(stepBefore(rows, "a", "up"), null);
});

test("a late message does not set the clock back, a clock that was set does", () => {
  const offset = new Offset();
  assert.equal(offset.hear(1_000, 400), 600);
  assert.equal(offset.hear(6_000, 5_700), 600, "this one took 300 ms longer");
  assert.equal(offset.hear(11_000, 10_390), 610);
  assert.equal(offset.hear(16_000, 60_000), -44_000);
});

test("devices with different clocks show the same second at the same moment", () => {
  const speech = { seconds: 300, spent_ms: 0, running: true, resumed_at: 5_400 };
  for (const early of [0, 3, 700, 999]) {
    const now = 100_000 + early;
    const next = now + untilTick(now, speech.resumed_at);
    assert.equal((next - speech.resumed_at) % 1_000, 20);
    assert.ok(next > now && next <= now + 1_000);
  }
  assert.equal(shown(speech, 5_400), 300_000);
  assert.equal(shown(speech, 5_420), 300_000);
  assert.equal(shown(speech, 6_420), 299_000);
  assert.equal(shown(speech, 5_400 + 301_500), -1_000);
});

test("what is left of a person's allotment, with what they say now", () => {
  assert.equal(allowanceLeft(VIEW, "finance", 0), undefined);
  const floor = {
    ...VIEW.floor,
    rules: { person: 120 },
    interrupted: { i: { participant: "finance", spent_ms: 5_000 } },
  };
  assert.equal(allowanceLeft({ ...VIEW, floor }, "finance", 10_000), -5_000);
  assert.equal(allowanceLeft({ ...VIEW, floor }, "home", 0), 120_000);
});

test("a clock is said in words when it is paused, nearly over, over", () => {
  const speech = { seconds: 60, spent_ms: 0, running: true, resumed_at: 1_000 };
  assert.equal(saying(speech, 30_000), null);
  assert.equal(saying(speech, 31_000), "floor.nearly_over");
  assert.equal(saying(speech, 62_000), "floor.over");
  assert.equal(saying({ ...speech, spent_ms: 90_000, running: false }, 31_000), "floor.paused");
  assert.equal(saying({ ...speech, seconds: 0 }, 9_000_000), null);
  const discussion = { seconds: 600, spent_ms: 0, running: true, resumed_at: 1_000 };
  assert.deepEqual(discussed(discussion, 480_000), { late: false, word: "floor.discussion" });
  assert.deepEqual(discussed(discussion, 481_000), { late: true, word: "floor.discussion.nearly" });
  assert.deepEqual(discussed(discussion, 601_001), { late: true, word: "floor.discussion.over" });
});

test("a tone begins once, when the warning does and when the time is over", () => {
  const looks = [31_000, 30_500, 30_000, 29_000, 500, -500, -1_500];
  const heard = looks.map((rest, at) => begins(looks[at - 1], rest, 30_000));
  assert.deepEqual(heard, [null, null, "warning", null, null, "over", null]);
  assert.equal(begins(undefined, -5, 30_000), null); // a page that comes late does not ring for what was before
  assert.equal(begins(40_000, -1, 30_000), "over"); // slept through the warning
});
