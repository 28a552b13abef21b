// Help: short answers to what people ask on this page, and on the tablet a tour that points at things.

import { html, icon } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { TOPICS } from "./topics.js";
import { startTour } from "./tour.js";

/** Whether there is help for the page that is open. */
export const hasHelp = () => (document.body.dataset.page ?? "") in TOPICS;

export function openHelp() {
  const page = document.body.dataset.page ?? "";
  openSheet(
    html`<div class="inside"><h2>${t("help.title")}</h2>
      ${page === "tablet" ? html`<button type="button" class="btn strong wide" data-act="tour">${icon("play")}${t("tour.start")}</button>` : ""}
      <div class="help">${(TOPICS[page] ?? []).map((topic) => html`<details name="help"><summary>${t(`help.${page}.${topic}`)}</summary><p>${t(`help.${page}.${topic}.text`)}</p></details>`)}</div>
      <div class="actions"><button type="button" class="btn" data-act="">${t("common.done")}</button></div></div>`,
    (name) => {
      if (name === "tour") startTour();
    },
  );
}
