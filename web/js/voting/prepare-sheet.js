// Preparing a vote: what is asked, how it is answered, and the rule that decides. Everything here is fixed when it opens.

import { html } from "../lib/html.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { order } from "../console/order.js";
import { optionsOf } from "./marks.js";

/** @typedef {import("../lib/types").Vote} Vote */

const KINDS = ["question", "questions", "choice", "election", "confidence", "straw"];
const RULES = ["ubnd", "hdnd", "hdnd_removal", "simple", "two_thirds", "most_votes", "shares", "shares_special"]; // should the server not answer
const OWN = [
  "law",
  "base",
  "exceed",
  "numerator",
  "denominator",
  "tie",
  "quorum_base",
  "quorum_numerator",
  "quorum_denominator",
  "quorum_exceed",
  "weighted",
  "by_proxy",
];
const BASES = ["total_members", "present", "entitled", "cast", "yes_no"];
const TIMES = [0, 30, 60, 120, 300, 600];
const NOTE = " – "; // a person and their office on one line

/** @param {string} name @param {string[]} values @param {string} now @param {(value: string) => string} word */
const select = (name, values, now, word) =>
  html`<select id="vote-${name}" name="${name}">
    ${values.map((value) => html`<option value="${value}" ?selected=${value === now}>${word(value)}</option>`)}
  </select>`;

/** @param {string} name @param {string} label @param {unknown} control @param {string} [hint] @param {string} [only] */
const field = (name, label, control, hint = "", only = "") =>
  html`<div class="field" data-only="${only}">
    <label for="vote-${name}">${label}</label>${hint ? html`<span class="hint">${hint}</span>` : ""}${control}
  </div>`;

/** @param {string} name @param {number} value @param {number} least @param {number} most */
const number = (name, value, least, most) =>
  html`<input
    id="vote-${name}"
    name="${name}"
    type="number"
    inputmode="numeric"
    min="${least}"
    max="${most}"
    value="${value}"
  />`;

/** @param {string} name @param {string} label @param {boolean} checked */
const check = (name, label, checked) =>
  html`<label class="check"><input type="checkbox" name="${name}" ?checked=${checked} />${label}</label>`;

/** @typedef {Partial<import("../lib/types").Rule> & {name: string, title: string, own: boolean}} Offered a rule as it is kept here, `own` if it is not one the program knows by name */

/** The rules an administrator offers. @returns {Promise<Offered[]>} */
export async function offers() {
  const answer = await fetch(location.pathname.replace(/[^/]*$/, "rules"), {
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(3_000),
  }).catch(() => null);
  return answer?.ok
    ? (await answer.json()).rules
    : RULES.map((name) => ({ name, title: t(`rule.${name}`), own: false }));
}

