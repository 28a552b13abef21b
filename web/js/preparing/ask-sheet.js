// Asking a unit for a paper: what, at which item, who brings it, by when.

import { order } from "../console/order.js";
import { html } from "../lib/html.js";
import { attends, byOrder, called, inOrder } from "../lib/people.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { fromField, toField } from "../secretariat/general-section.js";

const DAY = 24 * 3_600_000;

/** @param {string} [key] what was asked for, to change it */
export function askPaper(key) {
  const view = store.view;
  if (!view) return;
  const asked = key ? view.preparing?.[key] : undefined;
  const items = byOrder(view.agenda.items);
  const people = inOrder(view.people).filter(([, person]) => attends(person));
  const units = [...new Set(people.map(([, person]) => person.unit).filter(Boolean))];
  const due = asked ? asked.due : Math.max(view.meeting.starts - 2 * DAY, store.now() + DAY);
  openSheet(
    html`<form method="dialog">
      <h2>${t(key ? "preparing.change" : "preparing.ask")}</h2>
      ${
        key
          ? ""
          : html`<div class="field">
              <label for="p-item">${t("papers.item")}</label
              ><select id="p-item" name="item">
                ${items.map(([id, item]) => html`<option value="${id}">${item.number}. ${item.title}</option>`)}
              </select>
            </div>`
      }
      <div class="field">
        <label for="p-title">${t("papers.title")}</label
        ><input id="p-title" name="title" value="${asked?.title ?? ""}" maxlength="500" required />
      </div>
      <div class="two">
        <div class="field">
          <label for="p-unit">${t("preparing.unit")}</label
          ><input
            id="p-unit"
            name="unit"
            list="p-units"
            value="${asked?.unit ?? ""}"
            maxlength="300"
            autocomplete="off"
          /><datalist id="p-units">${units.map((unit) => html`<option value="${unit}"></option>`)}</datalist>
        </div>
        <div class="field">
          <label for="p-due">${t("preparing.due")}</label
          ><input id="p-due" name="due" type="datetime-local" value="${due ? toField(due) : ""}" />
        </div>
      </div>
      <div class="field">
        <label for="p-who">${t("preparing.who")}</label
        ><select id="p-who" name="participant">
          <option value="">${t("preparing.office")}</option>
          ${people.map(([id, person]) => html`<option value="${id}" ?selected=${id === asked?.participant}>${called(person)}</option>`)}
        </select>
        <p class="hint">${t("preparing.who.hint")}</p>
      </div>
      ${actions("save", t("secretariat.save"))}
    </form>`,
    async (name, form) => {
      if (name !== "save") return undefined;
      const text = (/** @type {string} */ part) => String(form.get(part) ?? "").trim();
      const until = fromField(text("due"));
      const written = {
        title: text("title"),
        unit: text("unit"),
        ...(text("participant") ? { participant: text("participant") } : {}),
        ...(until ? { due: until } : {}),
      };
      return key
        ? order("preparing.change", { asked: key, ...written })
        : order("preparing.ask", { item: text("item"), ...written });
    },
  );
}
