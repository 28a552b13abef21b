// Searching the paper that is read, or all one may read, and one's own notes: a sheet, one tap from the page.

import { html, icon, render } from "../lib/html.js";
import { pageSize } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { figure, t } from "../lib/words.js";
import { address } from "../reader/images.js";
import { shownNow } from "../tablet/place.js";
import { Reading } from "../tablet/reading.js";
import { finding } from "./finding.js";

/** @typedef {import("./finding.js").Found} Found */
/** @typedef {import("./finding.js").Quoted} Quoted */
/** @typedef {import("../lib/types").Paper} Paper */

const REST = 160; // ms: who types on does not need what was found between two letters
const ICONS = {
  note: "note",
  highlight: "highlighter",
  underline: "underline",
  ink: "edit",
  bookmark: "bookmark",
  place: "bookmark",
};

/** @param {boolean} [here] in the paper that is read */
export function openSearch(here = false) {
  if (here) finding.paper = shownNow()?.id ?? null;
  if (finding.paper && finding.paper !== shownNow()?.id) finding.paper = null;
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("search.title")}</h2>
      <div class="search-field">
        <label class="sr" for="search-text">${t("search.field")}</label>
        <input
          id="search-text"
          name="text"
          type="search"
          enterkeyhint="search"
          autocomplete="off"
          spellcheck="false"
          placeholder="${t("search.field")}"
          value="${finding.text}"
          autofocus
        />
        <button class="btn strong" data-act="find">${icon("search")}${t("search.find")}</button>
        <button class="btn" type="button" data-act="">${t("common.close")}</button>
      </div>
      <div class="search-scope"></div>
      <div class="search-found"></div>
    </form>`,
    (name, form, _dialog, button) => act(name, form, button),
  );
  dialog.classList.add("wide", "search-sheet");
  const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const draw = () => drawAll(dialog);
  const search = () => void finding.search(field.value, finding.paper, draw);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing = undefined;
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, REST);
  });
  const closed = new AbortController();
  dialog.addEventListener("close", () => closed.abort());
  let { line } = store;
  store.watch(() => {
    if (line !== store.line && store.line === "open" && finding.answer?.kept) search(); // the whole answer can be had again
    line = store.line;
  }, closed.signal);
  field.select();
  draw();
  if (finding.text) search(); // papers may have changed

  /** @param {string} name @param {FormData} _form @param {HTMLElement} button */
  function act(name, _form, button) {
    const { paper = "", page } = button.dataset;
    if (name === "open") return finding.open(paper, Number(page));
    if (name === "") return undefined;
    if (name === "scope") finding.paper = paper || null;
    if (name === "more" && paper !== finding.paper) finding.paper = paper;
    else if (name === "more") return (void finding.more(draw), false);
    search();
    return false;
  }
}

/** @param {HTMLElement} dialog */
function drawAll(dialog) {
  const place = shownNow();
  render(/** @type {Element} */ (dialog.querySelector(".search-scope")), place ? drawScope(place.id) : html``);
  render(/** @type {Element} */ (dialog.querySelector(".search-found")), drawFound());
}

/** @param {string} paper the one that is read */
function drawScope(paper) {
  const choice = (/** @type {string} */ key, /** @type {string} */ value, /** @type {boolean} */ chosen) =>
    html`<button class="btn" type="button" data-act="scope" data-paper="${value}" aria-pressed="${chosen}">
      ${t(key)}
    </button>`;
  return html`<div class="row wrap" role="group" aria-label="${t("search.where")}">
    ${choice("search.all", "", !finding.paper)}${choice("search.here", paper, finding.paper === paper)}
  </div>`;
}

function drawFound() {
  const { text, answer, busy } = finding;
  const { view, me } = store;
  if (!view || !me) return html``;
  if (!answer) return html`<p class="hint" role="status">${busy ? t("search.busy") : t("search.hint")}</p>`;
  const papers = Reading.papers(view, me);
  const notes = finding.notes();
  const { total } = answer;
  return html`${answer.kept ? html`<p class="note warn">${t("search.kept")}</p>` : ""}
    <p class="hint" role="status">
      ${total ? t("search.found", { n: total, figure: figure(total) }) : t("search.none", { text })}
    </p>
    ${notes.length ? drawNotes(notes) : ""}
    ${answer.papers.map((entry) => (papers[entry.paper] ? drawPaper(entry, papers[entry.paper]) : ""))}
    ${drawUnsearched(answer, papers)}`;
}

/** @param {Found} entry @param {Paper} paper */
function drawPaper(entry, paper) {
  const left = entry.found - entry.pages.length;
  return html`<section class="search-paper" data-key="${entry.paper}">
    <h3>${paper.title} <span class="small soft">${t("search.in_paper", { n: entry.found })}</span></h3>
    <ul>
      ${entry.pages.map((quoted) => html`<li data-key="${quoted.page}">${drawPage(entry, paper, quoted)}</li>`)}
    </ul>
    ${left > 0 ? html`<button class="btn quiet" type="button" data-act="more" data-paper="${entry.paper}">${icon("down")}${t("search.more", { n: left })}</button>` : ""}
  </section>`;
}

/** @param {Found} entry @param {Paper} paper @param {Quoted} quoted */
function drawPage(entry, paper, { page, quotation, boxes }) {
  const { width, height } = pageSize(paper.sizes, page);
  return html`<button class="search-hit" type="button" data-act="open" data-paper="${entry.paper}" data-page="${page}">
    <span class="search-picture"
      ><img loading="lazy" alt="" src="${address({ revision: entry.revision, page, width: 270 })}" />
      <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
        ${boxes.map((box) => html`<rect x="${box[0] - 3}" y="${box[1] - 3}" width="${box[2] - box[0] + 6}" height="${box[3] - box[1] + 6}"></rect>`)}
      </svg></span
    >
    <span class="grow"
      ><b class="num">${t("common.page", { page })}</b
      ><span class="search-quotation"
        >${quotation.map(([text, found]) => (found ? html`<mark>${text}</mark>` : text))}</span
      ></span
    >
    ${icon("right")}
  </button>`;
}

/** @param {import("../marks/types").Mark[]} notes */
function drawNotes(notes) {
  return html`<section class="search-paper" data-key="notes">
    <h3>${t("search.notes")} <span class="small soft">${t("marks.only_you")}</span></h3>
    <ul class="notes">
      ${notes.map(
        (mark) =>
          html`<li data-key="${mark.id}">
            <button class="note-line" type="button" data-act="open" data-paper="${mark.paper}" data-page="${mark.page}">
              <span class="kind" data-colour="${mark.body?.colour ?? "ink"}">${icon(ICONS[mark.kind])}</span
              ><span class="grow">${mark.body?.text ?? ""}</span>
              <span class="num soft">${t("common.page", { page: mark.page })}</span>${icon("right")}
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Said honestly: where nothing could be found because there are no words. @param {import("./finding.js").Answer} answer @param {Record<string, Paper>} papers */
function drawUnsearched({ silent, reading, coming, lacking = {} }, papers) {
  const lines = [
    ...Object.entries(lacking)
      .filter(([id]) => papers[id])
      .map(([id, n]) => t("search.lacking", { title: papers[id].title, n, of: papers[id].pages ?? n })),
    ...coming.filter((id) => papers[id]).map((id) => t("search.coming", { title: papers[id].title })),
    ...reading.filter((id) => papers[id]).map((id) => t("search.reading", { title: papers[id].title })),
    ...Object.entries(silent)
      .filter(([id]) => papers[id] && !reading.includes(id))
      .map(([id, n]) =>
        n >= (papers[id].pages ?? 0)
          ? t("search.silent", { title: papers[id].title })
          : t("search.silent_pages", { title: papers[id].title, n }),
      ),
  ];
  return lines.length ? html`<div class="note warn">${lines.map((line) => html`<p>${line}</p>`)}</div>` : "";
}
