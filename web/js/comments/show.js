// What a comment on the draft of the minutes looks like, to who made it and to the office.

import { html } from "../lib/html.js";
import { t } from "../lib/words.js";

/** @typedef {import("../lib/types").Comment} Comment */

/** @param {Comment} comment */
export function stateChip({ state }) {
  const kind = { waiting: "", taken: "good", declined: "warn" }[state];
  return html`<span class="chip ${kind}">${t(`comments.${state}`)}</span>`;
}

/** @param {Comment} comment */
export const answerLine = ({ answer }) =>
  answer ? html`<p class="small"><b>${t("comments.answer_is")}</b> ${answer}</p>` : "";
