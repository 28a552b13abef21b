// <bottom-bar>: the meeting, the papers, the pages; and the hand.

import { give } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { actions, openSheet, sayRefusal } from "../lib/sheet.js";
import { byOrder } from "../lib/people.js";
import { t } from "../lib/words.js";
import { follow, reading } from "./place.js";
import { openPages } from "./pages-sheet.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

export class BottomBar extends ViewElement {
  started() {
    this.onDo("follow", follow);
    this.onDo("papers", () => document.querySelector("agenda-list")?.dispatchEvent(new Event("open")));
    this.onDo("pages", openPages);
    this.onDo("ask", ask);
  }

  update() {
    super.update(true);
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    return html`<nav class="tabs" aria-label="${t("tablet.tabs")}">
      <button class="tab" data-do="follow" aria-current="${reading.following ? "page" : "false"}">${icon("stage")}<span>${t("tablet.meeting")}</span></button>
      <button class="tab" data-do="papers">${icon("paper")}<span>${t("tablet.papers")}</span></button>
      <button class="tab" data-do="pages">${icon("pages")}<span>${t("tablet.pages")}</span></button></nav>
      <span class="grow"></span>${this.drawHand(view, me)}`;
  }

  /** @param {View} view @param {Me} me */
  drawHand(view, me) {
    if (me.role === "screen") return "";
    if (me.request) {
      const place = byOrder(view.floor.requests).findIndex(([key]) => key === me.request) + 1;
      return html`<span class="btn ask waiting" role="status">${icon("hand")}${t("tablet.waiting_short", { place })}</span>`;
    }
    const can = view.meeting.phase === "in_session" && !me.speaking;
    return html`<button class="btn ask" data-do="ask" ?disabled=${!can}>${icon("hand")}${t("tablet.ask")}</button>`;
  }
}

function ask() {
  openSheet(
    html`<form method="dialog"><h2>${t("tablet.ask")}</h2>
      <div class="field"><label for="topic">${t("tablet.ask.topic")}</label><span class="hint">${t("tablet.ask.hint")}</span>
        <input id="topic" name="topic" maxlength="200" autocomplete="off"></div>
      ${actions("ask", t("tablet.ask.do"))}</form>`,
    (name, form) => {
      if (name === "ask") void give("floor.request", { topic: String(form.get("topic") ?? "") }, { patience: "keep" }).then(sayRefusal);
    },
  );
}
