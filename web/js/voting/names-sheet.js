// Who chose what in a recorded vote: the seat map by choice, and the list; also who handed in a blank ballot or none.

import { html, icon } from "../lib/html.js";
import { called, inOrder } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { figure, t } from "../lib/words.js";
import { boxOf, DEPTH, shortNames, WIDTH } from "../seating/plan.js";
import { isSingle, optionsOf } from "./marks.js";
import { spotsOf, standingOf } from "./seats.js";
import { answerWord, SIGN } from "./show.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").Result} Result */
/** @typedef {import("../lib/types").Choice} Choice */

const OTHERS = /** @type {const} */ (["blank", "not_voted", "not_chosen"]);

/** @param {string} key */
export function showNames(key) {
  const view = store.view;
  const vote = view?.voting[key];
  const result = vote?.result;
  if (!view || !vote || !result) return;
  const dialog = openSheet(html`<div class="inside"><div class="row"><h2 class="grow">${t("vote.names")}</h2><a class="btn" href="votes/${encodeURIComponent(key)}" target="_blank" rel="noopener">${icon("open")}${t("vote.sheet")}</a><button class="btn" type="button" data-act="">${t("common.close")}</button></div>
    ${optionsOf(vote).map(([option, { text }]) => html`<section class="stack">${isSingle(vote) ? "" : html`<h3>${text}</h3>`}${seatsBy(view, vote, result, option)}${vote.answers.map((answer) => listed(view, vote, result, option, answer))}</section>`)}
    ${listed(view, vote, result, "", "blank")}${listed(view, vote, result, "", "not_voted")}</div>`);
  dialog.classList.add("wide");
}

/** @param {Vote} vote @param {string} standing */
function wordOf(vote, standing) {
  if (standing === "blank") return t("vote.blank_ballot");
  return standing === "not_voted" || standing === "not_chosen" ? t(`vote.${standing}`) : answerWord(vote, /** @type {Choice} */ (standing));
}

/** The room from above, every seat in the colour, pattern and sign of what was chosen there. @param {View} view @param {Vote} vote @param {Result} result @param {string} option */
export function seatsBy(view, vote, result, option) {
  const spots = spotsOf(view, result);
  const names = shortNames(view.people);
  const standings = [...vote.answers, ...OTHERS].filter((standing) => spots.some(({ person }) => standingOf(result, person, option) === standing));
  const legend = html`<ul class="legend row wrap">${standings.map((standing) => html`<li><i class="seat-sign is-chosen choice ${standing}">${sign(standing)}</i>${wordOf(vote, standing)} <b class="num">${spots.filter(({ person }) => standingOf(result, person, option) === standing).length}</b></li>`)}</ul>`;
  const seats = spots.map(({ seat, person, at }) => {
    const standing = standingOf(result, person, option);
    const style = at ? `left: ${(100 * at.x) / WIDTH}%; top: ${(100 * at.y) / DEPTH}%` : "";
    return html`<span class="seat is-chosen choice ${standing}" data-key="${person}" style="${style}" title="${called(result.called[person])}"><span class="seat-top"><span class="num">${seat}</span>${sign(standing)}</span><span class="name">${names[person] ?? called(result.called[person])}</span><span class="sr">${wordOf(vote, standing)}</span></span>`;
  });
  if (!spots.some(({ at }) => at)) return html`${legend}<div class="seat-rows">${seats}</div>`;
  const { width, height } = boxOf(view.seating.places);
  return html`${legend}<div class="hall by-choice"><div class="seats" style="--w: ${width / WIDTH}; --h: ${height / DEPTH}; --t: ${Math.min(height / 4.3, width / 9) / WIDTH}">${seats}</div></div>`;
}

/** @param {string} standing */
const sign = (standing) => (standing in SIGN ? icon(SIGN[/** @type {Choice} */ (standing)]) : "");

/** @param {View} view @param {Vote} vote @param {Result} result @param {string} option @param {string} standing */
function listed(view, vote, result, option, standing) {
  const people = inOrder(result.called).filter(([person]) => person in { ...result.names, ...result.not_voted } && standingOf(result, person, option) === standing);
  if (!people.length && (OTHERS.includes(/** @type {any} */ (standing)) || !isSingle(vote))) return "";
  const count = result.tally[option]?.[/** @type {Choice} */ (standing)] ?? people.length;
  return html`<section class="choice ${standing}"><h3 class="row">${sign(standing)}${wordOf(vote, standing)} <span class="num">(${figure(count)})</span></h3>
    <ul class="names">${people.map(([person, entry]) => html`<li><span>${called(entry)}${result.given?.[person]?.[option] ? html` <b class="num">${result.given[person][option]} ${t("result.votes")}</b>` : ""}${result.weights?.[person] ? html` <b class="num">${t("vote.weight", { weight: figure(result.weights[person]) })}</b>` : ""}${result.cast_by?.[person] ? html` <span class="soft small">(${t("vote.cast_by", { name: called(result.called[result.cast_by[person]]) })})</span>` : ""}${result.texts[person] ? html`<br><span class="soft small">“${result.texts[person]}”</span>` : ""}</span></li>`)}</ul></section>`;
}
