// The pages of a paper: by its outline, as small pictures, by one's bookmarks, or by a number.

import { html, icon, render } from "../lib/html.js";
import { byOrder } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { changedPages } from "../changes/changes.js";
import { toggleBookmark } from "../marks/bookmarks.js";
import { countsByPage } from "../marks/lists.js";
import { marks } from "../marks/marks.js";
import "../reader/page-thumb.js";
import { entryOf } from "../reader/outline.js";
import { outlineOf } from "../reader/outlines.js";
import { openSignatures } from "../reader/signatures-sheet.js";
import { jump, shownNow } from "./place.js";
import { Reading } from "./reading.js";

/** @typedef {import("../lib/types").Paper} Paper */
/** @typedef {import("../reader/outline.js").Entry} Entry */
/** @typedef {"outline" | "pages" | "bookmarks"} Tab */
/** @type {[Tab, string][]} */
const TABS = [
  ["outline", "outline"],
  ["pages", "pages"],
  ["bookmarks", "bookmark"],
];

/** @type {Tab} the one somebody chose last */
let chosen = "outline";

export function openPages() {
  const place = shownNow();
  if (!place?.paper.revision) return;
  const { id, paper, page } = place;
  const revision = place.paper.revision;
  const last = paper.pages ?? 1;
  let untouched = true;
  const dialog = openSheet(
    html`<form method="dialog" class="finding">
      <div class="row">
        <h2 class="grow two-lines">${paper.title}</h2>
        <button class="btn quiet icon" type="button" data-act="" aria-label="${t("common.close")}">
          ${icon("cross")}
        </button>
      </div>
      <div class="row wrap">${goTo(page, last)}<span class="grow"></span>${SIGNATURES()}</div>
      <div class="segments" role="tablist" aria-label="${t("tablet.pages")}">
        ${TABS.map(([name, sign]) => html`<button class="segment" type="button" role="tab" id="tab-${name}" data-act="tab" value="${name}" aria-controls="finding-panel">${icon(sign)}<span>${t(`finding.${name}`)}</span></button>`)}
      </div>
      <div class="panel" role="tabpanel" id="finding-panel" tabindex="0"></div>
    </form>`,
    async (act, form, _dialog, button) => {
      const { value, dataset } = /** @type {HTMLButtonElement} */ (button);
      if (act === "signatures") return signaturesOf(revision);
      untouched = false;
      if (act === "tab") return choose((chosen = /** @type {Tab} */ (value)));
      if (act === "bookmark") {
        await toggleBookmark({ paper: id, revision, page });
        return choose("bookmarks");
      }
      if (act === "drop") {
        marks.apply([{ id: value, becomes: null }]);
        return choose("bookmarks");
      }
      if (act === "go") jump(id, within(Number(form.get("page")) || page, last));
      if (act === "page") jump(dataset.paper ?? id, Number(value), Number(dataset.y ?? 0));
    },
  );
  dialog.classList.add("wide", "tall");
  const panel = /** @type {HTMLElement} */ (dialog.querySelector(".panel"));
  let tab = chosen;
  /** @param {Tab} name @returns {false} the sheet stays */
  const choose = (name) => {
    tab = name;
    for (const each of dialog.querySelectorAll("[role=tab]"))
      each.setAttribute("aria-selected", String(/** @type {HTMLButtonElement} */ (each).value === name));
    panel.setAttribute("aria-labelledby", `tab-${name}`);
    if (name === "pages") fill(panel, thumbs(paper, page));
    else if (name === "bookmarks") render(panel, bookmarksOf(id, paper, page));
    else void outline();
    return false;
  };
  /** A paper without contents opens on its small pictures. */
  const outline = async () => {
    render(panel, html`<p class="soft">${t("finding.outline.coming")}</p>`);
    const entries = await outlineOf(revision).catch(() => null);
    if (tab !== "outline") return;
    if (entries?.length) fill(panel, drawOutline(entries, page));
    else if (untouched) choose("pages");
    else render(panel, html`<p class="soft">${t(entries ? "finding.outline.none" : "finding.outline.not_here")}</p>`);
  };
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !(event.target instanceof Element) || event.target.role !== "tab") return;
    const next = TABS[(TABS.findIndex(([name]) => name === tab) + step + TABS.length) % TABS.length][0];
    untouched = false;
    choose((chosen = next));
    /** @type {HTMLElement | null} */ (dialog.querySelector(`#tab-${next}`))?.focus();
  });
  choose(tab);
}

