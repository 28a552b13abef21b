// <preparing-board>: papers units were asked for: who brings what by when, how far it is, and letting it pass.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called } from "../lib/people.js";
import { actions, confirmed, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { moment, t } from "../lib/words.js";
import { address } from "../reader/images.js";
import { openPagesOf } from "../tablet/pages-sheet.js";
import { askPaper } from "./ask-sheet.js";
import { isLate, stateOf, tally } from "./states.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Asked} Asked */

const KINDS = { missing: "", draft: "", submitted: "warn", returned: "", approved: "good" };

export class PreparingBoard extends ViewElement {
  static watch = ["preparing", "papers", "agenda", "people", "meeting"];

  started() {
    this.onDo("ask", () => askPaper());
    this.onDo("change", ({ dataset: { asked = "" } }) => askPaper(asked));
    this.onDo("look", ({ dataset: { asked = "" } }) => look(asked));
    this.onDo("approve", ({ dataset: { asked = "" } }) => void approve(asked));
    this.onDo("send-back", ({ dataset: { asked = "" } }) => sendBack(asked));
    this.onDo("cancel", ({ dataset: { asked = "" } }) => void cancel(asked));
  }

  /** @param {View} view */
  draw(view) {
    const rows = byOrder(view.preparing ?? {});
    const count = tally(view, store.now());
    const base = location.pathname.replace(/\/[^/]*$/, "");
    const closed = view.meeting.phase === "closed";
    const sum = [
      count.missing ? t("preparing.n_missing", { n: count.missing }) : "",
      count.submitted ? t("preparing.n_submitted", { n: count.submitted }) : "",
      count.late ? t("preparing.n_late", { n: count.late }) : "",
    ]
      .filter(Boolean)
      .join(" · ");
    return html`<section class="card pad stack">
        <div class="row wrap">
          <h3 class="grow">${t("preparing.title")}</h3>
          ${closed ? "" : html`<button class="btn" data-do="ask">${icon("plus")}${t("preparing.ask")}</button>`}
        </div>
        ${rows.length ? html`<p class="${sum ? "" : "row good"}">${sum ? html`<b>${sum}</b>` : html`${icon("check")}<b>${t("preparing.all_approved")}</b>`}</p>` : html`<p class="soft">${t("preparing.none")}</p>`}
        ${rows.length ? html`<p class="small soft">${t("preparing.how")} <a href="${base}/invitations">${t("preparing.codes")}</a></p>` : ""}
      </section>
      ${
        rows.length
          ? html`<ul class="card bringing">
              ${rows.map(([key, asked]) => drawRow(view, key, asked, closed))}
            </ul>`
          : ""
      }`;
  }
}

/** @param {View} view @param {string} key @param {Asked} asked @param {boolean} closed */
function drawRow(view, key, asked, closed) {
  const state = stateOf(view, asked);
  const late = isLate(asked, store.now());
  const paper = asked.paper ? view.papers[asked.paper] : undefined;
  const who = [asked.unit, called(view.people[asked.participant ?? ""])].filter(Boolean).join(" · ");
  const named = { name: asked.title };
  return html`<li data-key="${key}" data-asked="${key}">
    <div class="row wrap">
      <b class="num">${view.agenda.items[asked.item]?.number ?? ""}</b
      ><span class="grow"
        ><b>${asked.title}</b><br /><span class="small soft"
          >${who || t("preparing.office")}${asked.due ? html` · <span class="${late ? "late" : ""}">${t("preparing.until", { time: moment(asked.due) })}</span>` : ""}${asked.state === "returned" ? html`<br />${t("preparing.returned_because", { reason: asked.reason ?? "" })}` : ""}${asked.state === "approved" ? html`<br />${t("preparing.approved_by", { name: asked.approved_by ?? "" })}` : ""}</span
        ></span
      >
      <span class="chip ${late ? "live" : KINDS[state]}"
        >${late ? t("preparing.late") : t(`preparing.state.${state}`)}</span
      >
    </div>
    <div class="row wrap acts">
      ${paper?.revision ? html`<button class="btn" data-do="look" data-asked="${key}" aria-label="${t("secretariat.look", named)}">${icon("eye")}${t("preparing.look")}</button>` : ""}
      ${
        closed || asked.state === "approved"
          ? ""
          : html`${paper?.revision ? html`<button class="btn ${asked.state === "submitted" ? "strong" : ""}" data-do="approve" data-asked="${key}">${icon("check")}${t("preparing.approve")}</button>` : ""}${asked.state === "submitted" ? html`<button class="btn" data-do="send-back" data-asked="${key}">${icon("back")}${t("preparing.send_back")}</button>` : ""}
              <span class="grow"></span
              ><button
                class="btn quiet icon"
                data-do="change"
                data-asked="${key}"
                aria-label="${t("secretariat.edit_of", named)}"
                title="${t("secretariat.edit_of", named)}"
              >
                ${icon("edit")}</button
              ><button
                class="btn quiet icon"
                data-do="cancel"
                data-asked="${key}"
                aria-label="${t("secretariat.remove_of", named)}"
                title="${t("secretariat.remove_of", named)}"
              >
                ${icon("trash")}
              </button>`
      }
    </div>
  </li>`;
}

/** @param {string} key */
const paperOf = (key) => store.view?.papers[store.view.preparing?.[key]?.paper ?? ""];

/** @param {string} key */
function look(key) {
  const paper = paperOf(key);
  if (paper?.revision)
    openPagesOf(paper, 1, (page) => window.open(address({ revision: paper.revision ?? "", page, width: 1600 })));
}

/** Before it was submitted the office asks itself once more. @param {string} key */
async function approve(key) {
  const asked = store.view?.preparing?.[key];
  const revision = paperOf(key)?.revision;
  if (!asked || !revision) return;
  if (
    asked.state !== "submitted" &&
    !(await confirmed(t("preparing.approve"), t("preparing.approve.early"), t("preparing.approve"), "strong"))
  )
    return;
  await order("preparing.approve", { asked: key, revision });
}

/** @param {string} key */
function sendBack(key) {
  openSheet(
    html`<form method="dialog">
      <h2>${t("preparing.send_back")}</h2>
      <p>${store.view?.preparing?.[key]?.title ?? ""}</p>
      <div class="field">
        <label for="reason">${t("preparing.reason")}</label
        ><textarea id="reason" name="reason" rows="3" maxlength="500" required></textarea>
        <p class="hint">${t("preparing.reason.hint")}</p>
      </div>
      ${actions("go", t("preparing.send_back"))}
    </form>`,
    async (name, form) =>
      name === "go"
        ? order("preparing.send_back", { asked: key, reason: String(form.get("reason") ?? "").trim() })
        : undefined,
  );
}

/** @param {string} key */
async function cancel(key) {
  if (await confirmed(t("preparing.cancel"), t("preparing.cancel.text"), t("preparing.cancel")))
    await order("preparing.cancel", { asked: key });
}
