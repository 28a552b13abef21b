// <seat-map>: the room as it is now: who is here, connected, asks or speaks. A tap invites who asks, or marks who is here.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { attends, called, under } from "../lib/people.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { drawHall } from "./hall.js";
import { placeInLine, requestBy, shortNames, stateAt, unplaced } from "./plan.js";

/** @typedef {import("../lib/types").View} View */

export const SIGNS = /** @type {Record<string, string>} */ ({
  speaking: "mic",
  interrupted: "pause",
  asking: "hand",
  present: "check",
  absent: "",
});

export class SeatMap extends ViewElement {
  static watch = ["seating", "people", "attendance", "floor", "meeting", "presence"];

  started() {
    this.picked = ""; // the person shown under the map
    this.chosen = ""; // what a tap does, once it was chosen
    this.onDo("seat", (seat) => this.press(seat.dataset.person ?? ""));
    this.onDo("mode", (button) => {
      this.chosen = button.dataset.mode ?? "";
      this.picked = "";
      this.update(true);
    });
    this.onDo("invite", (button) => this.invite(button.dataset.person ?? ""));
    this.onDo("mark", (button) => this.mark(button.dataset.person ?? ""));
    this.onDo("end", () => void order("floor.end"));
  }

  get mode() {
    const phase = store.view?.meeting.phase;
    if (phase !== "in_session") return "mark";
    return this.chosen || "invite";
  }

  /** @param {string} key */
  press(key) {
    if (!store.view || !key) return;
    if (this.mode === "mark") this.mark(key);
    else if (stateAt(store.view, key) === "asking") this.invite(key);
    this.picked = key;
    this.update(true);
  }

  /** What they asked for, or to speak. @param {string} key */
  invite(key) {
    const kind = store.view ? requestBy(store.view, key)?.kind : undefined;
    void order("floor.give", kind ? { participant: key, kind } : { participant: key });
  }

  /** @param {string} key */
  mark(key) {
    void order("attendance.mark", { participant: key, present: !store.view?.attendance.present[key] });
  }

  /** @param {View} view */
  draw(view) {
    const names = shortNames(view.people);
    const left = unplaced(view);
    if (!Object.keys(view.seating.places).length)
      return html`<div class="no-plan">
        ${icon("seats")}
        <p>${t("seating.none")}</p>
      </div>`;
    return html`${this.drawModes(view)}
    ${drawHall(view, (seat, key, style) => (key ? this.drawSeat(view, key, seat, names[key], style) : html`<span class="seat is-free" data-key="${seat}" style="${style}"><span class="num">${seat}</span><span class="sr">${t("seating.free")}</span></span>`))}
    ${
      left.length
        ? html`<details class="unplaced">
            <summary>${t("seating.unplaced", { n: left.length })}</summary>
            <div class="row wrap">${left.map((key) => this.drawSeat(view, key, "", names[key], ""))}</div>
          </details>`
        : ""
    }
    ${this.drawPicked(view)}`;
  }

  /** @param {View} view */
  drawModes(view) {
    const count = (/** @type {string} */ state) =>
      Object.keys(view.people).filter((key) => attends(view.people[key]) && stateAt(view, key) === state).length;
    const legend = /** @type {const} */ (["speaking", "asking", "present", "absent"]);
    return html`<div class="row wrap modes">
      ${view.meeting.phase === "in_session" ? html`<span class="row choose-mode" role="group" aria-label="${t("seating.tap")}"><span class="soft">${t("seating.tap")}</span>${["invite", "mark"].map((mode) => html`<button type="button" class="btn" data-do="mode" data-mode="${mode}" aria-pressed="${mode === this.mode}">${icon(mode === "invite" ? "mic" : "check")}${t(`seating.tap.${mode}`)}</button>`)}</span>` : html`<span class="soft">${t("seating.tap.only_mark")}</span>`}
      <span class="grow"></span>
      <ul class="legend row wrap">
        ${legend.map((state) => html`<li><i class="seat-sign is-${state}">${SIGNS[state] ? icon(SIGNS[state]) : ""}</i>${t(`seating.state.${state}`)} <b class="num">${count(state)}</b></li>`)}
      </ul>
    </div>`;
  }

  /** @param {View} view @param {string} key @param {string} seat @param {string} name @param {string} style */
  drawSeat(view, key, seat, name, style) {
    const state = stateAt(view, key);
    const place = state === "asking" ? placeInLine(view, key) : 0;
    const here = store.presence.connected[key];
    const said = [
      seat ? t("common.seat", { seat }) : "",
      called(view.people[key]),
      t(`seating.state.${state}`),
      place ? t("seating.place", { place }) : "",
      here ? t("console.connected") : "",
    ]
      .filter(Boolean)
      .join(", ");
    return html`<button
      type="button"
      class="seat is-${state}"
      data-do="seat"
      data-key="${seat || key}"
      data-person="${key}"
      style="${style}"
      aria-label="${said}"
      aria-pressed="${key === this.picked}"
      title="${called(view.people[key])}"
    >
      <span class="seat-top"
        ><span class="num">${seat}</span
        >${here ? html`<i class="here">${icon("device")}</i>` : ""}${place ? html`<b class="num place">${place}</b>` : ""}${SIGNS[state] ? icon(SIGNS[state]) : ""}</span
      ><span class="name">${name}</span>
    </button>`;
  }

  /** @param {View} view */
  drawPicked(view) {
    const key = this.picked ?? "";
    const person = view.people[key];
    if (!person)
      return html`<p class="picked soft">
        ${t(view.meeting.phase === "in_session" ? "seating.pick" : "seating.pick_mark")}
      </p>`;
    const state = stateAt(view, key);
    const present = Boolean(view.attendance.present[key]);
    const can = view.meeting.phase === "in_session";
    return html`<div class="picked row wrap" role="status">
      <span class="grow"
        ><b>${called(person)}</b><br /><span class="small soft"
          >${[under(person), person.seat ? t("common.seat", { seat: person.seat }) : "", t(`seating.state.${state}`)].filter(Boolean).join(" · ")}</span
        ></span
      >
      ${view.meeting.phase === "closed" ? "" : html`<button type="button" class="btn" data-do="mark" data-person="${key}">${icon(present ? "out" : "check")}${t(present ? "seating.mark_absent" : "console.mark_present")}</button>`}
      ${can && state === "speaking" ? html`<button type="button" class="btn" data-do="end">${t("floor.end")}</button>` : can ? html`<button type="button" class="btn firm" data-do="invite" data-person="${key}">${icon("mic")}${t("console.invite")}</button>` : ""}
    </div>`;
  }
}
