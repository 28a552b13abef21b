// <floor-panel>: who speaks and how long; who waits; the votes that are prepared.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called, inOrder } from "../lib/people.js";
import { actions, openSheet } from "../lib/sheet.js";
import { left, spent, WARNING } from "../lib/speech.js";
import { store } from "../lib/store.js";
import { duration, t } from "../lib/words.js";
import { order } from "./order.js";
import { openVote, prepareVote } from "./vote-panel.js";

/** @typedef {import("../lib/types").View} View */

const LIMITS = [180, 300, 600, 0];

export class FloorPanel extends ViewElement {
  static watch = ["floor", "people", "agenda", "voting", "meeting", "tick"];

  started() {
    this.onDo("pause", () => void order("floor.pause"));
    this.onDo("resume", () => void order("floor.resume"));
    this.onDo("extend", () => void order("floor.extend", { seconds: 60 }));
    this.onDo("end", () => void order("floor.end"));
    this.onDo("give", (button) => void order("floor.give", { participant: button.dataset.person, seconds: limit() }));
    this.onDo("up", (button) => void order("floor.move", { request: button.dataset.request, before: button.dataset.before }));
    this.onDo("decline", (button) => decline(button.dataset.request ?? ""));
    this.onDo("anyone", () => giveAnyone());
    this.onDo("prepare", () => prepareVote(store.view?.agenda.current));
    this.onDo("open-vote", (button) => openVote(button.dataset.vote ?? ""));
    this.on("change", "select[name=limit]", (_event, select) => sessionStorage.setItem("limit", /** @type {HTMLSelectElement} */ (select).value));
  }

  /** @param {View} view */
  draw(view) {
    const running = view.meeting.phase === "in_session";
    const requests = byOrder(view.floor.requests);
    return html`<div class="speaking">${this.drawSpeech(view)}</div>
      <div class="waiting"><div class="head"><h2 class="grow">${t("console.requests")}</h2>${requests.length ? html`<span class="chip accent num">${requests.length}</span>` : ""}</div>
        <ol>${requests.map(([key, request], index) => html`<li data-key="${key}"><span class="num soft">${index + 1}</span><span class="grow"><b>${called(view.people[request.participant])}</b><span class="small soft">${this.note(view, request)}</span></span>
          ${index ? html`<button class="btn quiet icon" data-do="up" data-request="${key}" data-before="${requests[index - 1][0]}" aria-label="${t("console.up", { name: called(view.people[request.participant]) })}">${icon("up")}</button>` : ""}
          <button class="btn quiet icon" data-do="decline" data-request="${key}" aria-label="${t("console.decline_of", { name: called(view.people[request.participant]) })}">${icon("cross")}</button>
          <button class="btn ${index || view.floor.speech ? "" : "firm"}" data-do="give" data-person="${request.participant}">${t("console.invite")}</button></li>`)}</ol>
        ${requests.length ? "" : html`<p class="soft small none">${t("console.nobody_waits")}</p>`}
        ${running ? html`<div class="row wrap choose"><label class="row"><span class="small">${t("console.limit")}</span><select name="limit">${LIMITS.map((seconds) => html`<option value="${seconds}" ?selected=${seconds === limit()}>${seconds ? t("common.minutes", { n: seconds / 60 }) : t("console.no_limit")}</option>`)}</select></label><button class="btn quiet" data-do="anyone">${icon("mic")}${t("console.invite_other")}</button></div>` : ""}</div>
      <div class="foot">${this.drawVotes(view, running)}</div>`;
  }

