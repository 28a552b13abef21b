import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";

import { brokenAt, faults, outcomes } from "../../web/js/verify/recount.js";

const RULE = {
  base: "total_members",
  numerator: 1,
  denominator: 2,
  exceed: true,
  tie: "chairs_side",
  quorum_base: "total_members",
  quorum_numerator: 2,
  quorum_denominator: 3,
};

/** A committee of four of whom two are in favour and two against, the chair in favour. */
const tie = () => ({
  format: "meetingroom vote 1",
  method: "devices",
  secret: false,
  decides: "each",
  chair: "a",
  blank_allowed: false,
  rule: { ...RULE },
  options: [{ id: "q", text: "?" }],
  answers: ["yes", "no", "abstain"],
  choices: { least: 1, most: 1, places: 1 },
  electors: { a: "", b: "", c: "", d: "" },
  voters: ["a", "b", "c", "d"],
  urn: /** @type {string[]} */ ([]),
  ballots: [
    ["a", "yes"],
    ["b", "yes"],
    ["c", "no"],
    ["d", "no"],
  ].map(([voter, q]) => ({ voter, marks: /** @type {Record<string, string>} */ ({ q }) })),
  result: {
    tally: { q: { yes: 2, no: 2, abstain: 0 } },
    outcomes: { q: { carried: true, by: "chair", of: 4, needed: 3 } },
    total_members: 4,
    invited: 4,
    present: 4,
    entitled: 4,
    voted: 4,
    blank: 0,
  },
});

test("a tie that went with the chair agrees", () => assert.deepEqual(faults(tie()), []));

test("whatever is changed is found out", () => {
  /** @type {[string, (file: ReturnType<typeof tie>) => void][]} */
  const changes = [
    ["verify.other_count", (file) => (file.result.tally.q.yes = 3)],
    ["verify.other_count", (file) => (file.ballots[0].marks.q = "no")],
    ["verify.other_voters", (file) => file.ballots.pop()],
    ["verify.other_voters", (file) => (file.voters[0] = "stranger")],
    ["verify.other_outcome", (file) => (file.chair = "c")],
    ["verify.other_outcome", (file) => (file.rule.tie = "rejected")],
    ["verify.other_outcome", (file) => (file.result.present = 2)],
    ["verify.invalid_ballot", (file) => (file.ballots[0].marks = {})],
    ["verify.unknown", (file) => (file.format = "else")],
  ];
  for (const [fault, change] of changes) {
    const file = tie();
    change(file);
    assert.ok(faults(file).includes(fault), `${fault}: ${faults(file)}`);
  }
});

test("a receipt is found however it is typed", () => {
  const file = { ...tie(), urn: ["7KQ2M-9XD3F-00000-ABCDE"] };
  assert.ok(!faults(file, "7kq2m 9xd3f 00000 abcde").includes("verify.no_receipt"));
  assert.ok(faults(file, "7KQ2M").includes("verify.no_receipt"));
});

test("equal votes for the last place win it not", () => {
  const file = { ...tie(), decides: "places", choices: { least: 0, most: 2, places: 2 } };
  file.result = {
    ...file.result,
    tally: /** @type {any} */ ({ 1: { yes: 4 }, 2: { yes: 3 }, 3: { yes: 3 }, 4: { yes: 1 } }),
  };
  assert.deepEqual(
    Object.values(outcomes(file)).map(({ by }) => by),
    ["majority", "tied_places", "tied_places", "short"],
  );
});

