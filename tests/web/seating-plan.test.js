import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, seatsOf, shortNames, stateAt, total, unplaced, usual } from "../../web/js/seating/plan.js";

const view = {
  people: {
    chair: { office: "Chủ tịch UBND tỉnh", unit: "UBND tỉnh", role: "chair", rank: 1, seat: "01" },
    deputy: { office: "Phó Chủ tịch UBND tỉnh", unit: "UBND tỉnh", role: "delegate", rank: 2, seat: "99" },
    health: { office: "Giám đốc Sở Y tế", unit: "Sở Y tế", role: "delegate", rank: 3 },
    named: { name: "Nông Văn A", office: "Giám đốc", unit: "Sở A", role: "delegate", rank: 4 },
    wall: { office: "Màn hình", role: "screen", rank: 9, seat: "02" },
  },
  seating: { shape: "u", places: { "02": { x: 300, y: 80, order: 1 }, "01": { x: 100, y: 80, order: 0 } } },
  attendance: { present: { health: { at: 1 } } },
  floor: {
    requests: { r: { participant: "deputy", kind: "speak", asked_at: 1, order: 0 } },
    interrupted: {},
    speech: { participant: "chair" },
  },
};

test("seats in the order of precedence, and who has none of them", () => {
  assert.deepEqual(seatsOf(/** @type {any} */ (view)), [
    ["01", "chair"],
    ["02", undefined],
  ]);
  assert.deepEqual(unplaced(/** @type {any} */ (view)), ["deputy", "health", "named"]);
});

test("what somebody does now goes before whether they were marked", () => {
  assert.deepEqual(
    ["chair", "deputy", "health", "named"].map((key) => stateAt(/** @type {any} */ (view), key)),
    ["speaking", "asking", "present", "absent"],
  );
});

test("a name, else the unit only one person has, else the office", () => {
  const { wall: _wall, ...names } = shortNames(/** @type {any} */ (view.people));
  assert.deepEqual(names, {
    chair: "Chủ tịch UBND tỉnh",
    deputy: "Phó Chủ tịch UBND tỉnh",
    health: "Sở Y tế",
    named: "Nông Văn A",
  });
});

test("boxes never touch", () => {
  const { width, height } = boxOf({
    a: { x: 0, y: 0, order: 0 },
    b: { x: 120, y: 0, order: 1 },
    c: { x: 0, y: 90, order: 2 },
  });
  assert.ok(width < 120 || height < 0.1);
  assert.ok(height < 90);
});

test("a form begins with enough seats for everybody", () => {
  for (const shape of /** @type {const} */ (["u", "round", "rows", "classroom"])) {
    for (const people of [1, 5, 12, 30, 90]) {
      const form = usual(shape, people);
      assert.ok(total(form) >= people, `${shape} ${people}`);
      assert.ok(Math.max(form.head, form.rows, form.columns) <= (shape === "round" ? 90 : 60));
    }
  }
});
