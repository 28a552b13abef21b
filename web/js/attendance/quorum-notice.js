// <quorum-notice>: said on the console the moment the meeting in session has too few members, and until it has enough.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { clock, t } from "../lib/words.js";
import { openAttendance } from "./attendance-list.js";

export class QuorumNotice extends ViewElement {
  static watch = ["meeting", "attendance", "movements"];

  started() {
    this.onDo("roll", openAttendance);
    this.onDo("recess", () => void order("meeting.adjourn"));
  }

  /** @param {import("../lib/types").View} view */
  draw({ meeting, attendance, movements }) {
    if (meeting.phase !== "in_session" || attendance.quorate) return html``;
    const lost = movements.quorum_lost_at;
    const text = lost ? t("attendance.lost", { time: clock(lost) }) : t("attendance.never");
    return html`<p class="quorum" role="alert">${icon("people")}<b class="grow">${text} ${t("attendance.lost.count", { present: attendance.members_present, quorum: attendance.quorum })}</b>
      <button class="btn" data-do="roll">${t("attendance.title")}</button>${lost ? html`<button class="btn firm" data-do="recess">${icon("pause")}${t("console.adjourn")}</button>` : ""}</p>`;
  }
}
