import assert from "node:assert/strict";
import { test } from "node:test";
import { daysLate, dueField, dueOf } from "../../web/js/conclusions/due.js";

test("a task is due at the end of the day in Vietnam", () => {
  const due = dueOf("2026-11-30");
  assert.equal(new Date(Number(due)).toISOString(), "2026-11-30T16:59:59.000Z");
  assert.equal(dueField(due), "2026-11-30");
  assert.equal(dueOf(""), undefined);
  assert.equal(dueField(undefined), "");
});

test("it is late from the next day on, unless it is done or never began", () => {
  const due = Number(dueOf("2026-11-30"));
  assert.equal(daysLate({ state: "published", due }, due), 0);
  assert.equal(daysLate({ state: "published", due }, due + 3_600_000), 1);
  assert.equal(daysLate({ state: "published", due }, due + 3 * 86_400_000), 3);
  assert.equal(daysLate({ state: "done", due }, due + 86_400_000), 0);
  assert.equal(daysLate({ state: "draft", due }, due + 86_400_000), 0);
  assert.equal(daysLate({ state: "published" }, due), 0);
});
