import assert from "node:assert/strict";
import { test } from "node:test";

import { codeIn } from "../../web/js/attendance/scanning.js";
import { counts, csv, lateBy, matches, stateOf } from "../../web/js/attendance/standing.js";

const person = (office, rank, role = "delegate") => ({ office, rank, role });
const VIEW = {
  meeting: { opened_at: 1_000_000 },
  people: {
    a: person("Giám đốc Sở Tài chính", 1),
    b: person("Giám đốc Sở Y tế", 2),
    c: person("Đại biểu", 3),
    d: person("Màn hình", 9, "screen"),
  },
  attendance: { present: { a: { at: 1_200_000 } } },
  movements: {
    stays: {
      a: { 0: { arrived_at: 1_190_000, left_at: 1_195_000 }, 1: { arrived_at: 1_200_000 } },
      b: { 0: { arrived_at: 900_000, left_at: 1_300_000 } },
    },
  },
  replies: { answers: { a: { standing: "excused" }, c: { standing: "asked" } }, substitutes: {} },
};

test("who is here is here, whatever was said before", () => {
  assert.deepEqual(
    ["a", "b", "c"].map((key) => stateOf(VIEW, key)),
    ["present", "gone", "asked"],
  );
  const { present, gone, asked, silent } = counts(VIEW);
  assert.deepEqual([present, gone, asked, silent], [1, 1, 1, 0]);
});

test("late is counted from the opening to the first arrival", () => {
  assert.equal(lateBy(VIEW, "a"), 3);
  assert.equal(lateBy(VIEW, "b"), 0);
  assert.equal(lateBy({ ...VIEW, meeting: {} }, "a"), 0);
});

test("a name is found without its marks, by any of its words", () => {
  assert.ok(matches(VIEW.people.a, "tai chinh"));
  assert.ok(matches(VIEW.people.c, "dai"));
  assert.ok(matches(VIEW.people.a, ""));
  assert.ok(!matches(VIEW.people.b, "tai chinh"));
});

test("a cell is quoted and is never a formula", () => {
  assert.equal(
    csv([
      ["a,b", 'say "so"'],
      ["=1+1", 3],
    ]),
    '\uFEFF"a,b","say ""so"""\r\n"\'=1+1","3"\r\n',
  );
});

test("a code reader is told from somebody who seeks a name", () => {
  assert.equal(codeIn("http://hop.tinh.local/j/7KQ2M9XD"), "7KQ2M9XD");
  assert.equal(codeIn("https://10.0.0.5:8443/j/abcdefgh/ "), "abcdefgh");
  assert.equal(codeIn("7KQ2 M9XD"), "7KQ2 M9XD");
  assert.equal(codeIn("Tran Hanh"), null);
  assert.equal(codeIn("manhthan"), null, "nobody's name is looked up as a code");
  assert.equal(codeIn("https://hop.tinh.local/m/1/a"), null);
  assert.equal(codeIn(""), null);
});
