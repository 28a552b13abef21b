// <my-turn>: what concerns this person now: not checked in, waiting to speak, speaking, asked, interrupted, presenting.

import { SIGN } from "../floor/kinds.js";
import { give } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called } from "../lib/people.js";
import { sayRefusal } from "../lib/sheet.js";
import { saying, shown } from "../lib/speech.js";
import { store } from "../lib/store.js";
import { clock, duration, t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {import("../lib/types").Speech} Speech */

export class MyTurn extends ViewElement {
  static watch = ["floor", "me", "meeting", "tick"];

  started() {
    const keep = /** @type {const} */ ({ patience: "keep" });
    this.onDo("check-in", () => void give("attendance.check_in", {}, keep).then(sayRefusal));
    this.onDo(
      "withdraw",
      (button) => void give("floor.withdraw", { request: button.dataset.request }, keep).then(sayRefusal),
    );
    this.onDo("answer", () => void give("floor.request", { kind: "reply" }, keep).then(sayRefusal));
    this.onDo("end", () => void give("floor.end").then(sayRefusal));
    this.onDo("leave", () => void give("attendance.leave", {}, keep).then(sayRefusal));
    this.onDo("give-back", () => void give("stage.take_back").then(sayRefusal));
    this.onDo("read", (button) => {
      remember(button.dataset.request ?? "");
      this.update(true);
    });
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const running = view.meeting.phase === "in_session";
    const { speech } = view.floor;
    const mine = byOrder(view.floor.requests).filter(([, request]) => request.participant === me.id);
    return html`${running && !me.present && me.role !== "screen" ? this.drawCheckIn() : ""}
    ${me.speaking && speech ? this.drawSpeaking(speech) : ""} ${me.interrupted ? this.drawInterrupted(view, me) : ""}
    ${speech?.to === me.id && !me.requests.reply ? this.drawAsked(view, speech) : ""}
    ${mine.map(([key]) => this.drawWaiting(view, key))}
    ${me.declined && read() !== me.declined.request ? this.drawDeclined(me.declined) : ""}
    ${running && me.present && me.reply?.since && read() !== `away-${me.reply.at}` ? this.drawAway(me.reply) : ""}
    ${me.presenting ? this.drawPresenting() : ""}`;
  }

  drawCheckIn() {
    return html`<div class="mine" data-key="check-in">
      ${icon("person")}<b class="grow">${t("tablet.not_checked_in")}</b>
      <button class="btn strong" data-do="check-in">${icon("check")}${t("tablet.check_in")}</button>
    </div>`;
  }

  /** @param {Speech} speech */
  drawSpeaking(speech) {
    const word = saying(speech, store.now());
    return html`<div class="mine speak ${word && speech.running ? "late" : ""}" data-key="speaking">
      ${icon(SIGN[speech.kind])}<b class="grow" role="status">${t(word ?? `tablet.you.${speech.kind}`)}</b>
      <span class="left num">${duration(shown(speech, store.now()))}</span
      ><button class="btn" data-do="end">${t("floor.end")}</button>
    </div>`;
  }

  /** @param {View} view @param {Me} me */
  drawInterrupted(view, me) {
    const speech = Object.values(view.floor.interrupted).find((each) => each.participant === me.id);
    if (!speech || !view.floor.speech) return "";
    const left = speech.seconds
      ? t("tablet.interrupted.left", { left: duration(shown(speech, store.now())) })
      : t("tablet.interrupted.free");
    return html`<div class="mine" data-key="interrupted">
      ${icon("pause")}<span class="grow" role="status"
        ><b>${t("tablet.interrupted", { name: called(view.people[view.floor.speech.participant]) })}</b>
        <span class="small">${left}</span></span
      >
    </div>`;
  }

  /** @param {View} view @param {Speech} speech */
  drawAsked(view, speech) {
    return html`<div class="mine" data-key="asked">
      ${icon("question")}<span class="grow" role="status"
        ><b>${t("tablet.asked", { name: called(view.people[speech.participant]) })}</b>
        <span class="small">${speech.topic ? `“${speech.topic}”` : ""}</span></span
      ><button class="btn firm" data-do="answer">${icon("reply")}${t("tablet.answer")}</button>
    </div>`;
  }

  /** @param {View} view @param {string} key */
  drawWaiting(view, key) {
    const { topic, kind, to } = view.floor.requests[key];
    const place = byOrder(view.floor.requests).findIndex(([other]) => other === key) + 1;
    const what =
      kind === "speak"
        ? t("tablet.waiting", { place })
        : t("tablet.waiting.kind", { place, kind: t(`floor.kind.${kind}`) });
    const about = [
      to ? t("tablet.asks", { name: called(view.people[to]) }) : "",
      topic ? t("tablet.topic", { topic }) : t("tablet.chair_sees"),
    ]
      .filter(Boolean)
      .join(" ");
    return html`<div class="mine" data-key="waiting-${key}">
      ${icon(kind === "speak" ? "hand" : SIGN[kind])}<span class="grow"
        ><b>${what}</b> <span class="small">${about}</span></span
      >
      <button class="btn" data-do="withdraw" data-request="${key}">${t("tablet.withdraw")}</button>
    </div>`;
  }

  /** @param {{request: string, kind: string, reason: string}} declined */
  drawDeclined({ request, kind, reason }) {
    return html`<div class="mine declined" data-key="declined">
      ${icon("info")}<span class="grow" role="status"
        ><b>${t("tablet.declined", { kind: t(`floor.kind.${kind}`) })}</b>
        <span class="small"
          >${reason ? t("tablet.declined.reason", { reason }) : t("tablet.declined.again")}</span
        ></span
      >
      <button class="btn" data-do="read" data-request="${request}">${t("common.read")}</button>
    </div>`;
  }

  /** One's wish to leave early, and what the chair said to it. @param {import("../lib/types").Reply} reply */
  drawAway({ standing, since, at, answer }) {
    const text = t(`leave.${standing}`, { time: clock(since ?? 0) });
    return html`<div class="mine" data-key="away">
      ${icon("out")}<span class="grow" role="status"><b>${text}</b> <span class="small">${answer ?? ""}</span></span>
      ${standing === "excused" ? html`<button class="btn strong" data-do="leave">${t("leave.now")}</button>` : html`<button class="btn" data-do="read" data-request="away-${at}">${t("common.read")}</button>`}
    </div>`;
  }

  drawPresenting() {
    return html`<div class="mine" data-key="presenting">
      ${icon("stage")}<span class="grow"
        ><b>${t("tablet.you_present")}</b> <span class="small">${t("tablet.you_turn")}</span></span
      >
      <button class="btn" data-do="give-back">${t("tablet.give_back")}</button>
    </div>`;
  }
}

const READ = "declined-read";
let readHere = "";

/** The request whose refusal was read on this device, also after a reload. */
function read() {
  try {
    return sessionStorage.getItem(READ) ?? readHere;
  } catch {
    return readHere; // storage may be forbidden
  }
}

/** @param {string} request */
function remember(request) {
  readHere = request;
  try {
    sessionStorage.setItem(READ, request);
  } catch {
    // kept in memory only
  }
}
