// <support-section>: the desk: who needs what, taken and done; messages to the secretariat.

import { order } from "../console/order.js";
import { ring } from "../lib/chime.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { attends, called, inOrder } from "../lib/people.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";
import { openNotice, sentNotices, withdrawNotice } from "../notices/sheet.js";
import { desk } from "../support/desk.js";
import { drawThread, looked, scrollDown, sendTyped } from "../support/thread.js";
import { NEED_SIGN, open } from "../support/threads.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Errand} Errand */

const TONES = { errand: [880, 1100], message: [740] }; // Hz
const LOOK = 30_000; // ms; signals may be lost on a bad line

export class SupportSection extends ViewElement {
  static watch = ["people", "support", "notices", "desk", "me", "tick", "meeting"];

  peer = "";
  known = store.desk;

  started() {
    this.onDo("state", (button) => desk.send("move", { id: button.dataset.errand, state: button.dataset.state }));
    this.onDo("peer", (button) => {
      this.peer = button.dataset.peer ?? "";
      this.update(true);
    });
    this.on("change", "select[name=write]", (_event, select) => {
      this.peer = /** @type {HTMLSelectElement} */ (select).value;
      this.update(true);
    });
    this.onDo("notice", openNotice);
    this.onDo("withdraw", withdrawNotice);
    this.on("submit", "form.say", sendTyped);
    this.on(
      "change",
      "input[name=chat]",
      (_event, box) => void order("support.allow_chat", { allowed: /** @type {HTMLInputElement} */ (box).checked }),
    );
    this.on("change", "input[name=sound]", (_event, box) => this.sound(/** @type {HTMLInputElement} */ (box).checked));
    const looking = setInterval(() => void desk.load(), LOOK);
    this.signal.addEventListener("abort", () => clearInterval(looking));
  }

  get sounds() {
    try {
      return localStorage.getItem("desk-sound") !== "off";
    } catch {
      return true;
    }
  }

  /** @param {boolean} on */
  sound(on) {
    try {
      localStorage.setItem("desk-sound", on ? "on" : "off");
    } catch {
      // in force until the page is closed only
    }
    if (on) void ring(TONES.errand);
  }

  update(always = false) {
    super.update(always);
    const [before, now] = [this.known, store.desk];
    this.known = now;
    if (before === now || !before?.loaded || !this.sounds) return;
    const known = new Set([...before.errands, ...before.messages].map((each) => each.id));
    if (now.errands.some((each) => !known.has(each.id))) void ring(TONES.errand);
    else if (now.messages.some((each) => !known.has(each.id) && store.view?.people[each.from]?.role !== "secretary"))
      void ring(TONES.message);
  }

  /** @param {View} view @param {import("../lib/types").Me} me */
  draw(view, me) {
    if (me.role !== "secretary")
      return html`<h2>${t("support.title")}</h2>
        <p class="card pad soft">${t("support.only_secretary")}</p>`;
    const errands = open(store.desk.errands);
    const done = store.desk.errands
      .filter((each) => each.state === "done")
      .slice(-8)
      .reverse();
    return html`<div class="row wrap">
        <h2 class="grow">${t("support.title")}</h2>
        <label class="check"><input type="checkbox" name="sound" ?checked=${this.sounds} />${t("support.sound")}</label>
        <label class="check"
          ><input
            type="checkbox"
            name="chat"
            ?checked=${view.support.chat}
            ?disabled=${view.meeting.phase === "closed"}
          />${t("support.chat")}</label
        >
        <button class="btn" data-do="notice" ?disabled=${view.meeting.phase === "closed"}>
          ${icon("bell")}${t("console.notice.to_all")}
        </button>
      </div>
      ${Object.keys(view.notices).length ? html`<section class="card sent-list" aria-label="${t("console.notice.shown")}">${sentNotices(view)}</section>` : ""}
      <div class="desk">
        <section class="card" aria-label="${t("support.errands")}">
          <h3 class="pad">
            ${t("support.errands")}${errands.length ? html` <span class="chip accent num">${errands.length}</span>` : ""}
          </h3>
          ${errands.length ? "" : html`<p class="pad soft">${t("support.no_errands")}</p>`}
          <ul class="errands">
            ${errands.map((each) => this.drawErrand(view, each))}
          </ul>
          ${
            done.length
              ? html`<details class="pad">
                  <summary>${t("support.done_lately")}</summary>
                  <ul class="errands">
                    ${done.map((each) => this.drawErrand(view, each))}
                  </ul>
                </details>`
              : ""
          }
        </section>
        <section class="card talks" aria-label="${t("support.messages")}">
          <h3 class="pad">${t("support.messages")}</h3>
          ${this.drawTalks(view, me)}
        </section>
      </div>`;
  }

  /** @param {View} view @param {Errand} errand */
  drawErrand(view, { id, participant, need, text, at, state, by }) {
    const person = view.people[participant];
    const minutes = Math.floor((store.now() - at) / 60_000);
    const button = (/** @type {string} */ to, /** @type {string} */ kind) =>
      html`<button class="btn ${kind}" data-do="state" data-errand="${id}" data-state="${to}">
        ${t(`support.do.${to}`)}
      </button>`;
    return html`<li data-key="${id}" class="is-${state} row wrap">
      <span class="need">${icon(NEED_SIGN[need])}</span
      ><span class="grow"
        ><b>${text || t(`support.need.${need}`)}</b
        ><span class="small soft"
          >${[called(person), person?.seat ? t("common.seat", { seat: person.seat }) : "", state === "done" ? clock(at) : minutes ? t("console.waits", { n: minutes }) : t("support.just_now"), state === "taken" ? t("support.taken_by", { name: called(view.people[by]) }) : ""].filter(Boolean).join(" · ")}</span
        ></span
      >
      ${state === "asked" ? button("taken", "strong") : ""}${state === "done" ? "" : button("done", state === "taken" ? "strong" : "")}
    </li>`;
  }

  /** @param {View} view @param {import("../lib/types").Me} me */
  drawTalks(view, me) {
    const talks = desk.threads();
    const people = inOrder(view.people).filter(([, person]) => attends(person) && person.role !== "secretary");
    const peer = this.peer || talks[0]?.peer || "";
    return html`<div class="pad row wrap">
        <label class="row grow"
          ><span class="soft">${t("support.to")}</span
          ><select name="write">
            <option value="" ?selected=${!peer}>${t("support.choose")}</option>
            ${people.map(([key, person]) => html`<option value="${key}" ?selected=${key === peer}>${called(person)}</option>`)}
          </select></label
        >
      </div>
      ${
        talks.length
          ? html`<ul class="peers">
              ${talks.map(
                (talk) =>
                  html`<li data-key="${talk.peer}">
                    <button
                      class="btn quiet"
                      data-do="peer"
                      data-peer="${talk.peer}"
                      aria-pressed="${talk.peer === peer}"
                    >
                      <span class="grow one-line">${called(view.people[talk.peer])}</span
                      >${talk.unread ? html`<span class="chip live num">${talk.unread}<span class="sr"> ${t("support.unread")}</span></span>` : html`<time class="small soft">${clock(talk.at)}</time>`}
                    </button>
                  </li>`,
              )}
            </ul>`
          : ""
      }
      ${peer ? html`<div class="pad stack" data-key="talk-${peer}">${drawThread(view, me, peer)}</div>` : ""}`;
  }

  drawn() {
    scrollDown(this);
    const peer = this.peer || desk.threads()[0]?.peer || "";
    if (!this.hidden && peer && looked()) desk.markRead(peer);
  }
}
