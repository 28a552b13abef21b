import assert from "node:assert/strict";
import { test } from "node:test";

import { writable } from "../../web/js/offline/writable.js";

const ME = {
  id: "a",
  role: "delegate",
  member: true,
  present: true,
  presenting: false,
  requests: {},
  papers: { p: { title: "Riêng" } },
  ballots: { v: { marks: { one: "yes" }, receipt: "R" } },
  held: { v: { b: { weight: 1, ballot: { marks: { one: "no" } } } } },
  devices: { d: {} },
  electors: { v: true },
  weights: {},
  entrusted: {},
  ready: {},
  excused: {},
  whatever_comes_later: "secret",
};
const VIEW = { meeting: { title: "Phiên họp" }, papers: {}, voting: { v: { question: "?", voted_by: { b: true } } } };

test("no vote and no ballot is written down, nor what a later version knows of a person", () => {
  const { view, me } = writable(VIEW, ME);
  assert.deepEqual([view.voting, me.ballots, me.held, me.electors, me.devices], [{}, {}, {}, {}, {}]);
  assert.ok(!JSON.stringify([view, me]).match(/yes|no"|receipt|secret|voted_by/));
});

test("what is needed to read on is there, and the page's own view is untouched", () => {
  const { view, me } = writable(VIEW, ME);
  assert.deepEqual([view.meeting, me.id, me.papers], [VIEW.meeting, "a", ME.papers]);
  assert.ok(ME.ballots.v && VIEW.voting.v);
});
