// The result of a vote: the verdict, the numbers with their bars, the rule that was applied, and the five numbers.

import { html, icon } from "../lib/html.js";
import { figure, t } from "../lib/words.js";
import { portrait } from "./portrait.js";
import { isSingle, optionsOf, percent, wholeOf } from "./marks.js";
import { answerWord, counted as countedIn, ruleDetails, SIGN } from "./show.js";

/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").Result} Result */

/** "21 thành viên, cần ít nhất 11; có mặt 18; tán thành 12 – thông qua". @param {Vote} vote @param {Result} result @param {string} option */
export function resultSentence(vote, result, option) {
  const outcome = result.outcomes[option];
  if (!outcome) return t(`rule.${vote.kind}`);
  return t("result.sentence", {
    of: figure(outcome.of),
    base: countedIn(vote.rule, "unit"),
    needed: figure(outcome.needed),
    present: figure(result.weighed?.present ?? result.present),
    answer: answerWord(vote, "yes").toLocaleLowerCase(),
    yes: figure(result.tally[option]?.yes ?? 0),
    verdict:
      outcome.by === "awaits"
        ? t("vote.awaits").toLocaleLowerCase()
        : t(outcome.carried ? "result.carried" : "result.lost"),
  });
}

/** Which rule decided. @param {import("../lib/types").Outcome | undefined} outcome */
export const decidedBy = (outcome) => (outcome ? t(`by.${outcome.by}`) : "");

/** What the chair's decision means, in the words of the ballot. @param {Vote} vote @param {import("../lib/types").Choice | undefined} answer */
export const castingWords = (vote, answer) =>
  answer ? t(`vote.casting.${answer}`, { answer: answerWord(vote, answer) }) : "";

/** Who decided a tie, and how. @param {Vote} vote @param {Result} result @param {string} option */
export function casting(vote, { casting: said, casting_by: name }, option) {
  return said?.[option]
    ? t("vote.casting.said", { name: name ?? "", choice: castingWords(vote, said[option]).toLocaleLowerCase() })
    : "";
}

/** The verdict in one or two words; what is not decided has none. @param {Vote} vote @param {Result} result */
export function verdict(vote, result) {
  if (vote.kind === "straw" || vote.kind === "confidence")
    return html`<p class="verdict quiet">${t(`verdict.${vote.kind}`)}</p>`;
  const outcomes = Object.values(result.outcomes);
  const carried = outcomes.filter((outcome) => outcome.carried).length;
  if (outcomes.some(({ by }) => by === "awaits")) return html`<p class="verdict quiet">${t("vote.awaits")}</p>`;
  if (isSingle(vote))
    return html`<p class="verdict ${carried ? "" : "lost"}">${t(carried ? "vote.carried" : "vote.lost")}</p>`;
  return html`<p class="verdict ${carried ? "" : "lost"}">
    ${t(`verdict.${vote.kind}`, { n: carried, of: vote.kind === "questions" ? outcomes.length : vote.places })}
  </p>`;
}

/** What there is to say about a vote that was cancelled. @param {Vote} vote */
export const cancelled = (vote) =>
  html`<p class="verdict quiet">${t("vote.cancelled")}</p>
    <p class="lead">
      ${vote.void ? t("vote.void.text") : t("vote.was_cancelled.why", { reason: vote.reason ?? "" })}
    </p>`;

/** Everything there is to say about a counted vote. @param {Vote} vote @param {string} [key] */
export function resultCard(vote, key = "") {
  const { result } = vote;
  if (!result) return html``;
  return html`<div class="result stack">
    ${verdict(vote, result)}${isSingle(vote) ? single(vote, result) : several(vote, result, key)}
    ${result.report ? reportLine(result.report) : ""}
    <p class="five">${fiveNumbers(result)}</p>
    ${weighedLine(result)}
  </div>`;
}

/** Whoever nobody has chosen has no part of it. @param {Vote} vote @param {Partial<Record<string, number>>} counted @param {number} whole */
const bar = (vote, counted, whole) =>
  vote.answers
    .filter((answer) => counted[answer])
    .map((answer) => html`<i class="choice ${answer}" style="width: ${share(counted[answer] ?? 0, whole)}%"></i>`);

/** @param {Vote} vote @param {Result} result */
function single(vote, result) {
  const counted = result.tally.q ?? {};
  const whole = wholeOf(result, "q");
  return html`<div
      class="tally"
      role="img"
      aria-label="${vote.answers.map((answer) => `${answerWord(vote, answer)}: ${counted[answer] ?? 0}`).join(", ")}"
    >
      ${bar(vote, counted, whole)}
    </div>
    <div class="figures ${result.weighed ? "weighed" : ""}">
      ${vote.answers.map(
        (answer) =>
          html`<div class="choice ${answer}">
            <b class="num">${figure(counted[answer] ?? 0)}</b
            ><span class="row">${icon(SIGN[answer])}${answerWord(vote, answer)}</span>
            <span class="soft small num">${shares(result, counted[answer] ?? 0)}</span>
          </div>`,
      )}
    </div>
    <div class="card rule">
      <b>${resultSentence(vote, result, "q")}</b>
      <p class="soft small">${decidedBy(result.outcomes.q)} ${casting(vote, result, "q")} ${ruleDetails(vote)}</p>
    </div>`;
}

