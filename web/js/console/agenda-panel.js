// <agenda-panel>: the agenda with planned and spent minutes; one tap goes to an item, the lowest button to the next.

import { plannedMinutes } from "../lib/agenda.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder } from "../lib/people.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { openOpinions } from "../opinions/sheet.js";
import { writeConclusion } from "../conclusions/sheet.js";
import { order } from "./order.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Item} Item */

export class AgendaPanel extends ViewElement {
  static watch = ["agenda", "meeting", "opinions", "tick"];

  started() {
    this.onDo("conclude", () => writeConclusion());
    this.onDo("opinions", (button) => openOpinions(button.dataset.item ?? ""));
    this.onDo("go", (button) => void order("meeting.go_to", { item: button.dataset.item }));
  }

  /** @param {View} view */
  draw(view) {
    const items = byOrder(view.agenda.items);
    const running = view.meeting.phase === "in_session";
    const index = items.findIndex(([key]) => key === view.agenda.current);
    const next = items[index + 1];
    return html`<div class="head">
        <h2 class="grow">${t("common.agenda")}</h2>
        ${this.drawLate(items, view)}
      </div>
      <ol class="points">
        ${items.map(
          ([key, item]) =>
            html`<li data-key="${key}">
              <button
                class="point ${item.state}"
                data-do="go"
                data-item="${key}"
                ?disabled=${!running}
                style="--level: ${item.level}"
                aria-current="${item.state === "current" ? "step" : "false"}"
              >
                <span class="num no">${item.number}</span
                ><span class="name">${item.title}</span>${this.drawMinutes(item)}
              </button>
            </li>`,
        )}
      </ol>
      <div class="foot">
        ${this.drawOpinions(view)}${view.meeting.phase === "draft" ? "" : html`<button class="btn quiet wide" data-do="conclude">${icon("edit")}${t("conclusions.write")}</button>`}${running && next ? html`<button class="btn firm wide" data-do="go" data-item="${next[0]}">${t("console.next_item", { number: next[1].number })}${icon("right")}</button>` : ""}
      </div>`;
  }

  /** What was said before the meeting about the item that is on, or about the first of all. @param {View} view */
  drawOpinions(view) {
    const said = Object.values(view.opinions ?? {});
    const item = view.agenda.current ?? said[0]?.item;
    const n = said.filter((each) => each.item === item).length;
    return item && n
      ? html`<button class="btn quiet wide" data-do="opinions" data-item="${item}">
          ${icon("debate")}${t("opinions.on_n", { number: view.agenda.items[item]?.number ?? "", n })}
        </button>`
      : "";
  }

  shown = "";

  /** The item that is on is in sight, however long the agenda. */
  drawn() {
    const current = store.view?.agenda.current ?? "";
    if (current === this.shown) return;
    this.shown = current;
    this.querySelector(".point.current")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Item} item */
  drawMinutes(item) {
    const spent = minutes(item);
    const over = item.minutes && spent > item.minutes;
    return html`<span class="num minutes ${over ? "over" : ""}"
      >${spent || item.state === "current" ? `${spent} / ` : ""}${item.minutes}′</span
    >`;
  }

  /** How far behind the plan: minutes overdrawn by what has been on. @param {[string, Item][]} items @param {View} view */
  drawLate(items, view) {
    if (!view.meeting.opened_at)
      return html`<span class="small soft">${t("console.planned", { n: plannedMinutes(items) })}</span>`;
    const late = items.reduce(
      (sum, [, item]) =>
        sum +
        (item.state === "done"
          ? minutes(item) - item.minutes
          : item.state === "current"
            ? Math.max(0, minutes(item) - item.minutes)
            : 0),
      0,
    );
    if (late > 0) return html`<span class="small over">${t("console.late", { n: late })}</span>`;
    return html`<span class="small soft">${t("console.on_time")}</span>`;
  }
}

/** Minutes an item has taken so far. @param {Item} item */
const minutes = (item) =>
  Math.floor(((item.spent_ms ?? 0) + (item.started_at ? lastMoment() - item.started_at : 0)) / 60_000);

/** Now, or the end of the meeting: nothing is counted on after it. */
const lastMoment = () => store.view?.meeting.closed_at ?? store.now();
