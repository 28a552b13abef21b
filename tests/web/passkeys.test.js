import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, text, toMake, toProve } from "../../web/js/passkeys/codec.js";

test("bytes and their text are each other's way back", () => {
  for (const size of [0, 1, 2, 3, 255]) {
    const all = Uint8Array.from({ length: size }, (_, at) => (at * 37 + 250) % 256);
    assert.equal(text(all.buffer), Buffer.from(all).toString("base64url"));
    assert.deepEqual(bytes(text(all.buffer)), all);
  }
});

test("what the server asks becomes what the browser takes", () => {
  const asked = {
    challenge: "AQI",
    user: { id: "Aw", name: "a" },
    excludeCredentials: [{ id: "BA", type: "public-key" }],
  };
  const made = toMake(asked);
  assert.deepEqual([made.challenge, made.user.id, made.user.name], [Uint8Array.of(1, 2), Uint8Array.of(3), "a"]);
  assert.deepEqual(made.excludeCredentials?.[0].id, Uint8Array.of(4));
  assert.deepEqual(toProve({ challenge: "AQI" }).allowCredentials, []);
});