/** For who shows a paper to others: the small pictures alone. @param {Paper} paper @param {number} current @param {(page: number) => void} go */
export function openPagesOf(paper, current, go) {
  const last = paper.pages ?? 1;
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${paper.title}</h2>
      <div class="row wrap">
        ${goTo(current, last)}<span class="grow"></span>${SIGNATURES()}<button class="btn" type="button" data-act="">
          ${t("common.close")}
        </button>
      </div>
      ${thumbs(paper, current)}
    </form>`,
    (name, form, _dialog, button) => {
      if (name === "signatures") return signaturesOf(paper.revision ?? "");
      if (name === "go") go(within(Number(form.get("page")) || current, last));
      if (name === "page") go(Number(/** @type {HTMLButtonElement} */ (button).value));
    },
  );
  dialog.classList.add("wide");
  showCurrent(dialog);
}

const SIGNATURES = () =>
  html`<button class="btn" type="button" data-act="signatures">${t("signatures.title")}</button>`;

/** @param {string} revision @returns {false} this sheet stays under the other */
function signaturesOf(revision) {
  void openSignatures(revision);
  return false;
}

/** @param {number} page @param {number} last */
const within = (page, last) => Math.min(last, Math.max(1, page));

/** @param {number} page @param {number} last */
const goTo = (page, last) =>
  html`<div class="row">
    <label class="label" for="go-to">${t("reader.go_to")}</label>
    <input id="go-to" name="page" type="number" inputmode="numeric" min="1" max="${last}" value="${page}" /><span
      class="soft num"
      >/ ${last}</span
    >
    <button class="btn strong" data-act="go">${t("reader.go")}</button>
  </div>`;

/** @param {HTMLElement} panel @param {import("../lib/html.js").Markup} content */
function fill(panel, content) {
  render(panel, content);
  showCurrent(panel);
}

/** @param {HTMLElement} root */
const showCurrent = (root) => root.querySelector("[aria-current=true]")?.scrollIntoView({ block: "center" });

// -- outline ---------------------------------------------------------------------------------------------------------

/** @param {Entry[]} entries @param {number} page */
function drawOutline(entries, page) {
  const now = entryOf(entries, page);
  return html`<ol class="outline">
    ${entries.map((entry, index) => drawEntry(entry, index === now))}
  </ol>`;
}

/** @param {Entry} entry @param {boolean} now */
function drawEntry([level, title, page, y], now) {
  return html`<li>
    <button
      class="entry"
      type="button"
      data-act="page"
      value="${page}"
      data-y="${y}"
      style="--level: ${level - 1}"
      aria-current="${now}"
    >
      <span class="grow">${title}</span><span class="num soft">${page}</span>
    </button>
  </li>`;
}

// -- small pictures --------------------------------------------------------------------------------------------------

/** @param {Paper} paper @param {number} current */
function thumbs(paper, current) {
  const pages = Array.from({ length: paper.pages ?? 0 }, (_, index) => index + 1);
  const notes = countsByPage(marks.book.all().filter((mark) => mark.revision === paper.revision));
  const { stage } = store.view ?? {};
  const kept = marks.book.living((mark) => mark.kind === "bookmark" && mark.revision === paper.revision);
  const bookmarked = new Set(kept.map(({ page }) => page));
  const changed = changedPages(paper);
  const shown = stage?.revision === paper.revision ? stage?.page : undefined;
  return html`<div class="thumbs">
    ${pages.map((page) => {
      const [n, marked, here] = [notes.get(page) ?? 0, bookmarked.has(page), page === shown];
      const label = [
        t("common.page", { page }),
        n ? t("marks.count", { n }) : "",
        marked ? t("bookmarks.set") : "",
        here ? t("finding.presenter") : "",
        changed.has(page) ? t("changes.page") : "",
      ];
      return html`<button
        type="button"
        class="thumb"
        data-act="page"
        value="${page}"
        aria-label="${label.filter(Boolean).join(", ")}"
        aria-current="${page === current}"
      >
        <page-thumb revision="${paper.revision ?? ""}" page="${page}"></page-thumb>${marked ? icon("bookmarked") : ""}
        <span class="row"
          ><span class="num">${page}</span
          >${n ? html`<span class="has-notes num">${icon("edit")}${n}</span>` : ""}${changed.has(page) ? html`<span class="changed-page">${icon("swap")}</span>` : ""}${here ? html`<span class="chip accent"><i class="dot"></i>${t("finding.presenter_short")}</span>` : ""}</span
        >
      </button>`;
    })}
  </div>`;
}

// -- bookmarks -------------------------------------------------------------------------------------------------------

/** @param {string} id @param {Paper} paper @param {number} page */
function bookmarksOf(id, paper, page) {
  const papers = store.view && store.me ? byOrder(Reading.papers(store.view, store.me)) : [];
  const others = papers.filter(([key, other]) => key !== id && other.revision && marks.book.bookmarks(key).length);
  const own = marks.book.bookmarks(id);
  const set = own.some((mark) => mark.page === page && mark.revision === paper.revision);
  return html`<div class="stack">
    <button class="btn firm wide" type="button" data-act="bookmark" aria-pressed="${set}">
      ${icon(set ? "bookmarked" : "bookmark")}${t(set ? "bookmarks.remove_here" : "bookmarks.add_here", { page })}
    </button>
    ${own.length ? listOf(id, paper, own) : html`<p class="soft">${t("bookmarks.none")}</p>`}
    ${others.map(
      ([key, other]) =>
        html`<h3>${other.title}</h3>
          ${listOf(key, other, marks.book.bookmarks(key))}`,
    )}
    <p class="hint">${t("bookmarks.only_you")}</p>
  </div>`;
}

/** @param {string} id @param {Paper} paper @param {import("../marks/types").Mark[]} bookmarks */
function listOf(id, paper, bookmarks) {
  return html`<ul class="notes">
    ${bookmarks.map(({ id: mark, page: kept, body, revision }) => {
      const page = within(kept, paper.pages ?? 1);
      return html`<li class="row" data-key="${mark}">
        <button class="note-line" type="button" data-act="page" value="${page}" data-paper="${id}">
          <span class="ribbon">${icon("bookmarked")}</span>
          <span class="grow"
            >${body?.text || t("common.page", { page })}${revision === paper.revision ? "" : html`<span class="small renewed">${t("bookmarks.older")}</span>`}</span
          ><span class="num soft">${t("common.page", { page })}</span>
        </button>
        <button
          class="btn quiet icon"
          type="button"
          data-act="drop"
          value="${mark}"
          aria-label="${t("bookmarks.remove", { page })}"
        >
          ${icon("trash")}
        </button>
      </li>`;
    })}
  </ul>`;
}
