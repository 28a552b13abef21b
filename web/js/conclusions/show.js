// What a conclusion looks like to those who read it.

import { html, icon } from "../lib/html.js";
import { day, t } from "../lib/words.js";
import { daysLate } from "./due.js";

/** @typedef {import("../lib/types").Conclusion} Conclusion */

/** Who does it, and by when. @param {Conclusion} conclusion */
export function taskLine(conclusion) {
  const due = conclusion.due ? t("conclusions.due_on", { day: day(conclusion.due) }) : "";
  const lead = conclusion.lead ? `${t("conclusions.lead")}: ${conclusion.lead}` : "";
  const supporting = conclusion.supporting ? `${t("conclusions.supporting")}: ${conclusion.supporting}` : "";
  return [lead, supporting, due].filter(Boolean).join(" · ");
}

/** How far it is, as a chip with a word. @param {Conclusion} conclusion @param {number} now */
export function stateChip(conclusion, now) {
  const late = daysLate(conclusion, now);
  if (late) return html`<span class="chip live">${icon("clock")}${t("conclusions.overdue", { n: late })}</span>`;
  const kind = { draft: "", published: "accent", done: "good" }[conclusion.state];
  return html`<span class="chip ${kind}">${t(`conclusions.${conclusion.state}`)}</span>`;
}
