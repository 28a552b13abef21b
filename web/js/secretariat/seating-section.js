// <seating-section>: the plan of the room: made, filled, adjusted; and as it is now.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { confirmed, say } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { store } from "../lib/store.js";
import { address, planned as rooms } from "./planning.js";
import { openShapes } from "../seating/shape-sheet.js";

export class SeatingSection extends ViewElement {
  static watch = ["seating", "meeting"];

  started() {
    this.editing = false;
    /** @type {{name: string, seats: number}[]} rooms the organisation keeps a plan of, or may */
    this.rooms = [];
    void this.look();
    this.onDo("take", () => void this.plan("take"));
    this.onDo("keep", () => void this.plan("keep"));
    this.onDo("make", openShapes);
    this.onDo("fill", () => void fill());
    this.onDo("add-seat", () => void order("seating.add", { x: 800, y: 500 }));
    this.onDo("edit", () => {
      this.editing = !this.editing;
      this.update(true);
    });
  }

  /** @param {import("../lib/types").View} view */
  draw(view) {
    const planned = Object.keys(view.seating.places).length > 0;
    const open = view.meeting.phase !== "closed";
    const editing = this.editing && planned && open;
    const room = this.rooms?.find(({ name }) => same(name) === same(view.meeting.room));
    const base = location.pathname.replace(/\/[^/]*$/, "");
    return html`<div class="row wrap">
        <h2 class="grow">${t("secretariat.seating")}</h2>
        <a class="btn" href="${base}/documents/plates.pdf" target="_blank">${icon("out")}${t("seating.plates")}</a
        >${planned ? html`<a class="btn" href="${base}/documents/seatplan.pdf" target="_blank">${icon("out")}${t("seating.print")}</a>` : ""}
        ${planned && open ? html`<button class="btn" data-do="edit" aria-pressed="${editing}">${icon("edit")}${t("seating.edit")}</button>${editing ? html`<button class="btn" data-do="add-seat">${icon("plus")}${t("seating.add_seat")}</button>` : html`<button class="btn" data-do="fill">${icon("people")}${t("seating.fill")}</button>`}` : ""}
        ${open && room?.seats && !editing ? html`<button class="btn ${planned ? "" : "strong"}" data-do="take">${icon("seats")}${t("seating.take")}</button>` : ""}
        ${room && planned && !editing ? html`<button class="btn" data-do="keep">${t("seating.keep")}</button>` : ""}
        ${open ? html`<button class="btn ${planned || room?.seats ? "" : "strong"}" data-do="make">${icon("seats")}${t("seating.make")}</button>` : ""}
      </div>
      ${planned || !open ? "" : html`<p class="note row" data-key="none">${icon("info")}<span>${t(room?.seats ? "seating.none.take" : "seating.none")}</span></p>`}
      <div class="card pad" ${planned ? "" : " hidden"}>
        ${editing ? html`<seat-editor data-key="editor"></seat-editor>` : html`<seat-map data-key="map"></seat-map>`}
      </div>`;
  }

  async look() {
    this.rooms = (await rooms()).rooms;
    this.update(true);
  }

  /** The plan of the room is taken over, or this one is kept for the room. @param {"take" | "keep"} way */
  async plan(way) {
    const there = Object.keys(store.view?.seating.places ?? {}).length;
    if (
      (there || way === "keep") &&
      !(await confirmed(t(`seating.${way}`), t(`seating.${way}.text`), t(`seating.${way}.do`), "strong"))
    )
      return;
    const answer = await fetch(address(), { method: "POST", body: way, signal: AbortSignal.timeout(10_000) }).catch(
      () => null,
    );
    if (answer?.ok) say(t(`seating.${way}.done`), "good");
    else say((answer?.status === 409 && (await answer.json()).text) || t(`seating.${way}.not`), "warn");
    await this.look();
  }
}

/** @param {string} text */
const same = (text) => text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");

async function fill() {
  if (await confirmed(t("seating.fill"), t("seating.fill.text"), t("seating.fill.do"), "strong"))
    await order("seating.fill", { keep: false });
}
