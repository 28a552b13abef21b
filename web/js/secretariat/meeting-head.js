// <meeting-head>: which meeting this is, its phase, and publishing it.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { openSettings } from "../lib/settings.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { wayHome } from "../lib/way-home.js";
import { clock, day, t } from "../lib/words.js";
import { order } from "../console/order.js";
import { leftToDo } from "./readiness.js";

export class MeetingHead extends ViewElement {
  static watch = ["meeting", "line", "attendance"];

  started() {
    this.onDo("publish", publish);
    this.onDo("settings", openSettings);
  }

  /** @param {import("../lib/types").View} view */
  draw({ meeting }) {
    const kind =
      { draft: "warn", in_session: "live", adjourned: "warn", circulating: "live", closed: "good" }[
        /** @type {string} */ (meeting.phase)
      ] ?? "accent";
    const base = location.pathname.replace(/\/[^/]*$/, "");
    return html`${wayHome()}
      <div class="grow">
        <p class="small soft row wrap">
          ${meeting.template ? html`<span class="chip accent">${t("secretariat.template")}</span>` : html`${day(meeting.starts)}, ${clock(meeting.starts)}${meeting.room ? ` · ${meeting.room}` : ""} <span class="chip ${kind}">${t(`phase.${meeting.phase}`)}</span>`}
          ${store.line === "open" ? "" : html`<span class="chip warn">${icon("nowifi")}${t(`line.${store.line}.short`)}</span>`}
        </p>
        <h1>${meeting.title}</h1>
      </div>
      ${meeting.written || meeting.template ? "" : html`<a class="btn" href="${base}/console" target="_blank">${icon("open")}${t("secretariat.console")}</a>`}<a
        class="btn"
        href="${base}/tablet"
        target="_blank"
        >${icon("device")}${t("secretariat.as_delegate")}</a
      >
      ${meeting.phase === "draft" && !meeting.template ? html`<button class="btn strong" data-do="publish">${t("secretariat.publish")}</button>` : ""}
      <button class="btn quiet icon" data-do="settings" aria-label="${t("settings.title")}">${icon("text")}</button>`;
  }
}

/** What is left to do is said, and publishing is possible all the same. */
function publish() {
  const view = store.view;
  if (!view) return;
  const tasks = leftToDo(view, store.now());
  openSheet(
    html`<form method="dialog">
      <h2>${t("secretariat.publish")}</h2>
      <p>${t("secretariat.publish.text")}</p>
      ${
        tasks.length
          ? html`<div class="note warn stack">
              <b>${t("secretariat.left", { n: tasks.length })}</b>
              <ul>
                ${tasks.map((task) => html`<li>• ${t(`task.${task.key}`, task.params)}</li>`)}
              </ul>
            </div>`
          : ""
      }${actions("publish", t("secretariat.publish"))}
    </form>`,
    async (name) => (name === "publish" ? order("meeting.publish") : undefined),
  );
}
