// <circulation-section>: sending questions round, who has answered, more time, recalling, and the end of it.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { actions, confirmed, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { moment, t } from "../lib/words.js";
import { fromField, toField } from "../secretariat/general-section.js";
import { pressing, questions, reminded, standing } from "./answers.js";

/** @typedef {import("../lib/types").View} View */

const DAY = 24 * 3_600_000;

export class CirculationSection extends ViewElement {
  static watch = ["meeting", "circulation", "voting", "people", "reminders", "tick"];

  started() {
    this.onDo("send", () =>
      askDue(
        "circulation.send",
        (store.view?.meeting.starts ?? 0) > store.now() ? (store.view?.meeting.starts ?? 0) : store.now() + 5 * DAY,
      ),
    );
    this.onDo("extend", () => askDue("circulation.extend", (store.view?.circulation.due ?? store.now()) + DAY));
    this.onDo("recall", recall);
    this.onDo("finish", () => void finish());
  }

  /** @param {View} view */
  draw(view) {
    const { phase } = view.meeting;
    const prepared = Object.values(view.voting).filter((vote) => vote.phase === "prepared").length;
    if (phase === "draft" || phase === "published") {
      return html`<h2>${t("secretariat.circulation")}</h2>
        <section class="card pad stack">
          <p>${t("circulation.lead")}</p>
          <p class="soft">${prepared ? t("circulation.prepared", { n: prepared }) : t("circulation.no_question")}</p>
          <div>
            <button class="btn strong" data-do="send" ?disabled=${!prepared}>
              ${icon("play")}${t("circulation.send")}
            </button>
          </div>
        </section>`;
    }
    return html`<h2>${t("secretariat.circulation")}</h2>
      ${this.drawState(view)}${this.drawStanding(view)}`;
  }

  /** @param {View} view */
  drawState(view) {
    const { circulation, meeting } = view;
    if (circulation.recalled)
      return html`<p class="note warn">${t("circulation.recalled", { reason: circulation.recalled })}</p>`;
    if (meeting.phase === "closed") return html`<p class="note good">${t("circulation.finished")}</p>`;
    const open = questions(view).some(([, vote]) => ["prepared", "open", "suspended", "counting"].includes(vote.phase));
    return html`<section class="card pad stack">
      <p><b>${t(open ? "circulation.due" : "circulation.over", { time: moment(circulation.due ?? 0) })}</b></p>
      <div class="row wrap">
        ${open ? html`<button class="btn" data-do="extend">${icon("clock")}${t("circulation.extend")}</button><button class="btn danger" data-do="recall">${t("circulation.recall")}</button>` : html`<button class="btn strong" data-do="finish">${icon("check")}${t("circulation.finish")}</button>`}
      </div>
    </section>`;
  }

  /** @param {View} view */
  drawStanding(view) {
    const people = standing(view);
    if (!people.length) return "";
    const done = people.filter(({ answered, of }) => answered === of).length;
    const missing = people
      .filter(({ answered, of }) => answered < of)
      .map(({ participant }) => called(view.people[participant]));
    const how = pressing(view, store.now());
    return html`${how && missing.length ? html`<p class="note ${how === "late" ? "bad" : "warn"}" role="status"><b>${t(`circulation.missing.${how}`, { n: missing.length })}</b> ${missing.join("; ")}</p>` : ""}
      <section class="card tablewrap" tabindex="0" role="region" aria-label="${t("circulation.standing")}">
        <table>
          <caption>
            ${t("circulation.answered", { done, of: people.length })}
          </caption>
          <thead>
            <tr>
              <th scope="col">${t("secretariat.people.who")}</th>
              <th scope="col">${t("circulation.standing")}</th>
            </tr>
          </thead>
          <tbody>
            ${people.map(
              ({ participant, answered, of }) =>
                html`<tr data-key="${participant}">
                  <td><b>${called(view.people[participant])}</b></td>
                  <td>
                    ${answered === of ? html`<span class="chip good">${icon("check")}${t("circulation.has_answered")}</span>` : html`<span class="row wrap">${this.drawLacking(view, participant, answered, of, how)}</span>`}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </section>`;
  }

  /** @param {View} view @param {string} participant @param {number} answered @param {number} of @param {"" | "soon" | "late"} how */
  drawLacking(view, participant, answered, of, how) {
    const chip = html`<span class="chip ${how === "late" ? "live" : how === "soon" ? "warn" : ""}"
      >${how ? icon("clock") : ""}${answered ? t("circulation.part", { n: answered, of }) : t("circulation.not_answered")}${how ? ` · ${t(`circulation.${how}`)}` : ""}</span
    >`;
    return html`${chip}${how !== "late" && reminded(view, participant) ? html`<span class="chip">${icon("mail")}${t("circulation.reminded")}</span>` : ""}`;
  }
}

/** @param {string} command @param {number} proposed */
function askDue(command, proposed) {
  openSheet(
    html`<form method="dialog">
      <h2>${t(command)}</h2>
      <p>${t(`${command}.text`)}</p>
      <div class="field">
        <label for="due">${t("circulation.due.label")}</label
        ><input id="due" name="due" type="datetime-local" required value="${toField(proposed)}" />
      </div>
      ${actions("go", t(command))}
    </form>`,
    async (name, form) =>
      name === "go" ? order(command, { due: fromField(String(form.get("due"))) || 0 }) : undefined,
  );
}

function recall() {
  openSheet(
    html`<form method="dialog">
      <h2>${t("circulation.recall")}</h2>
      <p>${t("circulation.recall.text")}</p>
      <div class="field">
        <label for="reason">${t("circulation.recall.reason")}</label
        ><input id="reason" name="reason" required maxlength="500" />
      </div>
      ${actions("go", t("circulation.recall"), "danger")}
    </form>`,
    async (name, form) =>
      name === "go" ? order("circulation.recall", { reason: String(form.get("reason")) }) : undefined,
  );
}

async function finish() {
  if (await confirmed(t("circulation.finish"), t("circulation.finish.text"), t("circulation.finish"), "strong"))
    await order("circulation.finish");
}
