// Who chose what in a recorded vote: the seat map by choice, and the list; also who handed in a blank ballot or none.

import { html, icon } from "../lib/html.js";
import { called, inOrder } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { figure, t } from "../lib/words.js";
import { isSingle, optionsOf } from "./marks.js";
import { OTHERS, seatsBy, sign, wordOf } from "./choice-map.js";
import { standingOf } from "./seats.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").Result} Result */
/** @typedef {import("../lib/types").Choice} Choice */

/** @param {string} key */
export function showNames(key) {
  const view = store.view;
  const vote = view?.voting[key];
  const result = vote?.result;
  if (!view || !vote || !result) return;
  const dialog = openSheet(
    html`<div class="inside">
      <div class="row">
        <h2 class="grow">${t("vote.names")}</h2>
        <a class="btn" href="votes/${encodeURIComponent(key)}" target="_blank" rel="noopener"
          >${icon("open")}${t("vote.sheet")}</a
        ><button class="btn" type="button" data-act="">${t("common.close")}</button>
      </div>
      ${optionsOf(vote).map(([option, { text }]) => html`<section class="stack">${isSingle(vote) ? "" : html`<h3>${text}</h3>`}${seatsBy(view, vote, result, option)}${vote.answers.map((answer) => listed(view, vote, result, option, answer))}</section>`)}
      ${listed(view, vote, result, "", "blank")}${listed(view, vote, result, "", "not_voted")}
    </div>`,
  );
  dialog.classList.add("wide");
}

/** @param {View} view @param {Vote} vote @param {Result} result @param {string} option @param {string} standing */
function listed(view, vote, result, option, standing) {
  const people = inOrder(result.called).filter(
    ([person]) => person in { ...result.names, ...result.not_voted } && standingOf(result, person, option) === standing,
  );
  if (!people.length && (OTHERS.includes(/** @type {any} */ (standing)) || !isSingle(vote))) return "";
  const count = result.tally[option]?.[/** @type {Choice} */ (standing)] ?? people.length;
  return html`<section class="choice ${standing}">
    <h3 class="row">${sign(standing)}${wordOf(vote, standing)} <span class="num">(${figure(count)})</span></h3>
    <ul class="names">
      ${people.map(([person, entry]) => html`<li><span>${called(entry)}${result.given?.[person]?.[option] ? html` <b class="num">${result.given[person][option]} ${t("result.votes")}</b>` : ""}${result.weights?.[person] ? html` <b class="num">${t("vote.weight", { weight: figure(result.weights[person]) })}</b>` : ""}${result.cast_by?.[person] ? html` <span class="soft small">(${t("vote.cast_by", { name: called(result.called[result.cast_by[person]]) })})</span>` : ""}${result.entered?.[person] ? html` <span class="soft small">(${t("vote.from_paper", { name: result.entered[person] })})</span>` : ""}${result.texts[person] ? html`<br /><span class="soft small">“${result.texts[person]}”</span>` : ""}</span></li>`)}
    </ul>
  </section>`;
}
