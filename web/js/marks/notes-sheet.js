// All one's notes of the meeting, by paper and page, one tap from where they are.

import { html, icon } from "../lib/html.js";
import { byOrder } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { browse } from "../tablet/place.js";
import { Reading } from "../tablet/reading.js";
import { linesOfNotes, placedOf } from "./lists.js";
import { marks } from "./marks.js";

/** @typedef {import("./lists.js").Line} Line */

const PICTURES = { note: "note", highlight: "highlighter", ink: "edit" };

export function openNotes() {
  const { view, me } = store;
  if (!view || !me) return;
  const papers = byOrder(Reading.papers(view, me));
  const parts = papers.flatMap(([id, paper]) => {
    const lines = linesOfNotes(placedOf(marks.book.all(), id, paper.revision ?? ""));
    return lines.length ? [html`<section data-key="${id}"><h3>${paper.title}</h3><ul class="notes">${lines.map((line) => drawLine(id, line))}</ul></section>`] : [];
  });
  const { unsent } = marks.book;
  const dialog = openSheet(
    html`<form method="dialog"><h2>${t("marks.all")}</h2>
      <p class="hint">${t("marks.only_you")} ${unsent ? t("marks.unsent", { n: unsent }) : ""}</p>
      ${parts.length ? parts : html`<p>${t("marks.none")}</p>`}
      <div class="actions"><button class="btn" type="button" data-act="">${t("common.close")}</button></div></form>`,
    (name, _form, _dialog, button) => {
      if (name === "go") browse(button.dataset.paper ?? "", Number(button.dataset.page));
    },
  );
  dialog.classList.add("wide");
}

/** @param {string} paper @param {Line} line */
function drawLine(paper, line) {
  return html`<li><button class="note-line" type="button" data-act="go" data-paper="${paper}" data-page="${line.page}">
    <span class="kind" data-colour="${line.colour}">${icon(PICTURES[line.kind])}</span>
    <span class="grow">${line.text || t(`marks.kind.${line.kind}`, { n: line.count })}</span>
    <span class="num soft">${t("common.page", { page: line.page })}</span>${icon("right")}</button></li>`;
}
