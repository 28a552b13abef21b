// A photograph beside each name of a prepared ballot: chosen, sent, made small by the server, taken away again.

import { html, icon } from "../lib/html.js";
import { say } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { order } from "../console/order.js";
import { portrait } from "../voting/portrait.js";

/** @param {string} vote @param {import("../lib/types").Vote} prepared @param {string} option @param {{text: string, note?: string, photo?: number}} entry */
export const photoRow = (vote, prepared, option, entry) =>
  html`<span class="row photo-row"
    >${portrait(vote, prepared, option)}<span class="grow"
      >${entry.text}${entry.note ? html`<br /><span class="soft">${entry.note}</span>` : ""}</span
    >
    <label class="btn quiet"
      >${icon("upload")}${t(entry.photo === undefined ? "vote.photo" : "vote.photo.other")}<input
        class="sr"
        type="file"
        accept="image/jpeg,image/png"
        data-photo-of="${option}"
        data-vote="${vote}"
        aria-label="${t("vote.photo.of", { name: entry.text })}"
    /></label>
    ${entry.photo === undefined ? "" : html`<button class="btn quiet icon" data-do="hide-photo" data-vote="${vote}" data-option="${option}" aria-label="${t("vote.photo.hide", { name: entry.text })}">${icon("trash")}</button>`}</span
  >`;

/** @param {import("../lib/element.js").ViewElement} element */
export function listenToPhotos(element) {
  element.on("change", "[data-photo-of]", (_event, field) => {
    const input = /** @type {HTMLInputElement} */ (field);
    const [file] = input.files ?? [];
    if (file) void send(file, input.dataset.vote ?? "", input.dataset.photoOf ?? "").finally(() => (input.value = ""));
  });
  element.onDo(
    "hide-photo",
    (button) => void order("voting.hide_photo", { vote: button.dataset.vote, option: button.dataset.option }),
  );
}

/** @param {File} file @param {string} vote @param {string} option */
async function send(file, vote, option) {
  const answer = await fetch(`photos/${encodeURIComponent(vote)}/${encodeURIComponent(option)}`, {
    method: "PUT",
    body: file,
  }).catch(() => null);
  if (answer?.ok) return;
  say((await answer?.json().catch(() => null))?.text ?? t("common.dropped"), "warn");
}
