// <my-turn>: what concerns this person now: not checked in, waiting to speak, speaking, presenting.

import { give } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { sayRefusal } from "../lib/sheet.js";
import { left, spent, WARNING } from "../lib/speech.js";
import { store } from "../lib/store.js";
import { duration, t } from "../lib/words.js";
import { byOrder } from "../lib/people.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

export class MyTurn extends ViewElement {
  static watch = ["floor", "me", "meeting", "tick"];

  started() {
    this.onDo("check-in", () => void give("attendance.check_in", {}, { patience: "keep" }).then(sayRefusal));
    this.onDo("withdraw", () => void give("floor.withdraw", {}, { patience: "keep" }).then(sayRefusal));
    this.onDo("end", () => void give("floor.end").then(sayRefusal));
    this.onDo("give-back", () => void give("stage.take_back").then(sayRefusal));
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const running = view.meeting.phase === "in_session";
    return html`${running && !me.present && me.role !== "screen" ? this.drawCheckIn() : ""}
      ${me.speaking && view.floor.speech ? this.drawSpeaking(view.floor.speech) : ""}
      ${me.request && view.floor.requests[me.request] ? this.drawWaiting(view, me.request) : ""}
      ${me.presenting ? this.drawPresenting() : ""}`;
  }

  drawCheckIn() {
    return html`<div class="mine" data-key="check-in">${icon("person")}<b class="grow">${t("tablet.not_checked_in")}</b>
      <button class="btn strong" data-do="check-in">${icon("check")}${t("tablet.check_in")}</button></div>`;
  }

  /** @param {import("../lib/types").Speech} speech */
  drawSpeaking(speech) {
    const rest = left(speech, store.now());
    const warning = rest !== null && rest <= WARNING;
    const text = !speech.running ? t("floor.paused") : rest !== null && rest < 0 ? t("floor.over") : warning ? t("floor.nearly_over") : t("tablet.you_speak");
    return html`<div class="mine speak" data-key="speaking">${icon("mic")}<b class="grow">${text}</b>
      <span class="left num">${duration(rest ?? spent(speech, store.now()))}</span><button class="btn" data-do="end">${t("floor.end")}</button></div>`;
  }

  /** @param {View} view @param {string} request */
  drawWaiting(view, request) {
    const place = byOrder(view.floor.requests).findIndex(([key]) => key === request) + 1;
    const { topic } = view.floor.requests[request];
    return html`<div class="mine" data-key="waiting">${icon("hand")}<span class="grow"><b>${t("tablet.waiting", { place })}</b>
      <span class="small">${topic ? t("tablet.topic", { topic }) : t("tablet.chair_sees")}</span></span>
      <button class="btn" data-do="withdraw">${t("tablet.withdraw")}</button></div>`;
  }

  drawPresenting() {
    return html`<div class="mine" data-key="presenting">${icon("stage")}<span class="grow"><b>${t("tablet.you_present")}</b> <span class="small">${t("tablet.you_turn")}</span></span>
      <button class="btn" data-do="give-back">${t("tablet.give_back")}</button></div>`;
  }
}
