// <attendance-list>: who is here, who is awaited, who asks to stay away; marked by one tap. On console, secretariat, door.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called, under } from "../lib/people.js";
import { actions, openSheet, say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, figure, t } from "../lib/words.js";
import { hereWords } from "./quorum.js";
import { codeIn, whose } from "./scanning.js";
import { attendees, counts, lateBy, matches, stateOf, staysOf } from "./standing.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Person} Person */

const TONE = /** @type {Record<string, string>} */ ({
  gone: "warn",
  excused: "",
  asked: "warn",
  refused: "",
  confirmed: "accent",
  silent: "",
});

export class AttendanceList extends ViewElement {
  static watch = ["people", "attendance", "movements", "replies", "presence", "meeting"];

  started() {
    this.sought = "";
    this.onDo(
      "mark",
      (button) =>
        void order("attendance.mark", {
          participant: button.dataset.person,
          present: button.dataset.present !== "true",
        }),
    );
    this.onDo(
      "consent",
      (button) => void order("replies.decide", { participant: button.dataset.person, consent: true }),
    );
    this.onDo("refuse", (button) => refuse(button.dataset.person ?? ""));
    this.onDo("record", (button) => record(button.dataset.person ?? ""));
    this.on("input", "input[type=search]", (_event, input) => {
      this.sought = /** @type {HTMLInputElement} */ (input).value;
      this.update(true);
    });
    this.on("keydown", "input[type=search]", (event, input) => {
      const code = event.key === "Enter" ? codeIn(/** @type {HTMLInputElement} */ (input).value) : null;
      if (!code) return;
      event.preventDefault();
      void this.scanned(code, /** @type {HTMLInputElement} */ (input));
    });
  }

  /** The field is free for the next one at once. @param {string} code @param {HTMLInputElement} input */
  async scanned(code, input) {
    input.value = this.sought = "";
    this.update(true);
    const { participant, text } = await whose(code);
    const view = store.view;
    if (!participant || !view) return say(text ?? t("door.not_looked_up"), "warn");
    const name = called(view.people[participant]);
    if (view.attendance.present[participant]) return say(t("door.already", { name }), "good");
    if (await order("attendance.mark", { participant, present: true })) say(t("door.marked", { name }), "good");
  }

  /** @param {View} view */
  draw(view) {
    const people = attendees(view).filter(([, person]) => matches(person, this.sought ?? ""));
    const asking = attendees(view).filter(([key]) => view.replies.answers?.[key]?.standing === "asked");
    return html`${this.drawSum(view)}
      ${
        asking.length
          ? html`<section class="asking-away">
              <h3>${t("attendance.asking", { n: asking.length })}</h3>
              <ul>
                ${asking.map(([key, person]) => this.drawAsking(view, key, person))}
              </ul>
            </section>`
          : ""
      }
      <label class="row seek"
        >${icon("zoom")}<span class="sr">${t("attendance.seek")}</span
        ><input type="search" placeholder="${t("attendance.seek")}" autocomplete="off"
      /></label>
      <ul class="people">
        ${people.map(([key, person]) => this.drawPerson(view, key, person))}
      </ul>
      ${people.length ? "" : html`<p class="soft">${t("attendance.nobody_found")}</p>`}`;
  }

  /** @param {View} view */
  drawSum(view) {
    const { quorum, quorate } = view.attendance;
    const found = counts(view);
    const others = /** @type {const} */ (["confirmed", "asked", "excused", "gone"]).filter((state) => found[state]);
    return html`<p class="row wrap" role="status">
      <span class="chip ${quorate ? "good" : "warn"}"
        >${icon(quorate ? "check" : "info")}${hereWords(view.attendance)}</span
      ><span>${t(quorate ? "attendance.enough" : "attendance.too_few", { quorum: figure(quorum) })}</span>
      ${others.map((state) => html`<span class="chip ${TONE[state]}">${t(`attendance.${state}`)} <b class="num">${found[state]}</b></span>`)}
    </p>`;
  }

  /** @param {View} view @param {string} key @param {Person} person */
  drawAsking(view, key, person) {
    const reply = view.replies.answers?.[key];
    const part =
      reply?.since || reply?.until
        ? t("attendance.part", {
            from: reply.since ? clock(reply.since) : "…",
            to: reply.until ? clock(reply.until) : "…",
          })
        : "";
    const parts = [
      `“${reply?.reason ?? ""}”`,
      part,
      reply?.substitute ? t("attendance.sends", { name: reply.substitute }) : "",
    ];
    return html`<li class="row wrap" data-key="${key}">
      <span class="grow"
        ><b>${called(person)}</b><br /><span class="small">${parts.filter(Boolean).join(" · ")}</span></span
      >
      <button type="button" class="btn" data-do="refuse" data-person="${key}">${t("attendance.refuse")}</button
      ><button type="button" class="btn firm" data-do="consent" data-person="${key}">${t("attendance.consent")}</button>
    </li>`;
  }

