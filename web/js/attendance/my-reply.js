// <my-reply>: before the meeting: I will come, or I ask to stay away; and what was answered.

import { give } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { actions, openSheet, sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";

export class MyReply extends ViewElement {
  static watch = ["me", "meeting"];

  started() {
    this.onDo("confirm", () => void give("replies.confirm", {}, { patience: "keep" }).then(sayRefusal));
    this.onDo("away", askAway);
  }

  /** @param {import("../lib/types").View} view @param {import("../lib/types").Me} me */
  draw(view, me) {
    if (me.present || view.meeting.phase !== "published") return html``;
    const { reply } = me;
    const standing = reply?.standing;
    const good = standing === "confirmed" || standing === "excused";
    return html`${
        reply
          ? html`<p class="note ${good ? "good" : standing === "refused" ? "warn" : ""} row">
              ${icon(good ? "check" : "info")}<span role="status"
                ><b>${t(`reply.${standing}`)}</b
                >${reply.answer ? html`<br />${t("reply.answer", { answer: reply.answer })}` : ""}</span
              >
            </p>`
          : ""
      }
      <div class="row wrap">
        ${standing === "confirmed" ? "" : html`<button class="btn grow" data-do="confirm">${icon("check")}${t("reply.confirm")}</button>`}
        <button class="btn grow" data-do="away">
          ${t(standing === "asked" || standing === "refused" ? "reply.away_again" : "reply.away")}
        </button>
      </div>`;
  }
}

function askAway() {
  const reply = store.me?.reply;
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("reply.away")}</h2>
      <p class="hint">${t("reply.away.hint")}</p>
      <div class="field">
        <label for="reason">${t("attendance.reason")}</label
        ><input id="reason" name="reason" maxlength="300" required autocomplete="off" value="${reply?.reason ?? ""}" />
      </div>
      <fieldset>
        <legend class="label">${t("reply.how_long")}</legend>
        <label class="check"><input type="radio" name="part" value="all" checked />${t("reply.whole")}</label
        ><label class="check"><input type="radio" name="part" value="some" />${t("reply.part")}</label>
      </fieldset>
      <div class="row part">
        <label class="field grow">${t("reply.since")}<input type="time" name="since" /></label
        ><label class="field grow">${t("reply.until")}<input type="time" name="until" /></label>
      </div>
      <div class="field">
        <label for="substitute">${t("reply.substitute")}</label><span class="hint">${t("reply.substitute.hint")}</span
        ><input
          id="substitute"
          name="substitute"
          maxlength="300"
          autocomplete="off"
          value="${reply?.substitute ?? ""}"
        />
      </div>
      ${actions("ask", t("reply.send"))}
    </form>`,
    (name, form) => {
      if (name !== "ask") return undefined;
      const text = (/** @type {string} */ field) => String(form.get(field) ?? "").trim();
      if (!text("reason")) return false;
      const part = text("part") === "some" ? { ...at("since", text("since")), ...at("until", text("until")) } : {};
      void give(
        "replies.ask_absence",
        { reason: text("reason"), substitute: text("substitute"), ...part },
        { patience: "keep" },
      ).then(sayRefusal);
      return undefined;
    },
  );
  dialog.classList.add("away");
}

/** In the middle of the meeting: asks to leave early or to be away a while, or leaves now. */
export function askLeave() {
  const now = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Ho_Chi_Minh",
    hour: "2-digit",
    minute: "2-digit",
  }).format(store.now());
  openSheet(
    html`<form method="dialog">
      <h2>${t("leave.title")}</h2>
      <p class="hint">${t("leave.hint")}</p>
      <div class="field">
        <label for="reason">${t("attendance.reason")}</label
        ><input id="reason" name="reason" maxlength="300" required autocomplete="off" />
      </div>
      <div class="row">
        <label class="field grow">${t("reply.since")}<input type="time" name="since" value="${now}" required /></label
        ><label class="field grow">${t("leave.until")}<input type="time" name="until" /></label>
      </div>
      <div class="actions">
        <button class="btn" type="button" data-act="">${t("common.cancel")}</button
        ><button class="btn" data-act="now">${icon("out")}${t("leave.now")}</button
        ><button class="btn strong" data-act="ask">${t("leave.ask")}</button>
      </div>
    </form>`,
    (name, form) => {
      const text = (/** @type {string} */ field) => String(form.get(field) ?? "").trim();
      if (!name || !text("reason")) return name ? false : undefined;
      void give(
        "replies.ask_absence",
        { reason: text("reason"), ...at("since", text("since")), ...at("until", text("until")) },
        { patience: "keep" },
      ).then(sayRefusal);
      if (name === "now") void give("attendance.leave", {}, { patience: "keep" }).then(sayRefusal);
      return undefined;
    },
  );
}

/** A time of day on the day of the meeting, in Vietnam's time whatever the tablet's. @param {string} name @param {string} time */
function at(name, time) {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(store.view?.meeting.starts);
  return time ? { [name]: Date.parse(`${day}T${time}:00+07:00`) } : {};
}
