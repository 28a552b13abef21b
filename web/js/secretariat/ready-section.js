// <ready-section>: what is left to do, and which devices are here.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called, inOrder } from "../lib/people.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";
import { leftToDo } from "./readiness.js";

export class ReadySection extends ViewElement {
  static watch = ["meeting", "people", "agenda", "papers", "voting", "attendance", "presence"];

  /** @param {import("../lib/types").View} view */
  draw(view) {
    const tasks = leftToDo(view, store.now());
    const people = inOrder(view.people);
    return html`<h2>${t("secretariat.ready")}</h2>
      <section class="card pad stack"><h3>${tasks.length ? t("secretariat.left", { n: tasks.length }) : t("secretariat.nothing_left")}</h3>
        <ul class="tasks">${tasks.map((task) => html`<li>${icon("clock")}<span class="grow">${t(`task.${task.key}`, task.params)}</span><a href="#${task.section}">${t("secretariat.go")}</a></li>`)}</ul></section>
      <div class="card tablewrap" tabindex="0" role="region" aria-label="${t("secretariat.devices")}"><table><thead><tr><th scope="col">${t("secretariat.people.who")}</th><th scope="col">${t("secretariat.device")}</th><th scope="col">${t("secretariat.people.present")}</th></tr></thead>
      <tbody>${people.map(([key, person]) => html`<tr data-key="${key}"><td><b>${called(person)}</b></td><td>${store.presence.connected[key] ? html`<span class="chip good">${t("console.devices", { n: store.presence.connected[key] })}</span>` : html`<span class="chip">${t("console.not_connected")}</span>`}</td>
        <td>${view.attendance.present[key] ? t("console.present_since", { time: clock(view.attendance.present[key].at) }) : "–"}</td></tr>`)}</tbody></table></div>`;
  }
}
