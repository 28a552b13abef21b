// Writing a conclusion: the same sheet at the console and in the secretariat.

import { html } from "../lib/html.js";
import { byOrder } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { give } from "../lib/commands.js";
import { sayRefusal } from "../lib/sheet.js";
import { order } from "../console/order.js";
import { dueField, dueOf } from "./due.js";

/** @param {string} [key] the conclusion to change; none: a new one, at the item the meeting is at */
export function writeConclusion(key) {
  const view = store.view;
  if (!view) return;
  const conclusion = key ? view.conclusions[key] : undefined;
  const at = conclusion ? conclusion.item : view.agenda.current;
  const units = [
    ...new Set(
      Object.values(view.people)
        .map((person) => person.unit)
        .filter(Boolean),
    ),
  ];
  openSheet(
    html`<form method="dialog">
      <h2>${t(key ? "conclusions.edit" : "conclusions.write")}</h2>
      <div class="field">
        <label for="c-text">${t("conclusions.text")}</label
        ><textarea id="c-text" name="text" rows="4" maxlength="4000" required>${conclusion?.text ?? ""}</textarea>
      </div>
      <div class="field">
        <label for="c-item">${t("conclusions.item")}</label
        ><select id="c-item" name="item">
          <option value="">${t("conclusions.whole")}</option>
          ${byOrder(view.agenda.items).map(([id, item]) => html`<option value="${id}" ?selected=${id === at}>${item.number}. ${item.title}</option>`)}
        </select>
      </div>
      <div class="two">
        <div class="field">
          <label for="c-lead">${t("conclusions.lead")}</label
          ><input
            id="c-lead"
            name="lead"
            list="units"
            maxlength="300"
            value="${conclusion?.lead ?? ""}"
            autocomplete="off"
          />
        </div>
        <div class="field">
          <label for="c-due">${t("conclusions.due")}</label
          ><input id="c-due" name="due" type="date" value="${dueField(conclusion?.due)}" />
        </div>
      </div>
      <div class="field">
        <label for="c-supporting">${t("conclusions.supporting")}</label
        ><input
          id="c-supporting"
          name="supporting"
          list="units"
          maxlength="300"
          value="${conclusion?.supporting ?? ""}"
          autocomplete="off"
        />
      </div>
      <datalist id="units">${units.map((unit) => html`<option value="${unit}"></option>`)}</datalist>
      <div class="actions">
        <button class="btn" type="button" data-act="">${t("common.cancel")}</button
        >${conclusion && conclusion.state !== "draft" ? html`<button class="btn strong" data-act="save">${t("secretariat.save")}</button>` : html`<button class="btn" data-act="save">${t("conclusions.save")}</button><button class="btn strong" data-act="publish">${t("conclusions.save_and_publish")}</button>`}
      </div>
    </form>`,
    async (name, form) => {
      if (!name) return undefined;
      const text = (/** @type {string} */ part) => String(form.get(part) ?? "");
      const due = dueOf(text("due"));
      const written = {
        text: text("text"),
        lead: text("lead"),
        supporting: text("supporting"),
        ...(text("item") ? { item: text("item") } : {}),
        ...(due === undefined ? {} : { due }),
      };
      const answer = key
        ? await give("conclusions.change", { conclusion: key, ...written })
        : await give("conclusions.write", written);
      if (!sayRefusal(answer)) return false;
      return name === "publish" ? order("conclusions.publish", { conclusion: key ?? answer.made }) : undefined;
    },
  );
}
