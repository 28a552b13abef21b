// Help: short answers to what people ask on this page, and on the tablet a tour that points at things.

import { html, icon } from "../lib/html.js";
import { openSheet, say } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { PARTS, TOPICS } from "./topics.js";
import { startTour } from "./tour.js";

/** Whether there is help for the page that is open. */
export const hasHelp = () => (document.body.dataset.page ?? "") in TOPICS;

export function openHelp() {
  const page = document.body.dataset.page ?? "";
  openSheet(
    html`<div class="inside">
      <h2>${t("help.title")}</h2>
      ${page === "tablet" ? html`<button type="button" class="btn strong wide" data-act="tour">${icon("play")}${t("tour.start")}</button>` : ""}
      <div class="help">
        ${(TOPICS[page] ?? []).map(
          (topic) =>
            html`<details name="help">
              <summary>${t(`help.${page}.${topic}`)}</summary>
              <p>${t(`help.${page}.${topic}.text`)}</p>
            </details>`,
        )}
      </div>
      <a class="btn wide" href="/guide#${PARTS[page] ?? ""}" target="_blank">${icon("open")}${t("guide.title")}</a>
      <form method="dialog" class="stack feedback">
        <label class="label" for="feedback">${t("feedback.title")}</label
        ><span class="hint" id="feedback-hint">${t("feedback.hint")}</span>
        <textarea id="feedback" name="text" rows="3" maxlength="500" aria-describedby="feedback-hint"></textarea>
        <div class="actions">
          <button type="button" class="btn" data-act="">${t("common.done")}</button
          ><button class="btn firm" data-act="send">${t("feedback.send")}</button>
        </div>
      </form>
    </div>`,
    (name, _form, dialog) => {
      if (name === "tour") startTour();
      if (name === "send") return send(page, /** @type {HTMLTextAreaElement} */ (dialog.querySelector("#feedback")));
    },
  );
}

/** What somebody took the time to write stays in the field until the administrator has it. @param {string} page @param {HTMLTextAreaElement} field @returns {Promise<false>} */
async function send(page, field) {
  const { meeting, participant } = document.body.dataset;
  try {
    const answer = await fetch(`/m/${meeting}/${participant}/feedback?page=${page}`, {
      method: "POST",
      body: field.value,
      headers: { "content-type": "text/plain" },
    });
    if (!answer.ok) throw new Error(await answer.text());
    field.value = "";
    say(t("feedback.sent"), "good");
  } catch (error) {
    say(error instanceof TypeError ? t("feedback.offline") : /** @type {Error} */ (error).message, "warn");
  }
  return false;
}