/** Shareholders: a's 3 000 000 000 000 000 votes outweigh the others' heads; b casts for c. */
const shares = () => {
  const file = tie();
  const weights = /** @type {Record<string, number>} */ ({
    a: 3_000_000_000_000_000,
    b: 1,
    c: 1,
    d: 2_999_999_999_999_999,
  });
  return {
    ...file,
    format: "meetingroom vote 2",
    weights,
    proxies: /** @type {Record<string, {holder: string, name: string}>} */ ({ c: { holder: "b", name: "" } }),
    rule: {
      ...file.rule,
      base: "present",
      weighted: true,
      by_proxy: true,
      quorum_numerator: 1,
      quorum_denominator: 2,
      quorum_exceed: true,
    },
    ballots: [
      ["a", "yes"],
      ["b", "yes"],
      ["c", "no"],
      ["d", "no"],
    ].map(([voter, q]) => ({ voter, marks: { q } })),
    result: {
      ...file.result,
      tally: { q: { yes: 3_000_000_000_000_001, no: 3_000_000_000_000_000, abstain: 0 } },
      outcomes: { q: { carried: true, by: "majority", of: 6_000_000_000_000_001, needed: 3_000_000_000_000_001 } },
      weighed: {
        total: 6_000_000_000_000_001,
        present: 6_000_000_000_000_001,
        entitled: 6_000_000_000_000_001,
        cast: 6_000_000_000_000_001,
      },
    },
  };
};

test("votes are counted exactly, and rights only where the rule allows them", () => {
  assert.deepEqual(faults(shares()), []);
  /** @type {[string, (file: ReturnType<typeof shares>) => void][]} */
  const changes = [
    ["verify.other_rights", (file) => (file.rule.weighted = false)],
    ["verify.other_rights", (file) => (file.rule.by_proxy = false)],
    ["verify.other_rights", (file) => (file.proxies.b = { holder: "d", name: "" })],
    ["verify.other_count", (file) => (file.weights.d = 1)],
    ["verify.other_numbers", (file) => (file.result.weighed.total = 1)],
    ["verify.other_outcome", (file) => (file.result.weighed.present += 2)],
  ];
  for (const [fault, change] of changes) {
    const file = shares();
    change(file);
    assert.ok(faults(file).includes(fault), `${fault}: ${faults(file)}`);
  }
});

test("an option may have several votes, within its bounds", () => {
  /** @type {any} */
  const file = {
    ...tie(),
    decides: "places",
    answers: ["yes"],
    options: [
      { id: "1", text: "A" },
      { id: "2", text: "B" },
    ],
    choices: { least: 1, most: 3, places: 1, each_least: 1, each: 2 },
  };
  file.rule = { ...file.rule, base: "cast" };
  file.ballots = ["a", "b", "c", "d"].map((voter) => ({ voter, marks: { 1: "yes", 2: "yes" }, votes: { 1: 2, 2: 1 } }));
  file.result = {
    ...file.result,
    tally: { 1: { yes: 8 }, 2: { yes: 4 } },
    outcomes: { 1: { carried: true, by: "majority" }, 2: { carried: false, by: "short" } },
  };
  assert.deepEqual(faults(file), []);
  file.ballots[0].votes[1] = 3;
  assert.ok(faults(file).includes("verify.invalid_ballot"));
});

test("a chain of hashes is followed, and where it breaks is found", async () => {
  const sha = (/** @type {Buffer} */ content) => createHash("sha256").update(content).digest();
  let last = Buffer.alloc(32);
  const entries = ["một", "hai", "ba"].map((word, index) => {
    const [body, salt] = [JSON.stringify({ word }), Buffer.alloc(16, index)];
    const line = {
      actor: "x",
      at: 7,
      command: null,
      digest: sha(Buffer.concat([salt, Buffer.from(body)])).toString("hex"),
      name: "n",
      version: index + 1,
    };
    last = sha(Buffer.concat([last, Buffer.from(JSON.stringify(line))]));
    return { ...line, body, salt: salt.toString("hex"), hash: last.toString("hex") };
  });
  assert.equal(await brokenAt({ entries }), 0);
  assert.equal(
    await brokenAt({ entries: entries.map((row) => (row.version === 2 ? { ...row, body: "{}" } : row)) }),
    2,
  );
});
