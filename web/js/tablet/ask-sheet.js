// The sheet behind the raised hand: what for, about what, and for a question to whom.

import { KINDS, SIGN } from "../floor/kinds.js";
import { give } from "../lib/commands.js";
import { html, icon } from "../lib/html.js";
import { called, inOrder } from "../lib/people.js";
import { actions, openSheet, sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { duration, t } from "../lib/words.js";

export function openAsk() {
  const { view, me } = store;
  if (!view || !me) return;
  const closed = !view.floor.rules.open;
  const waits = (/** @type {string} */ kind) => kind in me.requests;
  const can = (/** @type {string} */ kind) => !waits(kind) && (!closed || kind === "order");
  const first = KINDS.find(can);
  const people = inOrder(view.people).filter(([key, person]) => person.role !== "screen" && key !== me.id);
  const dialog = openSheet(
    html`<form method="dialog"><h2>${t("tablet.ask")}</h2>
      ${closed ? html`<p class="note warn row">${icon("lock")}<span>${t("tablet.ask.closed")}</span></p>` : ""}
      ${me.allowance_ms === undefined ? "" : html`<p class="soft">${t("tablet.ask.allowance", { left: duration(me.allowance_ms) })}</p>`}
      <fieldset class="kinds"><legend class="label">${t("tablet.ask.kind")}</legend>${KINDS.map((kind) => html`<label class="check"><input type="radio" name="kind" value="${kind}" ?checked=${kind === first} ?disabled=${!can(kind)}>${icon(SIGN[kind])}<span class="grow"><b>${t(`floor.kind.${kind}`)}</b><span class="small soft">${t(waits(kind) ? "tablet.ask.already" : `floor.kind.${kind}.hint`)}</span></span></label>`)}</fieldset>
      <div class="field asked"><label for="to">${t("tablet.ask.to")}</label><select id="to" name="to"><option value="">${t("tablet.ask.choose")}</option>${people.map(([key, person]) => html`<option value="${key}">${called(person)}</option>`)}</select></div>
      <div class="field"><label for="topic">${t("tablet.ask.topic")}</label><span class="hint">${t("tablet.ask.hint")}</span>
        <input id="topic" name="topic" maxlength="200" autocomplete="off"></div>
      ${actions("ask", t("tablet.ask.do"))}</form>`,
    (name, form, sheet) => {
      if (name !== "ask") return undefined;
      const text = (/** @type {string} */ field) => String(form.get(field) ?? "");
      const kind = text("kind");
      if (!kind) return false;
      if (kind === "question" && !text("to")) {
        needsPerson(sheet);
        return false;
      }
      // Not awaited: without a network the request waits for it and the sheet must not.
      void give("floor.request", { kind, topic: text("topic"), ...(kind === "question" ? { to: text("to") } : {}) }, { patience: "keep" }).then(sayRefusal);
      return undefined;
    },
  );
  dialog.classList.add("asking");
}

/** The error stands beside the field it is about. @param {HTMLDialogElement} sheet */
function needsPerson(sheet) {
  const field = sheet.querySelector(".asked");
  const select = sheet.querySelector("select");
  if (!field || !select || field.querySelector(".error")) return select?.focus();
  const error = document.createElement("span");
  error.className = "error";
  error.id = "to-error";
  error.setAttribute("role", "alert");
  error.textContent = t("tablet.ask.needs_person");
  select.before(error);
  select.setAttribute("aria-describedby", error.id);
  select.focus();
}
