import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { STEPS, TOPICS } from "../../web/js/help/topics.js";

test("every topic and every step of the tour is written in both languages", () => {
  const keys = [
    ...Object.entries(TOPICS).flatMap(([page, topics]) => topics.map((topic) => `help.${page}.${topic}`)),
    ...STEPS.map((step) => `tour.${step.name}`),
  ];
  for (const language of ["vi", "en"]) {
    const words = JSON.parse(readFileSync(new URL(`../../web/words/${language}.json`, import.meta.url), "utf8"));
    for (const key of keys) assert.ok(words[key] && words[`${key}.text`], `${language}: ${key}`);
  }
});
