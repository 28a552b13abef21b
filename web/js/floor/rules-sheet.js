// The rules of the floor as a sheet: the list open or closed, who may ask, limits by kind, time budgets of units.

import { order } from "../console/order.js";
import { html } from "../lib/html.js";
import { actions, openSheet, say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { KINDS } from "./kinds.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").FloorRules} FloorRules */

export function openRules() {
  const view = store.view;
  if (!view) return;
  const { rules } = view.floor;
  const box = (/** @type {"open" | "present_only" | "sound"} */ name) =>
    html`<label class="check"
      ><input type="checkbox" name="${name}" ?checked=${rules[name]} /><span>${t(`floor.rules.${name}`)}</span></label
    >`;
  const minutes = (/** @type {string} */ name, /** @type {number} */ seconds, /** @type {string} */ label) =>
    html`<label class="row limit"
      ><span class="grow">${label}</span
      ><input
        name="${name}"
        type="number"
        inputmode="decimal"
        min="0"
        max="600"
        step="0.5"
        value="${seconds / 60}"
      /><span class="soft">${t("floor.rules.minutes")}</span></label
    >`;
  const units = [...new Set(Object.values(view.people).map((person) => person.unit ?? ""))]
    .filter(Boolean)
    .sort((a, b) => a.localeCompare(b, "vi"));
  const budgets = rules.budgets ?? {};
  const item = view.agenda.current;
  const current = item ? view.agenda.items[item] : undefined;
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("floor.rules")}</h2>
      <div>${box("open")}${box("present_only")}${box("sound")}</div>
      <fieldset class="stack">
        <legend class="label">${t("floor.rules.limits")}</legend>
        <span class="hint">${t("floor.rules.limits.hint")}</span
        >${KINDS.map((kind) => minutes(`limit-${kind}`, rules.limits?.[kind] ?? 0, t(`floor.kind.${kind}`)))}
      </fieldset>
      ${
        current
          ? html`<fieldset class="stack">
              <legend class="label">${t("floor.rules.cap")}</legend>
              <span class="hint">${t("floor.rules.cap.hint")}</span
              >${minutes("cap", view.floor.discussion?.seconds ?? 0, `${t("common.item", { number: current.number })}. ${current.title}`)}
            </fieldset>`
          : ""
      }
      <details ?open=${Object.keys(budgets).length > 0 || Boolean(rules.person)}>
        <summary class="label">${t("floor.budgets")}</summary>
        <p class="hint">${t("floor.budgets.hint")}</p>
        <div class="row wrap">
          ${[1, 3, 5].map((more) => html`<button type="button" class="btn" data-act="add" value="${more}" ?disabled=${!Object.keys(budgets).length && !rules.person}>${t("floor.budgets.add", { n: more })}</button>`)}
        </div>
        <div class="stack">
          ${minutes("person", rules.person ?? 0, t("floor.rules.person"))}${units.map((unit, index) => minutes(`budget-${index}`, budgets[unit] ?? 0, unit))}
        </div>
      </details>
      ${actions("save", t("secretariat.save"))}
    </form>`,
    async (name, form, _dialog, button) => {
      if (name !== "add" && name !== "save") return undefined;
      const saved = (await capped(item, view.floor.discussion?.seconds ?? 0, form)) && (await save(rules, units, form));
      return name === "add" && saved ? addTime(Number(/** @type {HTMLButtonElement} */ (button).value)) : saved;
    },
  );
  dialog.classList.add("rules");
}

/** @param {number} minutes */
async function addTime(minutes) {
  const done = await order("floor.add_time", { seconds: 60 * minutes });
  if (done) setTimeout(() => say(t("floor.budgets.added", { n: minutes }), "good")); // over the page, once the sheet is closed
  return done;
}

/** @param {string | undefined} item @param {number} before @param {FormData} form */
async function capped(item, before, form) {
  const seconds = Math.round(60 * Number(form.get("cap") ?? 0));
  return !item || !form.has("cap") || seconds === before || Boolean(await order("floor.cap", { item, seconds }));
}

/** Only what was changed is said. @param {FloorRules} rules @param {string[]} units @param {FormData} form */
async function save(rules, units, form) {
  const [open, present_only, sound] = ["open", "present_only", "sound"].map((name) => form.has(name));
  if (open !== rules.open || present_only !== rules.present_only || sound !== rules.sound) {
    if (!(await order("floor.arrange", { open, present_only, sound }))) return false;
  }
  const seconds = (/** @type {string} */ name) => Math.round(60 * Number(form.get(name) ?? 0));
  for (const kind of KINDS) {
    if (
      seconds(`limit-${kind}`) !== rules.limits?.[kind] &&
      !(await order("floor.limit", { kind, seconds: seconds(`limit-${kind}`) }))
    )
      return false;
  }
  if (seconds("person") !== (rules.person ?? 0) && !(await order("floor.allot", { seconds: seconds("person") })))
    return false;
  for (const [index, unit] of units.entries()) {
    const wanted = seconds(`budget-${index}`);
    if (wanted !== (rules.budgets?.[unit] ?? 0) && !(await order("floor.budget", { unit, seconds: wanted })))
      return false;
  }
  return true;
}
