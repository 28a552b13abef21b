import assert from "node:assert/strict";
import { test } from "node:test";
import { under } from "../../web/js/lib/people.js";

const person = (name, office, unit) => ({ name, office, unit, rank: 0 });

test("a bare office stands with its unit, one that names it does not say it twice", () => {
  assert.equal(under(person("Lê An", "Giám đốc", "Sở Y tế")), "Giám đốc, Sở Y tế");
  assert.equal(under(person("Lê An", "Giám đốc Sở y  tế", "Sở Y tế")), "Giám đốc Sở y  tế");
  assert.equal(under(person("Lê An", "Giám đốc", undefined)), "Giám đốc");
  assert.equal(under(person("", "Giám đốc Sở Y tế", "Sở Y tế")), "Sở Y tế");
  assert.equal(under(undefined), "");
});