/** Prepares a new vote on an item, or changes one that is not open yet. @param {string | undefined} current @param {string} [key] */
export async function prepareVote(current, key) {
  const offered = await offers();
  const view = store.view;
  if (!view) return;
  const word = (/** @type {string} */ name) => offered.find((rule) => rule.name === name)?.title ?? t(`rule.${name}`);
  const former = key ? view.voting[key] : undefined;
  const usual = view.meeting.rule || "ubnd";
  const last = former ?? Object.values(view.voting).at(-1);
  const items = Object.entries(view.agenda.items).sort(([, a], [, b]) => a.order - b.order);
  const dialog = openSheet(
    html`<form
      method="dialog"
      class="prepare"
      data-kind="${former?.kind ?? "question"}"
      data-rule="${last?.rule.name ?? usual}"
    >
      <h2>${t(key ? "secretariat.change" : "vote.prepare")}</h2>
      ${field(
        "kind",
        t("vote.prepare.kind"),
        select("kind", KINDS, former?.kind ?? "question", (kind) => t(`vote.kind.${kind}`)),
      )}
      ${field(
        "item",
        t("vote.prepare.item"),
        html`<select id="vote-item" name="item">
          ${items.map(([id, item]) => html`<option value="${id}" ?selected=${id === (former?.item ?? current)}>${item.number}. ${item.title}</option>`)}
        </select>`,
      )}
      ${field("question", t("vote.prepare.question"), html`<textarea id="vote-question" name="question" rows="2" maxlength="2000" required>${former?.question ?? ""}</textarea>`, t("vote.prepare.hint"))}
      ${field(
        "options",
        t("vote.prepare.options"),
        html`<textarea id="vote-options" name="options" rows="5" maxlength="20000">
${
            former && Object.keys(former.options).join() !== "q"
              ? optionsOf(former)
                  .map(([, { text, note }]) => text + (note ? NOTE + note : ""))
                  .join("\n")
              : ""
          }</textarea>`,
        t("vote.prepare.options.hint"),
        "questions choice election confidence",
      )}
      <div class="three" data-only="choice election">
        ${field("places", t("vote.prepare.places"), number("places", former?.places ?? 1, 1, 60))}
        ${field("most", t("vote.prepare.most"), number("most", former?.most ?? 1, 1, 60))}${field("least", t("vote.prepare.least"), number("least", former?.least ?? 1, 0, 60))}
      </div>
      <div class="two">
        ${field(
          "secret",
          t("vote.prepare.secret"),
          select("secret", ["no", "yes"], former?.secret ? "yes" : "no", (value) =>
            t(value === "yes" ? "vote.secret_kind" : "vote.recorded_kind"),
          ),
        )}
        ${field(
          "method",
          t("vote.prepare.method"),
          select("method", ["devices", "hands", "paper"], former?.method ?? "devices", (method) =>
            t(`vote.method.${method}`),
          ),
        )}
      </div>
      ${field(
        "wording",
        t("vote.prepare.wording"),
        select("wording", ["approve", "agree"], former?.wording ?? last?.wording ?? "approve", (wording) =>
          t(`vote.wording.${wording}`),
        ),
        "",
        "question straw",
      )}
      ${field("rule", t("vote.prepare.rule"), select("rule", [...offered.map(({ name }) => name), "custom"], last?.rule.name ?? usual, word), "", "question questions choice election")}
      ${drawCustom(former)}
      ${field(
        "seconds",
        t("vote.prepare.seconds"),
        select("seconds", TIMES.map(String), String(former?.seconds ?? 0), (seconds) =>
          seconds === "0" ? t("vote.no_limit") : t("vote.seconds", { n: Number(seconds) }),
        ),
      )}
      <details>
        <summary>${t("vote.prepare.more")}</summary>
        <div class="stack">
          ${check("changeable", t("vote.prepare.changeable"), former?.changeable ?? true)}${check("when_complete", t("vote.prepare.when_complete"), former?.when_complete ?? false)}
          ${check("blank", t("vote.prepare.blank"), former?.blank ?? false)}
          <div class="two" data-only="choice election">
            ${field("each", t("vote.prepare.each"), number("each", former?.each ?? 1, 1, 60))}${field("each_least", t("vote.prepare.each_least"), number("each_least", former?.each_least ?? 1, 1, 60))}
          </div>
          ${field("law", t("vote.prepare.law"), html`<input id="vote-law" name="law" maxlength="300" value="${former?.rule.law ?? ""}" placeholder="${t("vote.prepare.law.hint")}" />`)}
        </div>
      </details>
      ${actions("prepare", t(key ? "secretariat.save" : "vote.prepare.do"))}
    </form>`,
    async (name, form) => {
      if (name !== "prepare") return undefined;
      return order(key ? "voting.change" : "voting.prepare", {
        ...(key ? { vote: key } : {}),
        ...asked(form, offered),
      });
    },
  );
  dialog.classList.add("wide");
  dialog.addEventListener("change", (event) => {
    const control = /** @type {HTMLSelectElement} */ (event.target);
    const form = dialog.querySelector("form");
    if (form && (control.name === "kind" || control.name === "rule")) form.dataset[control.name] = control.value;
    if (control.name === "places") {
      const most = dialog.querySelector("[name=most]");
      if (most instanceof HTMLInputElement) most.value = control.value;
    }
  });
}

