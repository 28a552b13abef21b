import assert from "node:assert/strict";
import { test } from "node:test";
import { isOurs, open, threadOf, threads } from "../../web/js/support/threads.js";

const people = /** @type {any} */ ({
  an: { role: "secretary" },
  binh: { role: "secretary" },
  finance: { role: "delegate" },
  health: { role: "delegate" },
});
const message = (/** @type {any} */ given) => ({ id: String(given.at), to: "", desk: true, text: "", ...given });
const asked = message({ from: "finance", at: 1 });
const answered = message({ from: "an", to: "finance", at: 2 });
const byName = message({ from: "health", to: "an", at: 3 });
const aside = message({ from: "finance", to: "health", desk: false, at: 4 });

test("secretaries share one conversation with each person, a person has one with the secretariat", () => {
  const binh = { id: "binh", role: "secretary" };
  assert.deepEqual(
    [asked, answered, byName].map((each) => threadOf(each, binh, people)),
    ["finance", "finance", "health"],
  );
  assert.deepEqual(
    [asked, answered].map((each) => threadOf(each, { id: "finance", role: "delegate" }, people)),
    ["", ""],
  );
  assert.equal(threadOf(aside, { id: "health", role: "delegate" }, people), "finance");
  assert.equal(threadOf(aside, { id: "finance", role: "delegate" }, people), "health");
  assert.ok(isOurs(answered, binh, people) && !isOurs(asked, binh, people));
});

test("what came since it was read is counted, what one wrote is not", () => {
  const found = threads([asked, answered, byName], { id: "binh", role: "secretary" }, people, { finance: 0 });
  assert.deepEqual(
    found.map(({ peer, unread }) => [peer, unread]),
    [
      ["health", 1],
      ["finance", 1],
    ],
  );
  assert.equal(threads([asked], { id: "binh", role: "secretary" }, people, { finance: 1 })[0].unread, 0);
});

test("done and withdrawn is not open", () => {
  const states = ["asked", "taken", "done", "withdrawn"].map((state) => ({ state }));
  assert.deepEqual(
    open(/** @type {any} */ (states)).map(({ state }) => state),
    ["asked", "taken"],
  );
});
