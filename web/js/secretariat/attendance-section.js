// <attendance-section>: the roll, the door page, and the table as a file.

import { attendees, csv, lateBy, stateOf, staysOf } from "../attendance/standing.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */

export class AttendanceSection extends ViewElement {
  static watch = ["meeting"];

  started() {
    this.onDo("export", save);
  }

  draw() {
    const base = location.pathname.replace(/\/[^/]*$/, "");
    return html`<div class="row wrap">
        <h2 class="grow">${t("secretariat.attendance")}</h2>
        <a class="btn" href="${base}/door" target="_blank">${icon("qr")}${t("attendance.door")}</a
        ><a class="btn" href="${base}/documents/attendance.xlsx" download
          >${icon("out")}${t("attendance.export.xlsx")}</a
        ><button class="btn" data-do="export">${icon("out")}${t("attendance.export")}</button>
      </div>
      <div class="card pad"><attendance-list></attendance-list></div>`;
  }
}

/** @param {View} view @returns {(string | number)[][]} */
function rows(view) {
  const head = [
    "number",
    "name",
    "office",
    "unit",
    "role",
    "vote",
    "seat",
    "state",
    "came",
    "went",
    "late",
    "reason",
    "stands_in",
  ].map((column) => t(`attendance.csv.${column}`));
  const body = attendees(view).map(([key, person], index) => {
    const stays = staysOf(view, key);
    const reply = view.replies.answers?.[key];
    const state = stateOf(view, key);
    const said = state === "present" || state === "gone" ? "" : (reply?.reason ?? "");
    return [
      index + 1,
      person.name ?? "",
      person.office,
      person.unit ?? "",
      t(`role.${person.role}`),
      person.member ? t("attendance.csv.yes") : "",
      person.seat ?? "",
      t(`attendance.${state}`),
      stays.map((stay) => clock(stay.arrived_at)).join("; "),
      stays
        .map((stay) => (stay.left_at ? clock(stay.left_at) : ""))
        .filter(Boolean)
        .join("; "),
      lateBy(view, key) || "",
      said,
      view.people[view.replies.substitutes[key] ?? ""]?.office ?? "",
    ];
  });
  return [head, ...body];
}

function save() {
  if (!store.view) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv(rows(store.view))], { type: "text/csv" }));
  link.download = `${t("attendance.csv.file")}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
