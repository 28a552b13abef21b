// <my-support>: a delegate's sheet: what to ask for with one tap, how far it is, and messages.

import { askLeave } from "../attendance/my-reply.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { attends, called, inOrder } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";
import { desk } from "./desk.js";
import { drawThread, looked, scrollDown, sendTyped } from "./thread.js";
import { NEEDS, NEED_SIGN } from "./threads.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

const RECENT = 30 * 60_000; // ms what is done stays in one's list

export class MySupport extends ViewElement {
  static watch = ["people", "support", "me", "desk", "line", "meeting"];

  peer = "";

  started() {
    this.onDo("need", (button) => desk.send("ask", { need: button.dataset.need, text: "" }));
    this.onDo("withdraw", (button) => desk.send("move", { id: button.dataset.errand, state: "withdrawn" }));
    this.onDo("leave", () => {
      /** @type {HTMLDialogElement | null} */ (this.closest("dialog"))?.close();
      askLeave();
    });
    this.on("submit", "form.other", (event, form) => this.other(event, form));
    this.on("submit", "form.say", sendTyped);
    this.on("change", "select[name=peer]", (_event, select) => {
      this.peer = /** @type {HTMLSelectElement} */ (select).value;
      this.update(true);
    });
  }

  /** @param {Event} event @param {HTMLElement} form */
  other(event, form) {
    event.preventDefault();
    event.stopPropagation();
    const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    if (field.value.trim()) desk.send("ask", { need: "other", text: field.value.trim() });
    field.value = "";
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const since = store.now() - RECENT;
    const mine = store.desk.errands.filter(
      (each) =>
        each.participant === me.id &&
        (each.state === "asked" || each.state === "taken" || (each.state === "done" && each.changed_at > since)),
    );
    const waits = desk.waiting.filter((each) => each.ask);
    return html`<div class="needs">
        ${NEEDS.filter((need) => need !== "other").map((need) => html`<button type="button" class="btn" data-do="need" data-need="${need}" ?disabled=${mine.some((each) => each.need === need && each.state !== "done")}>${icon(NEED_SIGN[need])}${t(`support.need.${need}`)}</button>`)}
      </div>
      <form class="row other">
        <label class="grow"
          ><span class="sr">${t("support.need.other")}</span
          ><input
            name="other"
            maxlength="300"
            autocomplete="off"
            aria-describedby="who-reads"
            placeholder="${t("support.other.hint")}" /></label
        ><button class="btn">${t("support.ask")}</button>
        <p class="small soft whole" id="who-reads">${t("support.other.readers")}</p>
      </form>
      <ul class="mine-errands" role="status">
        ${waits.map(({ ask }) => html`<li data-key="${ask.id}" class="row">${icon(NEED_SIGN[ask.need])}<span class="grow">${ask.text || t(`support.need.${ask.need}`)}</span><span class="chip warn">${t("support.waits")}</span></li>`)}${mine.map(
          (each) =>
            html`<li data-key="${each.id}" class="row">
              ${icon(NEED_SIGN[each.need])}<span class="grow"
                >${each.text || t(`support.need.${each.need}`)} <time class="small soft">${clock(each.at)}</time></span
              >
              <span class="chip ${each.state === "done" ? "good" : each.state === "taken" ? "accent" : ""}"
                >${each.state === "done" ? icon("check") : ""}${t(`support.state.${each.state}`)}</span
              >${each.state === "done" ? "" : html`<button type="button" class="btn quiet" data-do="withdraw" data-errand="${each.id}">${t("support.withdraw")}</button>`}
            </li>`,
        )}
      </ul>
      ${me.present && view.meeting.phase === "in_session" ? html`<button type="button" class="btn leave" data-do="leave">${icon("out")}${t("leave.open")}</button>` : ""}
      <div class="row wrap talk">
        <h3 class="grow">
          ${this.peer ? t("support.with", { name: called(view.people[this.peer]) }) : t("support.with_desk")}
        </h3>
        ${this.drawPeers(view, me)}
      </div>
      ${drawThread(view, me, this.peer)}`;
  }

  /** @param {View} view @param {Me} me */
  drawPeers(view, me) {
    const known = new Set(desk.threads().map((thread) => thread.peer));
    const people = inOrder(view.people).filter(
      ([key, person]) =>
        key !== me.id && attends(person) && person.role !== "secretary" && (view.support.chat || known.has(key)),
    );
    if (!people.length) return "";
    const unread = Object.fromEntries(desk.threads().map((thread) => [thread.peer, thread.unread]));
    return html`<label class="row"
      ><span class="soft">${t("support.to")}</span
      ><select name="peer">
        <option value="" ?selected=${!this.peer}>${t("support.desk")}</option>
        ${people.map(([key, person]) => html`<option value="${key}" ?selected=${key === this.peer}>${unread[key] ? `(${unread[key]}) ` : ""}${called(person)}</option>`)}
      </select></label
    >`;
  }

  drawn() {
    scrollDown(this);
    if (looked()) desk.markRead(this.peer);
  }
}

/** Opens at what is new, if something is. */
export function openSupport() {
  const fresh = desk.threads().find((thread) => thread.unread);
  const dialog = openSheet(
    html`<div class="inside">
      <div class="row">
        <h2 class="grow">${t("support.title")}</h2>
        <button class="btn" type="button" data-act="">${t("common.close")}</button>
      </div>
      <my-support></my-support>
    </div>`,
  );
  const element = /** @type {MySupport} */ (dialog.querySelector("my-support"));
  element.peer = fresh?.peer ?? "";
  element.update(true);
}
