// <top-bar>: where in the meeting we are, and whether we follow.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";
import { bookmarksAt, toggleBookmark } from "../marks/bookmarks.js";
import { openComfort } from "./comfort-sheet.js";
import { openSearch } from "../search/search-sheet.js";
import { first, reading, shownNow } from "./place.js";
import { openPages } from "./pages-sheet.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

export class TopBar extends ViewElement {
  static watch = ["tick"];

  started() {
    this.onDo("agenda", () => document.querySelector("agenda-list")?.dispatchEvent(new Event("open")));
    this.onDo("settings", openComfort);
    this.onDo("pages", openPages);
    this.onDo("bookmark", () => {
      const place = shownNow();
      if (place?.paper.revision)
        void toggleBookmark({ paper: place.id, revision: place.paper.revision, page: place.page });
    });
    this.onDo("search", () => openSearch());
  }

  update() {
    super.update(true);
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const place = shownNow();
    const item = view.agenda.items[place?.paper.item ?? view.agenda.current ?? ""];
    const where = place
      ? html`<button
          class="linklike"
          data-do="pages"
          aria-label="${t("tablet.pages_of", { page: place.page, pages: place.paper.pages ?? 0 })}"
        >
          <span class="title two-lines">${place.paper.title}</span
          >${item ? html`<span class="item">${t("common.item", { number: item.number })}</span>` : ""}<span class="num"
            >${t("tablet.page_of", { page: place.page, pages: place.paper.pages ?? 0 })}</span
          >${this.drawStands(view, me)}
        </button>`
      : html`<span class="small soft one-line">${view.meeting.room}</span>`;
    return html`<button class="btn quiet icon open-agenda" data-do="agenda" aria-label="${t("common.agenda")}">
        ${icon("list")}
      </button>
      <div class="grow where">
        <h1 class="two-lines">${item ? `${item.number}. ${item.title}` : view.meeting.title}</h1>
        ${where}
        ${place?.paper.waiting_no ? html`<span class="chip warn waits" title="${t("tablet.revision_waits.text", { number: place.paper.waiting_no })}">${t("tablet.revision_waits", { number: place.paper.waiting_no })}</span>` : ""}
      </div>
      ${this.drawState(view, me)}
      <span class="now"><time>${clock(store.now())}</time><span class="sr"> ${t(`line.${store.line}`)}</span></span>
      ${place ? this.drawBookmark(place) : ""}
      <button class="btn quiet icon" data-do="search" aria-label="${t("search.title")}">${icon("search")}</button>
      <button class="btn quiet icon" data-do="settings" aria-label="${t("settings.title")}">${icon("text")}</button>`;
  }

  /** @param {import("./reading.js").Place} place */
  drawBookmark({ id, paper, page }) {
    const set = bookmarksAt({ paper: id, revision: paper.revision ?? "", page }).length > 0;
    return html`<button
      class="btn quiet icon bookmark"
      data-do="bookmark"
      aria-pressed="${set}"
      aria-label="${t("bookmarks.this_page", { page })}"
      title="${t("bookmarks.this_page", { page })}"
    >
      ${icon(set ? "bookmarked" : "bookmark")}
    </button>`;
  }

  /** @param {View} view @param {Me} me */
  drawState(view, me) {
    const { word, kind, sign } = standing(view, me);
    return html`<span class="chip ${kind}">${sign ? icon(sign) : ""}${word}</span>`;
  }

  /** The same beside the page, where there is no room for more. @param {View} view @param {Me} me */
  drawStands(view, me) {
    const { word, kind, sign } = standing(view, me);
    return html`<span class="stands ${kind}">${sign ? icon(sign) : ""}${word}</span>`;
  }
}

/** Whether this tablet goes with the chair. @param {View} view @param {Me} me @returns {{word: string, kind: string, sign?: string}} */
function standing(view, me) {
  if (store.line !== "open") return { word: t("tablet.no_line"), kind: "warn", sign: "nowifi" }; // nobody is followed without a line
  if (!first.inHand) return { word: t("tablet.alone"), kind: "alone" };
  if (me.presenting && reading.following) return { word: t("tablet.presenting"), kind: "live", sign: "stage" };
  if (!reading.following) return { word: t("tablet.alone"), kind: "alone" };
  if (view.meeting.phase !== "in_session") return { word: t(`phase.${view.meeting.phase}`), kind: "phase" };
  return { word: t("tablet.following"), kind: "accent", sign: "stage" };
}
