// <seating-section>: the plan of the room: made, filled, adjusted; and as it is now.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { confirmed } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { openShapes } from "../seating/shape-sheet.js";

export class SeatingSection extends ViewElement {
  static watch = ["seating", "meeting"];

  started() {
    this.editing = false;
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
    const base = location.pathname.replace(/\/[^/]*$/, "");
    return html`<div class="row wrap"><h2 class="grow">${t("secretariat.seating")}</h2><a class="btn" href="${base}/documents/plates.pdf" target="_blank">${icon("out")}${t("seating.plates")}</a>${planned ? html`<a class="btn" href="${base}/documents/seatplan.pdf" target="_blank">${icon("out")}${t("seating.print")}</a>` : ""}
        ${planned && open ? html`<button class="btn" data-do="edit" aria-pressed="${editing}">${icon("edit")}${t("seating.edit")}</button>${editing ? html`<button class="btn" data-do="add-seat">${icon("plus")}${t("seating.add_seat")}</button>` : html`<button class="btn" data-do="fill">${icon("people")}${t("seating.fill")}</button>`}` : ""}
        ${open ? html`<button class="btn ${planned ? "" : "strong"}" data-do="make">${icon("seats")}${t("seating.make")}</button>` : ""}</div>
      <div class="card pad">${editing ? html`<seat-editor data-key="editor"></seat-editor>` : html`<seat-map data-key="map"></seat-map>`}</div>`;
  }
}

async function fill() {
  if (await confirmed(t("seating.fill"), t("seating.fill.text"), t("seating.fill.do"), "strong")) await order("seating.fill", { keep: false });
}