  /** @param {View} view @param {string} key @param {Person} person */
  drawPerson(view, key, person) {
    const state = stateOf(view, key);
    const here = view.attendance.present[key];
    const absent = view.people[view.replies.substitutes[key] ?? ""];
    const about = [
      under(person),
      person.member ? "" : t(`role.${person.role}`),
      absent ? t("attendance.for", { name: called(absent) }) : "",
      this.notes(view, key),
    ];
    const devices = store.presence.connected[key];
    return html`<li data-key="${key}" class="${state}">
      <span class="num soft seat-number">${person.seat ?? ""}</span
      ><span class="grow"
        ><b>${called(person)}</b><span class="small soft">${about.filter(Boolean).join(" · ")}</span></span
      >
      ${devices ? html`<span class="chip good" title="${t("console.connected")}">${icon("device")}<span class="sr">${t("console.connected")}</span></span>` : ""}
      ${state === "present" ? "" : html`<span class="chip ${TONE[state]}">${state === "gone" ? t("attendance.gone_at", { time: clock(staysOf(view, key).at(-1)?.left_at ?? 0) }) : t(`attendance.${state}`)}</span><button type="button" class="btn quiet icon" data-do="record" data-person="${key}" aria-label="${t("attendance.record_of", { name: called(person) })}">${icon("edit")}</button>`}
      <button
        type="button"
        class="btn mark"
        data-do="mark"
        data-person="${key}"
        data-present="${Boolean(here)}"
        aria-pressed="${Boolean(here)}"
      >
        ${icon(here ? "check" : "plus")}${here ? t("console.present_since", { time: clock(here.at) }) : t("console.mark_present")}
      </button>
    </li>`;
  }

  /** @param {View} view @param {string} key */
  notes(view, key) {
    const late = lateBy(view, key);
    const reply = view.replies.answers?.[key];
    const again = staysOf(view, key).length - 1;
    return [
      late ? t("attendance.late", { n: late }) : "",
      again > 0 && view.attendance.present[key] ? t("attendance.back") : "",
      reply?.standing === "excused" && reply.reason ? `“${reply.reason}”` : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }
}

/** @param {string} person */
export function refuse(person) {
  openSheet(
    html`<form method="dialog">
      <h2>${t("attendance.refuse_of", { name: called(store.view?.people[person]) })}</h2>
      <div class="field">
        <label for="answer">${t("attendance.answer")}</label><span class="hint">${t("attendance.answer.hint")}</span
        ><input id="answer" name="answer" maxlength="300" autocomplete="off" />
      </div>
      ${actions("refuse", t("attendance.refuse"))}
    </form>`,
    async (name, form) =>
      name === "refuse"
        ? order("replies.decide", { participant: person, consent: false, answer: String(form.get("answer") ?? "") })
        : undefined,
  );
}

/** What somebody said by telephone. @param {string} person */
function record(person) {
  openSheet(
    html`<form method="dialog">
      <h2>${t("attendance.record_of", { name: called(store.view?.people[person]) })}</h2>
      <p class="hint">${t("attendance.record.hint")}</p>
      <label class="check"><input type="radio" name="coming" value="yes" checked />${t("attendance.confirmed")}</label
      ><label class="check"><input type="radio" name="coming" value="no" />${t("attendance.excused")}</label>
      <div class="field">
        <label for="reason">${t("attendance.reason")}</label
        ><input id="reason" name="reason" maxlength="300" autocomplete="off" />
      </div>
      ${actions("record", t("secretariat.save"))}
    </form>`,
    async (name, form) =>
      name === "record"
        ? order("replies.record", {
            participant: person,
            coming: form.get("coming") === "yes",
            reason: String(form.get("reason") ?? ""),
          })
        : undefined,
  );
}

/** The list as a sheet over the console. */
export function openAttendance() {
  const dialog = openSheet(
    html`<div class="inside">
      <div class="row">
        <h2 class="grow">${t("attendance.title")}</h2>
        <button class="btn" type="button" data-act="">${t("common.close")}</button>
      </div>
      <attendance-list></attendance-list>
    </div>`,
  );
  dialog.classList.add("wide");
}
