// <general-section>: title, type, room, time, organisation, form of address, quorum.

import { ViewElement } from "../lib/element.js";
import { html } from "../lib/html.js";
import { say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { order } from "../console/order.js";
import { offers } from "../voting/prepare-sheet.js";
import { PlanningNotice, planned } from "./planning.js";

const HANOI = 7 * 3_600_000; // Asia/Ho_Chi_Minh has no summer time
const ADDRESSES = ["dong_chi", "dai_bieu", "ong_ba", "neutral"];

/** A moment as the value of a datetime-local field in the time of the meeting, and back. @param {number} at */
export const toField = (at) => new Date(at + HANOI).toISOString().slice(0, 16);
/** @param {string} value @returns {number} NaN where nothing is filled in: Chromium would read a moment out of what is left */
export const fromField = (value) => (value ? Date.parse(`${value}:00Z`) - HANOI : NaN);

/** @param {string} value @param {string} words @param {boolean} chosen */
const choice = (value, words, chosen) => html`<option value="${value}" ?selected=${chosen}>${words}</option>`;

export class GeneralSection extends ViewElement {
  static watch = ["meeting", "attendance"];

  started() {
    /** @type {{name: string, title: string}[]} */
    this.rules = [];
    /** @type {import("./planning.js").Planned["circles"]} */
    this.circles = [];
    /** @type {string[]} */
    this.kinds = [];
    void this.look();
    this.on("submit", "form", (event, form) => {
      event.preventDefault();
      void this.save(new FormData(/** @type {HTMLFormElement} */ (form)));
    });
    this.on("change", "[name=room], [name=starts], [name=ends]", (_event, field) => {
      const typed = new FormData(field.closest("form") ?? undefined);
      const notice = this.querySelector("planning-notice");
      const starts = fromField(String(typed.get("starts")));
      if (notice instanceof PlanningNotice && Number.isFinite(starts))
        void notice.look(String(typed.get("room") ?? ""), starts, fromField(String(typed.get("ends"))) || 0);
    });
  }

  /** @param {import("../lib/types").View} view */
  draw({ meeting, attendance: { rule, votes } }) {
    const closed = meeting.phase === "closed";
    const field = (/** @type {"title" | "kind" | "room" | "organisation"} */ name, need = false) =>
      html`<div class="field">
        <label for="g-${name}">${t(`secretariat.general.${name}`)}</label
        ><input
          id="g-${name}"
          name="${name}"
          value="${meeting[name]}"
          maxlength="500"
          ${name === "room" || name === "kind" ? html`list="${name}s" autocomplete="off"` : ""}
          ?required=${need}
          ?disabled=${closed}
        />
      </div>`;
    const hours = (/** @type {"starts" | "ends"} */ name, need = false) =>
      html`<div class="field">
        <label for="g-${name}">${t(`secretariat.general.${name}`)}</label
        ><input
          id="g-${name}"
          name="${name}"
          type="datetime-local"
          value="${meeting[name] === undefined ? "" : toField(meeting[name])}"
          ?required=${need}
          ?disabled=${closed}
        />
      </div>`;
    const choose = (
      /** @type {"rule" | "circle"} */ name,
      /** @type {string[][]} */ offered,
      /** @type {string} */ none,
    ) =>
      html`<div class="field">
        <label for="g-${name}">${t(`secretariat.general.${name}`)}</label
        ><select id="g-${name}" name="${name}" ?disabled=${closed}>
          ${choice("", none, !meeting[name])}${offered.map(([value, words]) => choice(value, words, value === meeting[name]))}${meeting[name] && !offered.some(([value]) => value === meeting[name]) ? choice(meeting[name], "…", true) : ""}
        </select>
      </div>`;
    return html`<h2>${t("secretariat.general")}</h2>
      <datalist id="kinds">${(this.kinds ?? []).map((kind) => html`<option value="${kind}"></option>`)}</datalist>
      <form class="card pad stack">
        ${field("title", true)}
        <div class="two">${field("kind")}${field("room")}</div>
        <div class="two">${hours("starts", true)}${meeting.written ? "" : hours("ends")}</div>
        ${closed || meeting.written || meeting.template ? "" : html`<planning-notice data-key="planning" data-rooms></planning-notice>`}${field("organisation")}
        <fieldset class="field">
          <legend>${t("secretariat.general.address")}</legend>
          <span class="hint">${t("secretariat.general.address.hint")}</span>
          <div class="row wrap">
            ${ADDRESSES.map((name) => html`<label class="check"><input type="radio" name="address" value="${name}" ?checked=${name === meeting.address} ?disabled=${closed} />${t(`address.${name}.name`)}</label>`)}
          </div>
        </fieldset>
        <fieldset class="field">
          <legend>${t("secretariat.quorum")}</legend>
          <span class="hint">${t("secretariat.quorum.hint")}</span>
          <div class="row wrap quorum-rule">
            <select name="exceed" aria-label="${t("secretariat.quorum.how")}" ?disabled=${closed}>
              ${choice("", t("secretariat.quorum.reach"), !rule.exceed)}${choice("yes", t("secretariat.quorum.exceed"), rule.exceed)}
            </select>
            <span class="row"
              ><input
                name="numerator"
                type="number"
                inputmode="numeric"
                min="1"
                max="1000"
                value="${rule.numerator}"
                aria-label="${t("secretariat.quorum.numerator")}"
                ?disabled=${closed} /><span aria-hidden="true">/</span
              ><input
                name="denominator"
                type="number"
                inputmode="numeric"
                min="1"
                max="1000"
                value="${rule.denominator}"
                aria-label="${t("secretariat.quorum.denominator")}"
                ?disabled=${closed}
            /></span>
            <select name="weighted" aria-label="${t("secretariat.quorum.of")}" ?disabled=${closed}>
              ${choice("", t("secretariat.quorum.members"), !votes)}${choice("yes", t("secretariat.quorum.votes"), Boolean(votes))}
            </select>
          </div>
        </fieldset>
        <div class="two">
          ${choose(
            "rule",
            (this.rules ?? []).map(({ name, title }) => [name, title]),
            t("secretariat.general.rule.usual"),
          )}${
            meeting.template
              ? choose(
                  "circle",
                  (this.circles ?? []).map(({ id, name, people }) => [id, `${name} (${people})`]),
                  t("home.new.circle.none"),
                )
              : ""
          }
        </div>
        <div><button class="btn strong" ?disabled=${closed}>${t("secretariat.save")}</button></div>
      </form>`;
  }

  async look() {
    const [rules, { circles, terms }] = await Promise.all([offers(), planned()]); // whichever comes first, the view or these
    Object.assign(this, { rules, circles, kinds: terms?.meetings ?? [] });
    this.update(true);
  }

  /** @param {FormData} form */
  async save(form) {
    const text = (/** @type {string} */ name) => String(form.get(name) ?? "");
    const done = await order("meeting.describe", {
      title: text("title"),
      kind: text("kind"),
      room: text("room"),
      organisation: text("organisation"),
      starts: fromField(text("starts")) || (store.view?.meeting.starts ?? 0),
      ends: fromField(text("ends")) || 0,
      address: text("address") || "neutral",
      rule: text("rule"),
      circle: text("circle"),
    });
    const { rule, votes } = store.view?.attendance ?? {};
    const wanted = {
      numerator: Number(text("numerator")),
      denominator: Number(text("denominator")),
      exceed: text("exceed") === "yes",
      weighted: text("weighted") === "yes",
    };
    const same =
      rule &&
      rule.numerator === wanted.numerator &&
      rule.denominator === wanted.denominator &&
      rule.exceed === wanted.exceed &&
      Boolean(votes) === wanted.weighted;
    if (done && (same || (await order("meeting.set_quorum", wanted)))) say(t("secretariat.saved"), "good");
  }
}
