// <conclusions-section>: what was concluded, who does it by when, and how far it is.

import { stateChip, taskLine } from "../conclusions/show.js";
import { writeConclusion } from "../conclusions/sheet.js";
import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called } from "../lib/people.js";
import { actions, confirmed, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { moment, t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */

export class ConclusionsSection extends ViewElement {
  static watch = ["conclusions", "agenda", "people", "minutes", "reports"];

  started() {
    this.onDo("write", () => writeConclusion());
    this.onDo("edit", (button) => writeConclusion(button.dataset.conclusion));
    this.onDo("publish", (button) => void order("conclusions.publish", { conclusion: button.dataset.conclusion }));
    this.onDo("settle", (button) => void settle(button.dataset.conclusion ?? "", true));
    this.onDo("reopen", (button) => void settle(button.dataset.conclusion ?? "", false));
    this.onDo("progress", (button) => progress(button.dataset.conclusion ?? ""));
    this.onDo("remove", (button) => void remove(button.dataset.conclusion ?? ""));
  }

  /** @param {View} view */
  draw(view) {
    const conclusions = byOrder(view.conclusions);
    const locked = view.minutes.state === "approved";
    const base = location.pathname.replace(/\/[^/]*$/, "");
    return html`<div class="row wrap">
        <h2 class="grow">${t("conclusions.title")}</h2>
        <a class="btn" href="/tasks">${t("tasks.link")}</a
        ><a class="btn" href="${base}/carry">${t("conclusions.carry")}</a
        >${locked ? "" : html`<button class="btn strong" data-do="write">${icon("plus")}${t("conclusions.write")}</button>`}
      </div>
      ${conclusions.length ? "" : html`<p class="card pad soft">${t("conclusions.none")}</p>`}
      ${conclusions.map(
        ([key, conclusion]) =>
          html`<article class="card pad stack" data-key="${key}">
            <p class="row wrap">
              <span class="soft grow"
                >${conclusion.item ? t("common.item", { number: view.agenda.items[conclusion.item]?.number ?? "" }) : t("conclusions.whole")}</span
              >${view.reports.waiting?.[key] ? html`<a class="btn" href="/tasks/${location.pathname.split("/")[2]}/${key}">${t("reports.waits")}</a>` : ""}${stateChip(conclusion, store.now())}
            </p>
            <p class="prose lead">${conclusion.text}</p>
            ${taskLine(conclusion) ? html`<p class="soft">${taskLine(conclusion)}</p>` : ""}${this.drawProgress(view, conclusion)}
            <div class="row wrap">
              ${this.drawActs(key, conclusion.state)}<span class="grow"></span
              >${locked ? "" : html`<button class="btn quiet" data-do="edit" data-conclusion="${key}">${icon("edit")}${t("secretariat.change")}</button><button class="btn quiet icon" data-do="remove" data-conclusion="${key}" aria-label="${t("secretariat.remove_of", { name: conclusion.text.slice(0, 60) })}">${icon("trash")}</button>`}
            </div>
          </article>`,
      )}`;
  }

  /** What was said of it, the newest open, what was before on request. @param {View} view @param {import("../lib/types").Conclusion} conclusion */
  drawProgress(view, conclusion) {
    const told = Object.values(conclusion.progress ?? {}).filter((each) => each.note);
    const line = (/** @type {{at: number, note: string, by?: string}} */ each) =>
      html`<p class="note">
        ${each.note}
        <span class="small">· ${moment(each.at)}${each.by ? ` · ${called(view.people[each.by])}` : ""}</span>
      </p>`;
    const newest = told.pop();
    return html`${newest ? line(newest) : ""}${
      told.length
        ? html`<details>
            <summary class="small">${t("tasks.earlier", { n: told.length })}</summary>
            ${told.reverse().map(line)}
          </details>`
        : ""
    }`;
  }

  /** @param {string} key @param {string} state */
  drawActs(key, state) {
    if (state === "draft")
      return html`<button class="btn firm" data-do="publish" data-conclusion="${key}">
        ${t("conclusions.publish")}
      </button>`;
    if (state === "done")
      return html`<button class="btn" data-do="reopen" data-conclusion="${key}">${t("conclusions.reopen")}</button>`;
    return html`<button class="btn" data-do="settle" data-conclusion="${key}">
        ${icon("check")}${t("conclusions.settle")}</button
      ><button class="btn" data-do="progress" data-conclusion="${key}">${t("conclusions.progress")}</button>`;
  }
}

/** @param {string} key @param {boolean} done */
async function settle(key, done) {
  await order("conclusions.settle", { conclusion: key, done, note: store.view?.conclusions[key]?.note ?? "" });
}

/** @param {string} key */
function progress(key) {
  openSheet(
    html`<form method="dialog">
      <h2>${t("conclusions.progress")}</h2>
      <div class="field">
        <label for="note">${t("conclusions.progress.note")}</label
        ><textarea id="note" name="note" rows="3" maxlength="500">${store.view?.conclusions[key]?.note ?? ""}</textarea>
      </div>
      ${actions("save", t("secretariat.save"))}
    </form>`,
    async (name, form) =>
      name === "save"
        ? order("conclusions.settle", { conclusion: key, note: String(form.get("note") ?? "") })
        : undefined,
  );
}

/** @param {string} key */
async function remove(key) {
  if (await confirmed(t("secretariat.remove"), t("conclusions.remove.text"), t("secretariat.remove")))
    await order("conclusions.remove", { conclusion: key });
}
