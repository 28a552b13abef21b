import assert from "node:assert/strict";
import { test } from "node:test";

import { framed, spotsOf, standingOf } from "../../web/js/voting/seats.js";

const person = (seat, rank) => ({ seat, rank, office: "", role: "delegate" });
const result = /** @type {any} */ ({
  names: { a: { q: "yes" }, b: {}, c: { q: "no" } },
  not_voted: { d: true },
  called: { a: { rank: 1 }, b: { rank: 2 }, c: { rank: 3 }, d: { rank: 4 } },
});
const view = (places, people) => /** @type {any} */ ({ seating: { places }, people });

test("who voted sits where the plan says", () => {
  const people = { a: person("1", 1), b: person("2", 2), c: person("10", 3), d: person("3", 4) };
  const places = { 1: { x: 5, y: 6 }, 2: { x: 7, y: 8 }, 10: { x: 9, y: 9 }, 3: { x: 1, y: 1 } };
  assert.deepEqual(spotsOf(view(places, people), result)[0], { seat: "1", person: "a", at: { x: 5, y: 6 } });
});

test("without a plan they sit in rows by the number of the seat, those without one last", () => {
  const people = { a: person("10", 1), b: person("2", 2), c: person("", 3), d: person("1", 4) };
  const spots = spotsOf(view({}, people), result);
  assert.deepEqual(
    spots.map((spot) => spot.person),
    ["d", "b", "a", "c"],
  );
  assert.ok(spots.every(({ at }) => at === undefined));
});

test("the seats of those who voted fill the picture, and none touches another or the edge", () => {
  const at = [
    [400, 100],
    [300, 300],
    [300, 420],
    [500, 300],
  ];
  const { spots, box } = framed(at.map(([x, y], place) => ({ seat: String(place), person: "a", at: { x, y } })));
  const [left, right] = [
    Math.min(...spots.map(({ at }) => at?.x ?? 0)),
    Math.max(...spots.map(({ at }) => at?.x ?? 0)),
  ];
  assert.ok(right - left > 300 && left - box.width / 2 >= 0 && right + box.width / 2 <= 1600);
  assert.ok(
    spots.every((one, place) =>
      spots
        .slice(place + 1)
        .every(
          (other) =>
            Math.abs((one.at?.x ?? 0) - (other.at?.x ?? 0)) >= box.width ||
            Math.abs((one.at?.y ?? 0) - (other.at?.y ?? 0)) >= box.height,
        ),
    ),
  );
  assert.deepEqual(framed([{ seat: "1", person: "a" }]).spots, [{ seat: "1", person: "a" }], "in rows they stay");
});

test("an answer, a blank ballot, others chosen and no ballot at all are four things", () => {
  assert.deepEqual(
    ["a", "b", "d"].map((who) => standingOf(result, who, "q")),
    ["yes", "blank", "not_voted"],
  );
  assert.equal(standingOf(result, "a", "other"), "not_chosen");
});