  /** @param {View} view */
  drawSpeech(view) {
    const { speech } = view.floor;
    if (!speech) return html`<p class="soft">${t("console.nobody_speaks")}</p>`;
    const rest = left(speech, store.now());
    const done = speech.seconds ? Math.min(100, (100 * spent(speech, store.now())) / (speech.seconds * 1000)) : 0;
    const late = rest !== null && rest <= WARNING;
    return html`<p class="row"><span class="mic">${icon("mic")}</span><span class="grow"><b>${called(view.people[speech.participant])}</b><br><span class="small soft">${t(speech.running ? (rest !== null && rest < 0 ? "floor.over" : "console.speaks") : "floor.paused")}</span></span></p>
      <p class="row"><span class="big num ${late ? "late" : ""}">${duration(rest ?? spent(speech, store.now()))}</span><span class="soft">${speech.seconds ? t("console.left_of", { of: duration(speech.seconds * 1000) }) : t("console.spent")}</span></p>
      <div class="meter" style="--done: ${done}%" data-late="${late}"></div>
      <div class="three">${speech.running ? html`<button class="btn" data-do="pause">${icon("pause")}${t("console.pause")}</button>` : html`<button class="btn strong" data-do="resume">${icon("play")}${t("console.go_on")}</button>`}<button class="btn" data-do="extend">+ 1′</button><button class="btn" data-do="end">${t("floor.end")}</button></div>`;
  }

  /** @param {View} view @param {import("../lib/types").FloorRequest} request */
  note(view, request) {
    const minutes = Math.floor((store.now() - request.asked_at) / 60_000);
    const times = view.floor.spoken?.[request.participant] ?? 0;
    const parts = [request.topic ? `“${request.topic}”` : "", minutes ? t("console.waits", { n: minutes }) : "", times ? t("console.spoken", { n: times }) : ""];
    return parts.filter(Boolean).join(" · ") || t("console.first_time");
  }

  /** @param {View} view @param {boolean} running */
  drawVotes(view, running) {
    if (Object.values(view.voting).some((vote) => vote.phase === "open")) return "";
    const prepared = Object.entries(view.voting).filter(([, vote]) => vote.phase === "prepared");
    const [key, vote] = prepared.find(([, each]) => each.item === view.agenda.current) ?? prepared[0] ?? [];
    if (!vote) return html`<button class="btn wide" data-do="prepare" ?disabled=${view.meeting.phase === "closed"}>${icon("vote")}${t("vote.prepare")}</button>`;
    const now = vote.item === view.agenda.current;
    return html`<p class="small soft">${t("console.prepared", { number: view.agenda.items[vote.item]?.number ?? "" })}</p><p class="clamp"><b>${vote.question}</b></p>
      <div class="row"><button class="btn grow ${now && running ? "strong" : ""}" data-do="open-vote" data-vote="${key}" ?disabled=${!running}>${icon("vote")}${t("console.open_vote")}</button><button class="btn icon" data-do="prepare" aria-label="${t("vote.prepare")}">${icon("plus")}</button></div>`;
  }
}

/** The time limit chosen for the next speech, seconds. */
const limit = () => Number(sessionStorage.getItem("limit") ?? 300);

/** @param {string} request */
function decline(request) {
  openSheet(
    html`<form method="dialog"><h2>${t("console.decline")}</h2><div class="field"><label for="reason">${t("console.decline.reason")}</label><input id="reason" name="reason" maxlength="300"></div>${actions("decline", t("console.decline"))}</form>`,
    (name, form) => {
      if (name === "decline") void order("floor.decline", { request, reason: String(form.get("reason") ?? "") });
    },
  );
}

function giveAnyone() {
  const view = store.view;
  if (!view) return;
  const people = inOrder(view.people).filter(([key, person]) => person.role !== "screen" && view.attendance.present[key]);
  const dialog = openSheet(
    html`<form method="dialog"><div class="row"><h2 class="grow">${t("console.invite_other")}</h2><button class="btn" type="button" data-act="">${t("common.close")}</button></div>
      ${people.length ? "" : html`<p>${t("console.nobody_here")}</p>`}<div class="names">${people.map(([key, person]) => html`<button type="button" class="btn" data-act="give" value="${key}">${called(person)}</button>`)}</div></form>`,
    (name, _form, _dialog, button) => {
      if (name === "give") void order("floor.give", { participant: /** @type {HTMLButtonElement} */ (button).value, seconds: limit() });
    },
  );
  dialog.classList.add("wide");
}