const SAID_BESIDE = ["chair", "tie", "outranked", "tied_places", "awaits", "casting", "repeat"]; // what the count alone does not explain

/** @param {Vote} vote @param {Result} result @param {string} key */
function several(vote, result, key) {
  return html`<ul class="outcomes">
      ${optionsOf(vote).map(([option, { text, note }]) => {
        const counted = result.tally[option] ?? {};
        const outcome = result.outcomes[option];
        return html`<li class="${outcome?.carried ? "won" : ""}">
          ${portrait(key, vote, option)}
          <div class="grow">
            <b>${text}</b>${note ? html`<span class="soft small">${note}</span>` : ""}
            <div class="tally thin" aria-hidden="true">${bar(vote, counted, wholeOf(result, option))}</div>
            ${outcome && SAID_BESIDE.includes(outcome.by) ? html`<span class="small soft">${decidedBy(outcome)} ${casting(vote, result, option)}</span>` : ""}
          </div>
          <span class="counts"
            >${vote.answers.map((answer) => html`<span class="choice ${answer}"><b class="num">${figure(counted[answer] ?? 0)}</b> <span class="small">${vote.answers.length > 1 ? answerWord(vote, answer) : t("result.votes")}</span></span>`)}</span
          >
          ${outcome ? html`<span class="chip ${outcome.carried ? "good" : ""}">${outcome.carried ? icon("check") : ""}${t(`result.${vote.kind}.${outcome.carried ? "won" : "lost"}`)}</span>` : ""}
        </li>`;
      })}
    </ul>
    <div class="card rule">
      <b>${severalSentence(vote, result)}</b>
      <p class="soft small">
        ${Object.values(result.outcomes)[0]?.by === "no_quorum" ? t("by.no_quorum") : ""} ${ruleDetails(vote)}
      </p>
    </div>`;
}

/** @param {Vote} vote @param {Result} result */
export function severalSentence(vote, result) {
  const [outcome] = Object.values(result.outcomes);
  if (!outcome) return t(`rule.${vote.kind}`);
  if (vote.rule.base === "yes_no") return t("result.sentence.each", { present: result.present, voted: result.voted });
  return t("result.sentence.several", {
    of: figure(outcome.of),
    base: countedIn(vote.rule, "unit"),
    needed: figure(outcome.needed),
    present: result.present,
    voted: result.voted,
  });
}

/** @param {import("../lib/types").Report} report */
function reportLine(report) {
  const { issued, returned, valid, invalid, blank, tellers } = report;
  const said = [
    returned ? t("result.report", { issued, returned, valid, invalid, blank }) : "",
    tellers ? t("result.tellers", { tellers }) : "",
  ];
  return returned || tellers ? html`<p class="card rule">${said.filter(Boolean).join(" ")}</p>` : "";
}

/** A number of votes as a part of all, of those present and of those cast: votes of votes, heads of heads. @param {Result} result @param {number} votes */
function shares(result, votes) {
  const { total, present, cast } = result.weighed ?? {
    total: result.total_members,
    present: result.present,
    cast: result.voted,
  };
  const bases = /** @type {const} */ ([
    ["members", total],
    ["present", present],
    ["voted", cast],
  ]);
  return bases.map(
    ([base, whole]) =>
      html`<span class="of-base">${t(`result.share.${base}`, { percent: percent(votes, whole) })}</span> `,
  );
}

/** How many votes there are, beside the heads. @param {Result} result */
export function weighedLine({ weighed }) {
  if (!weighed) return "";
  const { total, present, entitled, cast } = weighed;
  return html`<p class="five">
    ${t("result.weighed", { total: figure(total), present: figure(present), entitled: figure(entitled), cast: figure(cast) })}
  </p>`;
}

const NUMBERS = /** @type {const} */ (["total_members", "invited", "present", "entitled", "voted"]);

/** @param {Result} result */
export const fiveNumbers = (result) => [
  NUMBERS.map((name) => html`<span>${t(`vote.${name}`)} <b class="num">${result[name]}</b></span> `),
  result.entitled > result.voted
    ? html`<span>${t("vote.not_voted")} <b class="num">${result.entitled - result.voted}</b></span> `
    : "",
  result.blank ? html`<span>${t("vote.blank")} <b class="num">${result.blank}</b></span>` : "",
];

/** @param {number} part @param {number} whole */
export const share = (part, whole) => (whole ? Math.min(100, (100 * part) / whole).toFixed(2) : "0");
