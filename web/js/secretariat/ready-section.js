// <ready-section>: what is left to do, and what has come to the tablets.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { leftToDo } from "./readiness.js";

export class ReadySection extends ViewElement {
  static watch = ["meeting", "people", "agenda", "papers", "voting", "preparing"];

  /** @param {import("../lib/types").View} view */
  draw(view) {
    const tasks = leftToDo(view, store.now());
    return html`<h2>${t("secretariat.ready")}</h2>
      <section class="card pad stack">
        <h3>
          ${view.meeting.phase === "closed" ? t("secretariat.over") : tasks.length ? t(view.meeting.phase === "draft" ? "secretariat.left" : "secretariat.left_now", { n: tasks.length }) : t("secretariat.nothing_left")}
        </h3>
        <ul class="tasks">
          ${tasks.map((task) => html`<li>${icon("clock")}<span class="grow">${t(`task.${task.key}`, task.params)}</span><a href="#${task.section}">${t("secretariat.go")}</a></li>`)}
        </ul>
      </section>
      <preparing-board></preparing-board>
      <delivery-board></delivery-board>`;
  }
}