/** A rule of one's own. @param {Vote | undefined} former */
function drawCustom(former) {
  const rule = former?.rule;
  return html`<fieldset class="custom stack">
    <legend class="label">${t("rule.custom")}</legend>
    <div class="three">
      ${field(
        "base",
        t("vote.prepare.base"),
        select("base", BASES, rule?.base ?? "total_members", (base) => t(`rule.base.${base}`)),
      )}
      ${field(
        "exceed",
        t("vote.prepare.exceed"),
        select("exceed", ["yes", "no"], rule?.exceed === false ? "no" : "yes", (value) => t(`rule.exceed.${value}`)),
      )}
      <div class="field">
        <label for="vote-numerator">${t("vote.prepare.fraction")}</label
        ><span class="row"
          >${number("numerator", rule?.numerator ?? 1, 1, 1000)}<span aria-hidden="true">/</span>
          <input
            name="denominator"
            type="number"
            inputmode="numeric"
            min="1"
            max="1000"
            value="${rule?.denominator ?? 2}"
            aria-label="${t("vote.prepare.denominator")}"
        /></span>
      </div>
    </div>
    <div class="three">
      ${field(
        "tie",
        t("vote.prepare.tie"),
        select("tie", ["rejected", "chairs_side", "casting", "repeat"], rule?.tie ?? "rejected", (tie) =>
          t(`rule.tie.${tie}.short`),
        ),
      )}
      ${field(
        "quorum_base",
        t("vote.prepare.quorum"),
        select("quorum_base", ["total_members", "entitled"], rule?.quorum_base ?? "total_members", (base) =>
          t(`rule.quorum.${base}.short`),
        ),
      )}
      <div class="field">
        <label for="vote-quorum_numerator">${t("vote.prepare.quorum_fraction")}</label
        ><span class="row"
          >${number("quorum_numerator", rule?.quorum_numerator ?? 0, 0, 1000)}<span aria-hidden="true">/</span>
          <input
            name="quorum_denominator"
            type="number"
            inputmode="numeric"
            min="1"
            max="1000"
            value="${rule?.quorum_denominator ?? 1}"
            aria-label="${t("vote.prepare.denominator")}"
        /></span>
      </div>
      ${field(
        "quorum_exceed",
        t("vote.prepare.quorum_exceed"),
        select("quorum_exceed", ["no", "yes"], rule?.quorum_exceed ? "yes" : "no", (value) =>
          t(`rule.quorum.exceed.${value}`),
        ),
      )}
    </div>
    ${check("by_proxy", t("vote.prepare.by_proxy"), rule?.by_proxy ?? false)}${check("weighted", t("vote.prepare.weighted"), rule?.weighted ?? false)}
  </fieldset>`;
}

/** The form as the command wants it. @param {FormData} form @param {Offered[]} offered */
function asked(form, offered) {
  const text = (/** @type {string} */ name) => String(form.get(name) ?? "").trim();
  const whole = (/** @type {string} */ name) => Math.max(0, Math.trunc(Number(form.get(name))) || 0);
  const several = !["question", "straw"].includes(text("kind"));
  const options = several
    ? text("options")
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
        .map((line) => {
          const [name, ...note] = line.split(NOTE);
          return [name.trim(), note.join(NOTE).trim()];
        })
    : [];
  const kept = offered.find(({ name, own }) => own && name === text("rule"));
  const rule = kept ? "custom" : text("rule");
  const own = kept
    ? Object.fromEntries(Object.entries(kept).filter(([name]) => OWN.includes(name)))
    : rule !== "custom"
      ? {}
      : {
          base: text("base"),
          exceed: text("exceed") === "yes",
          numerator: whole("numerator"),
          denominator: whole("denominator"),
          tie: text("tie"),
          quorum_base: text("quorum_base"),
          quorum_numerator: whole("quorum_numerator"),
          quorum_denominator: whole("quorum_denominator"),
          quorum_exceed: text("quorum_exceed") === "yes",
          by_proxy: form.has("by_proxy"),
          weighted: form.has("weighted"),
        };
  const law = text("law") ? { law: text("law") } : {};
  return {
    item: text("item"),
    question: text("question"),
    kind: text("kind"),
    wording: text("wording"),
    options,
    least: whole("least"),
    most: whole("most"),
    places: whole("places"),
    each: whole("each"),
    each_least: whole("each_least"),
    blank: form.has("blank"),
    secret: text("secret") === "yes",
    method: text("method"),
    changeable: form.has("changeable"),
    when_complete: form.has("when_complete"),
    seconds: whole("seconds"),
    rule,
    ...own,
    ...law,
  };
}
