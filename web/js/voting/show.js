// How a vote is shown wherever it is shown: the rule before, the five numbers and the chart after.

import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";

/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").Choice} Choice */

/** @type {Choice[]} */
export const CHOICES = ["yes", "no", "abstain"];
/** @type {Record<Choice, string>} */
export const SIGN = { yes: "check", no: "cross", abstain: "minus" };

/** @param {Vote} vote */
export const ruleSentence = (vote) => t(`rule.${vote.rule.name}.needed`, { needed: vote.rule.needed, of: vote.rule.of });

/** @param {Vote} vote @param {number} present */
export const ruleCard = (vote, present) => html`<div class="card rule"><b>${ruleSentence(vote)}</b>
  <p class="soft small">${t(`rule.${vote.rule.name}`)}${vote.rule.law ? html` <span>(${vote.rule.law})</span>` : ""} ${t("vote.present_now", { present })}</p></div>`;

/** The chart, the three figures, the rule and the five numbers. @param {Vote} vote */
export function resultCard(vote) {
  const result = vote.result;
  if (!result) return html``;
  return html`<div class="result stack">
    <p class="verdict ${result.carried ? "" : "lost"}">${t(result.carried ? "vote.carried" : "vote.lost")}</p>
    <div class="tally" role="img" aria-label="${CHOICES.map((choice) => `${t(`vote.${choice}`)}: ${result.tally[choice]}`).join(", ")}">
      ${CHOICES.map((choice) => html`<i class="choice ${choice}" style="width: ${share(result.tally[choice], result.total_members)}%"></i>`)}
    </div>
    <div class="figures">${CHOICES.map((choice) => html`<div class="choice ${choice}"><b class="num">${result.tally[choice]}</b><span class="row">${icon(SIGN[choice])}${t(`vote.${choice}`)}</span></div>`)}</div>
    <div class="card rule"><b>${t("vote.result_rule", { yes: result.tally.yes, needed: vote.rule.needed, of: result.total_members })}</b>
      <p class="soft small">${t(`rule.${vote.rule.name}`)} ${vote.rule.law}</p></div>
    <p class="five">${fiveNumbers(result)}</p>
  </div>`;
}

/** @param {import("../lib/types").Result} result */
const fiveNumbers = (result) =>
  /** @type {const} */ (["total_members", "invited", "present", "entitled", "voted"]).map(
    (name) => html`<span>${t(`vote.${name}`)} <b class="num">${result[name]}</b></span> `,
  );

/** @param {number} part @param {number} whole */
export const share = (part, whole) => (whole ? ((100 * part) / whole).toFixed(2) : "0");
