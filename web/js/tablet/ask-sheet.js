// The sheet behind the raised hand: what for, about what, and for a question to whom.

import { KINDS, SIGN } from "../floor/kinds.js";
import { give } from "../lib/commands.js";
import { html, icon } from "../lib/html.js";
import { attends, byOrder, called, inOrder } from "../lib/people.js";
import { openSheet, sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { duration, t } from "../lib/words.js";

export function openAsk() {
  const { view, me } = store;
  if (!view || !me) return;
  const closed = !view.floor.rules.open;
  const waits = (/** @type {string} */ kind) => kind in me.requests;
  const can = (/** @type {string} */ kind) => !waits(kind) && (!closed || kind === "order");
  const first = KINDS.find(can);
  const people = inOrder(view.people).filter(([key, person]) => attends(person) && key !== me.id);
  const queue = byOrder(view.floor.requests);
  const mine = queue.flatMap(([key, request], at) =>
    request.participant === me.id ? [{ key, kind: request.kind, place: at + 1 }] : [],
  );
  const other = first !== "speak"; // what most people want is one press; the rest is folded away
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("tablet.ask")}</h2>
      ${mine.map(
        ({ key, kind, place }) =>
          html`<p class="note row">
            <span class="grow"
              ><b
                >${kind === "speak" ? t("tablet.waiting", { place }) : t("tablet.waiting.kind", { place, kind: t(`floor.kind.${kind}`) })}</b
              ></span
            ><button type="button" class="btn firm" data-act="withdraw" value="${key}">${t("tablet.withdraw")}</button>
          </p>`,
      )}
      ${closed ? html`<p class="note warn row">${icon("lock")}<span>${t("tablet.ask.closed")}</span></p>` : ""}
      ${me.allowance_ms === undefined ? "" : html`<p class="soft">${t("tablet.ask.allowance", { left: duration(me.allowance_ms) })}</p>`}
      ${me.budget_ms === undefined ? "" : html`<p class="${me.budget_ms < 0 ? "late" : "soft"}">${t(me.budget_ms < 0 ? "tablet.ask.budget.over" : "tablet.ask.budget", { left: duration(Math.abs(me.budget_ms)) })}</p>`}
      <details class="more-kinds" ?open=${closed && !mine.length}>
        <summary>${t(mine.length ? "tablet.ask.another" : "tablet.ask.other_kinds")}</summary>
        <fieldset class="kinds">
          <legend class="label">${t("tablet.ask.kind")}</legend>
          ${KINDS.map(
            (kind) =>
              html`<label class="check"
                ><input
                  type="radio"
                  name="kind"
                  value="${kind}"
                  ?checked=${kind === first && !mine.length}
                  ?disabled=${!can(kind)}
                />${icon(SIGN[kind])}<span class="grow"
                  ><b>${t(`floor.kind.${kind}`)}</b
                  ><span class="small soft"
                    >${t(waits(kind) ? "tablet.ask.already" : `floor.kind.${kind}.hint`)}</span
                  ></span
                ></label
              >`,
          )}
        </fieldset>
      </details>
      <div class="field asked">
        <label for="to">${t("tablet.ask.to")}</label
        ><select id="to" name="to">
          <option value="">${t("tablet.ask.choose")}</option>
          ${people.map(([key, person]) => html`<option value="${key}">${called(person)}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="topic">${t("tablet.ask.topic")}</label><span class="hint">${t("tablet.ask.hint")}</span>
        <input id="topic" name="topic" maxlength="200" autocomplete="off" />
      </div>
      <div class="actions">
        <button class="btn" type="button" data-act="">${t(mine.length ? "common.close" : "common.cancel")}</button
        ><button class="btn strong tall grow" data-act="ask">
          ${t(other || mine.length ? "tablet.ask.send" : "tablet.ask.do")}
        </button>
      </div>
    </form>`,
    (name, form, sheet, button) => {
      if (name === "withdraw")
        void give(
          "floor.withdraw",
          { request: /** @type {HTMLButtonElement} */ (button).value },
          { patience: "keep" },
        ).then(sayRefusal);
      if (name !== "ask") return undefined;
      const text = (/** @type {string} */ field) => String(form.get(field) ?? "");
      const kind = text("kind");
      if (!kind) return false;
      if (kind === "question" && !text("to")) {
        needsPerson(sheet);
        return false;
      }
      // Not awaited: without a network the request waits for it and the sheet must not.
      void give(
        "floor.request",
        { kind, topic: text("topic"), ...(kind === "question" ? { to: text("to") } : {}) },
        { patience: "keep" },
      ).then(sayRefusal);
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
