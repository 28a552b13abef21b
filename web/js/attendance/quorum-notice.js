// <quorum-notice>: what the chair must know of attendance while in session: too few members, somebody who asks to leave.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { clock, t } from "../lib/words.js";
import { openAttendance, refuse } from "./attendance-list.js";
import { lackingWords } from "./quorum.js";

export class QuorumNotice extends ViewElement {
  static watch = ["meeting", "attendance", "movements", "replies", "people"];

  started() {
    this.onDo("roll", openAttendance);
    this.onDo(
      "consent",
      (button) => void order("replies.decide", { participant: button.dataset.person, consent: true }),
    );
    this.onDo("refuse", (button) => refuse(button.dataset.person ?? ""));
    this.onDo("recess", () => void order("meeting.adjourn"));
  }

  /** @param {import("../lib/types").View} view */
  draw(view) {
    const asking =
      view.meeting.phase === "in_session"
        ? Object.entries(view.replies.answers ?? {}).filter(
            ([key, reply]) => reply.standing === "asked" && view.attendance.present[key],
          )
        : [];
    return html`${this.drawQuorum(view)}${asking.map(
      ([key, reply]) =>
        html`<p class="sent" data-key="${key}">
          ${icon("out")}<span class="grow"
            ><b>${t("leave.asks", { name: called(view.people[key]), time: clock(reply.since ?? reply.at) })}</b>
            <span class="small"
              >“${reply.reason}”${reply.until ? ` · ${t("leave.back", { time: clock(reply.until) })}` : ""}</span
            ></span
          >
          <button class="btn" data-do="refuse" data-person="${key}">${t("attendance.refuse")}</button
          ><button class="btn firm" data-do="consent" data-person="${key}">${t("attendance.consent")}</button>
        </p>`,
    )}`;
  }

  /** @param {import("../lib/types").View} view */
  drawQuorum({ meeting, attendance, movements }) {
    if (meeting.phase !== "in_session" || attendance.quorate) return "";
    const lost = movements.quorum_lost_at;
    const text = lost ? t("attendance.lost", { time: clock(lost) }) : t("attendance.never");
    return html`<p class="quorum" role="alert">
      ${icon("people")}<b class="grow">${text} ${lackingWords(attendance)}</b>
      <button class="btn" data-do="roll">${t("attendance.title")}</button
      >${lost ? html`<button class="btn firm" data-do="recess">${icon("pause")}${t("console.adjourn")}</button>` : ""}
    </p>`;
  }
}
