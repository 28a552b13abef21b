import assert from "node:assert/strict";
import test from "node:test";

import { pressing, reminded, standing } from "../../web/js/circulation/answers.js";

const HOUR = 3_600_000;
const DUE = 1_700_000_000_000;

/** @param {Record<string, any>} vote @param {Record<string, any>} [more] */
const view = (vote, more = {}) =>
  /** @type {any} */ ({
    circulation: { questions: { q: 0 }, due: DUE },
    voting: { q: vote },
    people: { a: { rank: 2 }, b: { rank: 1 } },
    ...more,
  });

test("an unanswered question presses from a day before, and is overdue from its moment on", () => {
  const round = view({});
  assert.deepEqual(
    [DUE - 25 * HOUR, DUE - 24 * HOUR, DUE - 1, DUE].map((now) => pressing(round, now)),
    ["", "soon", "soon", "late"],
  );
  assert.equal(pressing(/** @type {any} */ ({ circulation: { questions: {} } }), DUE), "");
});

test("who is missing is known while a question runs and after it was counted", () => {
  const running = view({ electors: { a: true, b: true }, voted_by: { a: true } });
  const counted = view({ result: { names: { a: {} }, not_voted: { b: true } } }); // a handed in a blank ballot
  for (const round of [running, counted])
    assert.deepEqual(standing(round), [
      { participant: "b", answered: 0, of: 1 },
      { participant: "a", answered: 1, of: 1 },
    ]);
});

test("a letter counts for its day only", () => {
  const written = { reminders: { taken: { [`round-b-${DUE}`]: true, [`round-a-${DUE - HOUR}`]: true } } };
  assert.deepEqual(
    ["a", "b"].map((person) => reminded(view({}, written), person)),
    [false, true],
  );
});
