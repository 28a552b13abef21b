import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { actOf, KEYS, nameOf } from "../../web/js/tablet/keys.js";

const key = (name, more = {}) => ({
  key: name,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test("no key does two things", () => {
  const all = KEYS.flatMap(([, keys]) => keys.flatMap((each) => each.keys));
  assert.equal(new Set(all).size, all.length);
});

test("every key is told in both languages", () => {
  for (const language of ["vi", "en"]) {
    const words = JSON.parse(readFileSync(new URL(`../../web/words/${language}.json`, import.meta.url)));
    for (const [group, keys] of KEYS)
      for (const { act } of keys) assert.ok(words[`keys.${group}.${act}`], `${language} ${act}`);
  }
});

test("modifiers belong to the name; the sign of a shifted key is its own", () => {
  assert.equal(nameOf(key("ArrowLeft", { altKey: true })), "Alt+ArrowLeft");
  assert.equal(nameOf(key("f", { code: "KeyF", metaKey: true })), "Ctrl+F");
  assert.equal(nameOf(key("?", { code: "Slash", shiftKey: true })), "?");
  assert.equal(actOf(key(" ", { shiftKey: true }), true), "off");
  assert.equal(
    actOf(key("ArrowRight", { ctrlKey: true }), true),
    undefined,
    "the browser's own keys stay the browser's",
  );
});

test("a letter counts also where an input method has taken it, and can be turned off", () => {
  assert.equal(actOf(key("đ", { code: "KeyD" }), true), "night");
  assert.equal(actOf(key("Process", { code: "KeyB" }), true), "bookmark");
  assert.equal(actOf(key("b", { code: "KeyB" }), false), undefined);
  assert.equal(actOf(key("f", { code: "KeyF", ctrlKey: true }), false), "search");
});
