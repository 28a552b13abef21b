// <documents-section>: what is made of the meeting, each as PDF to read and as DOCX to edit.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */

const base = () => location.pathname.replace(/\/[^/]*$/, "");

/** Every document, and whether there is something to put in it yet. @type {[string, (view: View) => boolean][]} */
const DOCUMENTS = [
  ["invitations", () => true],
  ["attendance", (view) => view.meeting.opened_at !== undefined],
  ["results", (view) => Object.values(view.voting).some((vote) => vote.result)],
  ["conclusions", (view) => Object.values(view.conclusions).some((each) => each.state !== "draft")],
  ["minutes", (view) => view.meeting.opened_at !== undefined],
];

export class DocumentsSection extends ViewElement {
  static watch = ["meeting", "voting", "minutes", "conclusions"];

  /** @param {View} view */
  draw(view) {
    return html`<h2>${t("secretariat.documents")}</h2><p class="soft">${t("documents.lead")}</p>
      <ul class="card documents">${DOCUMENTS.map(([name, ready]) => html`<li data-key="${name}"><span class="grow"><b>${t(`documents.${name}`)}</b><br><span class="soft small">${t(ready(view) ? `documents.${name}.text` : "documents.not_yet")}</span></span>
        ${ready(view) ? html`<a class="btn" href="${base()}/documents/${name}.pdf" target="_blank">${icon("open")}PDF<span class="sr"> ${t(`documents.${name}`)}</span></a><a class="btn" href="${base()}/documents/${name}.docx" download>${icon("edit")}DOCX<span class="sr"> ${t(`documents.${name}`)}</span></a>` : ""}</li>`)}</ul>`;
  }
}
