// <speaking-table>: who has spoken, how often and how long, and who not yet; on the console and in the secretariat.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { spent } from "../lib/speech.js";
import { store } from "../lib/store.js";
import { clock, duration, t } from "../lib/words.js";
import { KINDS, SIGN } from "./kinds.js";
import { budgetsLeft, shares, silent } from "./statistics.js";

/** @typedef {import("../lib/types").View} View */

export class SpeakingTable extends ViewElement {
  static watch = ["floor", "people", "attendance", "agenda", "meeting"];

  started() {
    this.onDo("invite", (button) => void order("floor.give", { participant: button.dataset.person }));
    this.onDo(
      "again",
      (button) => void order("floor.give", { participant: button.dataset.person, kind: button.dataset.kind }),
    );
  }

  /** @param {View} view */
  draw(view) {
    const spoke = shares(view.floor.turns ?? {});
    const most = Math.max(1, ...spoke.map((share) => share.ms));
    const total = spoke.reduce((sum, share) => sum + share.ms, 0);
    return html`<p class="soft">
        ${t("floor.statistics.sum", { n: spoke.reduce((sum, share) => sum + share.times, 0), people: spoke.length, time: duration(total) })}
      </p>
      ${
        spoke.length
          ? html`<div class="tablewrap" tabindex="0" role="region" aria-label="${t("floor.statistics")}">
              <table>
                <thead>
                  <tr>
                    <th scope="col">${t("floor.who")}</th>
                    <th scope="col">${t("floor.times")}</th>
                    <th scope="col">${t("floor.kinds")}</th>
                    <th scope="col">${t("floor.total")}</th>
                  </tr>
                </thead>
                <tbody>
                  ${spoke.map(
                    (share) =>
                      html`<tr data-key="${share.person}">
                        <td><b>${called(view.people[share.person])}</b></td>
                        <td class="num">${share.times}</td>
                        <td>
                          ${KINDS.filter((kind) => share.kinds[kind]).map((kind) => html`<span class="chip">${icon(SIGN[kind])}${t(`floor.kind.${kind}`)} ${share.kinds[kind]}</span> `)}
                        </td>
                        <td class="num">
                          <span class="share" style="--part: ${(100 * share.ms) / most}%">${duration(share.ms)}</span>
                        </td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
          : ""
      }
      ${this.drawBudgets(view)}${this.drawSilent(view)}${this.drawLast(view)}`;
  }

  /** @param {View} view */
  drawBudgets(view) {
    const { speech, rules } = view.floor;
    const budgets = Object.entries(budgetsLeft(view, speech ? spent(speech, store.now()) : 0));
    if (!budgets.length) return "";
    return html`<h3>${t("floor.budgets")}</h3>
      <ul class="plain">
        ${budgets.map(([unit, left]) => html`<li class="row"><span class="grow">${unit}</span><b class="num ${left < 0 ? "late" : ""}">${t("floor.budget_of", { left: duration(left), of: duration((rules.budgets?.[unit] ?? 0) * 1000) })}</b></li>`)}
      </ul>`;
  }

  /** @param {View} view */
  drawSilent(view) {
    const quiet = silent(view);
    if (!quiet.length) return "";
    const can = view.meeting.phase === "in_session";
    return html`<h3>${t("floor.silent", { n: quiet.length })}</h3>
      <ul class="names">
        ${quiet.map((key) => html`<li class="row" data-key="${key}"><span class="grow">${called(view.people[key])}</span>${can ? html`<button type="button" class="btn" data-do="invite" data-person="${key}" aria-label="${t("floor.invite_of", { name: called(view.people[key]) })}">${t("console.invite")}</button>` : ""}</li>`)}
      </ul>`;
  }

  /** The last speeches, to call somebody back. @param {View} view */
  drawLast(view) {
    const last = Object.entries(view.floor.turns ?? {})
      .sort(([, a], [, b]) => b.started_at - a.started_at)
      .slice(0, 12);
    if (!last.length) return "";
    const can = view.meeting.phase === "in_session";
    return html`<h3>${t("floor.course")}</h3>
      <ul class="plain">
        ${last.map(
          ([key, turn]) =>
            html`<li class="row" data-key="${key}">
              <time class="num soft">${clock(turn.started_at)}</time
              ><span class="grow"
                >${called(view.people[turn.participant])}
                <span class="small soft"
                  >${[t(`floor.kind.${turn.kind}`), view.agenda.items[turn.item ?? ""] ? t("common.item", { number: view.agenda.items[turn.item ?? ""].number }) : ""].filter(Boolean).join(" · ")}</span
                ></span
              ><span class="num">${duration(turn.spent_ms)}</span
              >${can && view.people[turn.participant] ? html`<button type="button" class="btn" data-do="again" data-person="${turn.participant}" data-kind="${turn.kind}" aria-label="${t("floor.again_of", { name: called(view.people[turn.participant]) })}">${t("floor.again")}</button>` : ""}
            </li>`,
        )}
      </ul>`;
  }
}

/** The table as a sheet over the console. */
export function openSpeaking() {
  const dialog = openSheet(
    html`<div class="inside">
      <div class="row">
        <h2 class="grow">${t("floor.statistics")}</h2>
        <button class="btn" type="button" data-act="">${t("common.close")}</button>
      </div>
      <speaking-table></speaking-table>
    </div>`,
  );
  dialog.classList.add("wide");
}
