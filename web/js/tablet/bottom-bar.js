// <bottom-bar>: the meeting, the papers, the pages; and the hand.

import { isWaiting } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder } from "../lib/people.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { trayOf } from "../marks/lists.js";
import { marks } from "../marks/marks.js";
import { tools } from "../marks/tools.js";
import { desk } from "../support/desk.js";
import { openSupport } from "../support/my-support.js";
import { openAsk } from "./ask-sheet.js";
import { openMore } from "./more-sheet.js";
import { follow, reading, shownNow } from "./place.js";
import { openPages } from "./pages-sheet.js";
import { Reading } from "./reading.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

export class BottomBar extends ViewElement {
  started() {
    this.onDo("follow", follow);
    this.onDo("papers", () => document.querySelector("agenda-list")?.dispatchEvent(new Event("open")));
    this.onDo("pages", openPages);
    this.onDo("mark", () => tools.choose({ open: !tools.open }));
    this.onDo("ask", openAsk);
    this.onDo("support", openSupport);
    this.onDo("more", openMore);
  }

  update() {
    super.update(true);
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    return html`<nav class="tabs" aria-label="${t("tablet.tabs")}">
        ${view.meeting.written ? "" : html`<button class="tab" data-do="follow" aria-current="${reading.following ? "page" : "false"}">${icon("stage")}<span>${t("tablet.meeting")}</span></button>`}
        <button class="tab" data-do="papers">${icon("paper")}<span>${t("tablet.papers")}</span></button>
        <button class="tab" data-do="pages">${icon("pages")}<span>${t("tablet.pages")}</span></button>
        <button class="tab" data-do="mark" aria-pressed="${tools.open}" ?disabled=${!shownNow()}>
          ${icon("edit")}<span>${t("tablet.mark")}</span>${notesWaiting(view, me)}
        </button>
        <button class="tab" data-do="support">${icon("desk")}<span>${t("support.tab")}</span>${unread()}</button>
        <button class="tab more" data-do="more">${icon("menu")}<span>${t("tablet.more")}</span>${unread()}</button>
      </nav>
      <span class="grow"></span>${this.drawHand(view, me)}`;
  }

  /** @param {View} view @param {Me} me */
  drawHand(view, me) {
    if (me.role === "screen" || view.meeting.written) return "";
    const can = view.meeting.phase === "in_session" && !me.speaking;
    const place = byOrder(view.floor.requests).findIndex(([, request]) => request.participant === me.id) + 1;
    if (store.line !== "open" && isWaiting("floor.request"))
      return html`<button class="btn ask waiting" data-do="ask">${icon("clock")}${t("tablet.ask.unsent")}</button>`;
    return html`<button class="btn ask ${place ? "waiting" : ""}" data-do="ask" ?disabled=${!can}>
      ${icon("hand")}<span>${place ? t("tablet.waiting_short", { place }) : t("tablet.ask")}</span>
    </button>`;
  }
}

/** What somebody has written to this person and was not read yet. */
const unread = () =>
  desk.unread
    ? html`<span class="unread num">${desk.unread}<span class="sr"> ${t("support.unread")}</span></span>`
    : "";

/** Marks whose passage was not found in a newer revision wait for their owner. @param {View} view @param {Me} me */
function notesWaiting(view, me) {
  const n = Object.entries(Reading.papers(view, me)).reduce(
    (sum, [id, paper]) => sum + trayOf(marks.book.all(), id, paper.revision ?? "").length,
    0,
  );
  return n ? html`<span class="waiting-notes num">${n}<span class="sr"> ${t("marks.tray", { n })}</span></span>` : "";
}
