// How a vote is shown wherever it is shown: the words of its answers, the rule before, and who takes the middle.

import { html } from "../lib/html.js";
import { figure, hasWord, t } from "../lib/words.js";
import { isChoosing } from "./marks.js";

/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Choice} Choice */
/** @typedef {import("../lib/types").Rule} Rule */

/** @type {Record<Choice, string>} */
export const SIGN = {
  yes: "check",
  no: "cross",
  abstain: "minus",
  other: "edit",
  high: "up",
  trust: "check",
  low: "down",
};

/** @param {Vote} vote @param {Choice} answer */
export function answerWord(vote, answer) {
  if (isChoosing(vote)) return t("answer.chosen");
  return t(
    vote.wording === "agree" && hasWord(`answer.agree.${answer}`) ? `answer.agree.${answer}` : `answer.${answer}`,
  );
}

/** Recorded or secret, and how it is counted. @param {Vote} vote */
export const kindChips = (vote) =>
  html`<span class="chip">${t(vote.secret ? "vote.secret_kind" : "vote.recorded_kind")}</span>
    ${vote.method === "devices" ? "" : html`<span class="chip">${t(`vote.method.${vote.method}`)}</span>`}${vote.kind === "question" ? "" : html`<span class="chip">${t(`vote.kind.${vote.kind}`)}</span>`}`;

/** @param {Rule} rule */
function fraction(rule) {
  if (rule.numerator * 2 === rule.denominator) return t("rule.half");
  return rule.denominator === 100 ? `${rule.numerator}%` : `${rule.numerator}/${rule.denominator}`;
}

/** What the rule counts, heads or votes, after a number or a fraction. @param {Rule} rule @param {"unit" | "base"} form */
export const counted = (rule, form) => t(`rule.${form}.${rule.weighted ? "weighed." : ""}${rule.base}`);

/** What carries, in general. @param {Rule} rule */
const carries = (rule) =>
  rule.numerator
    ? t(rule.exceed ? "rule.exceed" : "rule.reach", { fraction: fraction(rule), base: counted(rule, "base") })
    : t("rule.most");

/** What carries, in one sentence; with numbers where they are known. @param {Vote} vote */
export function ruleSentence(vote) {
  const { rule } = vote;
  if (vote.kind === "straw" || vote.kind === "confidence") return t(`rule.${vote.kind}`);
  if (rule.numerator && rule.needed !== undefined && rule.of !== undefined)
    return t("rule.needed", { needed: figure(rule.needed), of: figure(rule.of), base: counted(rule, "unit") });
  return carries(rule);
}

/** The rest of the rule: what it is called, its law, a tie, the quorum. @param {Vote} vote */
export function ruleDetails(vote) {
  const { rule } = vote;
  if (vote.kind === "straw") return "";
  const general = rule.needed === undefined || !rule.numerator ? "" : carries(rule);
  const tie =
    isChoosing(vote) || vote.kind === "confidence"
      ? ""
      : vote.secret && rule.tie === "chairs_side"
        ? t("rule.tie.secret")
        : t(`rule.tie.${rule.tie}`);
  const quorum =
    rule.quorum === undefined
      ? ""
      : vote.sent_round
        ? t("rule.quorum.written", { quorum: figure(rule.quorum) })
        : t(`rule.quorum.${rule.weighted ? "weighed." : ""}${rule.quorum_base}`, { quorum: figure(rule.quorum) });
  const places = isChoosing(vote) ? t("rule.places", { n: vote.places }) : "";
  const law = rule.law ? `(${rule.law}).` : "";
  return [vote.kind === "confidence" ? "" : general, places, tie, quorum, rule.by_proxy ? t("rule.by_proxy") : "", law]
    .filter(Boolean)
    .join(" ");
}

/** The card shown before a vote opens, on tablets and while it runs. @param {Vote} vote @param {number} present */
export const ruleCard = (vote, present) =>
  html`<div class="card rule">
    <b>${ruleSentence(vote)}</b>
    <p class="soft small">
      ${ruleDetails(vote)}
      ${vote.sent_round ? "" : vote.rule.weighted && vote.strength !== undefined ? t("vote.present_votes", { present: figure(vote.strength) }) : t("vote.present_now", { present })}
    </p>
  </div>`;

const RUNNING = ["open", "suspended", "counting"];

/** @param {Vote} vote */
export const isRunning = (vote) => RUNNING.includes(vote.phase);
