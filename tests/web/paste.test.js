import assert from "node:assert/strict";
import { test } from "node:test";
import { readPeople } from "../../web/js/secretariat/paste.js";

const members = (text) => readPeople(text, new Set()).map(({ row }) => row.member);

test("a list that says nothing of votes is a list of members", () => {
  assert.deepEqual(members("Giám đốc Sở Tài chính\tSở Tài chính\nGiám đốc Sở Y tế;Sở Y tế"), [true, true]);
});

test("a list that says who has a vote is taken at its word", () => {
  assert.deepEqual(members("A;B;;x\nC;D;;\nE;F;;không\nG;H;;khách mời"), [true, false, false, false]);
});
