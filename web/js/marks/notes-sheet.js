// All one's notes of the meeting, by paper and page, one tap from where they are.

import { html, icon, render } from "../lib/html.js";
import { byOrder, pageSize } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { jump, shownNow } from "../tablet/place.js";
import { Reading } from "../tablet/reading.js";
import { linesOfNotes, placedOf, trayOf } from "./lists.js";
import { marks } from "./marks.js";
import { showOldPlace } from "./old-place.js";
import { boxOf, movedTo } from "./shapes.js";

/** @typedef {import("./lists.js").Line} Line */

/** @type {Record<string, string>} */
const PICTURES = { note: "note", highlight: "highlighter", underline: "underline", ink: "edit" };

export function openNotes() {
  if (!store.view || !store.me) return;
  const dialog = openSheet(drawAll(), (name, _form, _dialog, button) => {
    const { paper = "", page, mark = "" } = button.dataset;
    if (name === "go") {
      jump(paper, Number(page));
      seen(paper, Number(page));
    }
    if (name === "open") jump(paper);
    if (name === "put") putHere(mark);
    if (name === "drop") marks.act([{ id: mark, becomes: null }]);
    return name !== "put" && name !== "drop";
  });
  dialog.classList.add("wide");
  showOldPlaces(dialog);
  keepUp(dialog);
}

/** Marks are carried to a new revision while their owner looks at the list. @param {HTMLDialogElement} dialog */
function keepUp(dialog) {
  const closed = new AbortController();
  let drawn = marks.book.changes;
  store.watch(() => {
    if (drawn === marks.book.changes) return;
    drawn = marks.book.changes;
    render(dialog, drawAll());
    showOldPlaces(dialog);
  }, closed.signal);
  dialog.addEventListener("close", () => closed.abort());
}

/** @returns {import("../lib/html.js").Markup} */
function drawAll() {
  const { view, me } = store;
  const papers = view && me ? byOrder(Reading.papers(view, me)) : [];
  const parts = papers.flatMap(([id, paper]) => {
    const lines = linesOfNotes(placedOf(marks.book.all(), id, paper.revision ?? ""));
    const tray = trayOf(marks.book.all(), id, paper.revision ?? "");
    return lines.length || tray.length
      ? [
          html`<section data-key="${id}">
            <h3>${paper.title}</h3>
            ${drawTray(id, tray)}
            <ul class="notes">
              ${lines.map((line) => drawLine(id, line))}
            </ul>
            ${drawTaking(paper)}
          </section>`,
        ]
      : [];
  });
  const { unsent } = marks.book;
  return html`<form method="dialog">
    <h2 id="all-notes">${t("marks.all")}</h2>
    <p class="hint">${t("marks.only_you")} ${unsent ? t("marks.unsent", { n: unsent }) : ""}</p>
    ${parts.length ? parts : html`<p>${t("marks.none")}</p>`}
    <div class="actions">
      ${parts.length ? html`<a class="btn" href="${seat()}/notes" target="_blank">${icon("list")}${t("taking.print_list")}</a>` : ""}<button
        class="btn"
        type="button"
        data-act=""
      >
        ${t("common.close")}
      </button>
    </div>
  </form>`;
}

/** @param {HTMLDialogElement} dialog */
function showOldPlaces(dialog) {
  for (const frame of dialog.querySelectorAll(".old-place:empty")) {
    const mark = marks.book.get(/** @type {HTMLElement} */ (frame).dataset.mark ?? "");
    if (mark) void showOldPlace(/** @type {HTMLElement} */ (frame), mark).catch(() => {});
  }
}

const seat = () => `/m/${document.body.dataset.meeting}/${document.body.dataset.participant}`;

/** The paper with one's marks in it, to take along; not of one that is to be kept nowhere. @param {import("../lib/types").Paper} paper */
function drawTaking(paper) {
  if (paper.not_kept || paper.watermarked) return html`<p class="hint">${t("taking.not_kept")}</p>`;
  return html`<p>
    <a class="btn quiet" href="${seat()}/marked/${paper.revision ?? ""}" download
      >${icon("paper")}${t("taking.marked")}</a
    >
  </p>`;
}

/** @param {string} paper @param {import("./types").Mark[]} tray */
function drawTray(paper, tray) {
  if (!tray.length) return "";
  const here = shownNow()?.id === paper;
  return html`<div class="tray">
    <h4>${icon("info")}${t("marks.tray", { n: tray.length })}</h4>
    <p class="small">${t("marks.tray_hint")}</p>
    ${tray.map(
      (mark) =>
        html`<article data-key="${mark.id}">
          <div class="old-place" data-mark="${mark.id}" data-keep></div>
          <p>
            ${mark.body?.text || t(`marks.kind.${mark.kind}`, { n: 1 })}
            <span class="small soft">${t("marks.was_on", { page: mark.page })}</span>
          </p>
          <div class="row wrap">
            ${
              here
                ? html`<button class="btn firm" type="button" data-act="put" data-mark="${mark.id}">
                    ${t("marks.put_here", { page: shownNow()?.page ?? 1 })}
                  </button>`
                : html`<button class="btn firm" type="button" data-act="open" data-paper="${paper}">
                    ${t("marks.open_paper")}
                  </button>`
            }
            <button class="btn quiet danger" type="button" data-act="drop" data-mark="${mark.id}">
              ${t("marks.delete")}
            </button>
          </div>
        </article>`,
    )}
  </div>`;
}

/** Onto the page that is shown, where it lay on its old one. @param {string} id */
function putHere(id) {
  const mark = marks.book.get(id);
  const place = shownNow();
  if (!mark || !place?.paper.revision) return;
  const [left, top, right, bottom] = boxOf(mark);
  const size = pageSize(place.paper.sizes, place.page);
  const corner = {
    x: Math.max(0, Math.min(left, size.width - (right - left))),
    y: Math.max(0, Math.min(top, size.height - (bottom - top))),
  };
  const { carried: _carried, ...body } = /** @type {import("./types").Body} */ (movedTo(mark, corner)); // its owner has put it there
  marks.act([{ id, becomes: { ...mark, revision: place.paper.revision, page: place.page, body } }]);
}

/** Who has gone to a mark that was carried has seen where it is now. @param {string} paper @param {number} page */
function seen(paper, page) {
  const fresh = marks.book
    .all()
    .filter((mark) => mark.paper === paper && mark.page === page && mark.body?.carried && !mark.body.carried.seen);
  marks.apply(
    fresh.map((mark) => {
      const body = /** @type {import("./types").Body} */ (mark.body);
      return {
        id: mark.id,
        becomes: { ...mark, body: { ...body, carried: body.carried && { ...body.carried, seen: true } } },
      };
    }),
  );
}

/** @param {string} paper @param {Line} line */
function drawLine(paper, line) {
  return html`<li data-key="${line.id}">
    <button class="note-line" type="button" data-act="go" data-paper="${paper}" data-page="${line.page}">
      <span class="of-mark" data-colour="${line.colour}">${icon(PICTURES[line.kind])}</span>
      <span class="grow"
        >${line.text || t(`marks.kind.${line.kind}`, { n: line.count })}${line.carried && !line.carried.seen ? html`<span class="small renewed">${t("marks.followed", { page: line.carried.page })}${line.carried.changed ? ` · ${t("marks.words_changed")}` : ""}</span>` : ""}</span
      >
      <span class="num soft">${t("common.page", { page: line.page })}</span>${icon("right")}
    </button>
  </li>`;
}
