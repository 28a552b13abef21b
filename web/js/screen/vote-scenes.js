// A vote on the wall: what is asked and how many have voted, then the result; readable from ten metres.

import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { duration, figure, t } from "../lib/words.js";
import { isSingle, optionsOf, percent, wholeOf } from "../voting/marks.js";
import { portrait } from "../voting/portrait.js";
import {
  cancelled,
  casting,
  decidedBy,
  fiveNumbers,
  resultSentence,
  severalSentence,
  share,
  verdict,
  weighedLine,
} from "../voting/result.js";
import { answerWord, isRunning, kindChips, ruleDetails, ruleSentence, SIGN } from "../voting/show.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Vote} Vote */

const MOST_LISTED = 8; // a longer list is shown without its bars

/** @param {View} view @param {Vote} vote */
export const voteScene = (view, vote) =>
  isRunning(vote) ? running(view, vote) : counted(vote, view.screen.vote ?? "");

/** @param {View} view @param {Vote} vote */
function running(view, vote) {
  const rest = vote.closes_at ? Math.max(0, vote.closes_at - store.now()) : (vote.left ?? null);
  return html`<div class="ask">
    <p class="row wrap soft">
      <span>${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}</span>${kindChips(vote)}
    </p>
    <h1>${vote.question}</h1>
    ${
      isSingle(vote)
        ? ""
        : html`<ol class="listed">
            ${optionsOf(vote).map(([, { text }]) => html`<li>${text}</li>`)}
          </ol>`
    }
    ${vote.phase === "suspended" ? html`<p class="lead"><b>${t("vote.suspended_text")}</b></p>` : vote.phase === "counting" ? html`<p class="lead"><b>${t("vote.counting_text")}</b></p>` : ""}
    ${vote.method === "devices" ? progress(vote, rest) : html`<p class="lead"><b>${t(`vote.bar.${vote.method}`)}</b></p>`}
    <p class="lead">${ruleSentence(vote)}</p>
    <p class="soft">${ruleDetails(vote)}</p>
  </div>`;
}

/** @param {Vote} vote @param {number | null} rest */
const progress = (vote, rest) =>
  html`<p class="count">
      <span class="giant num">${vote.voted ?? 0}</span
      ><span class="lead soft">${t("vote.of_present", { of: vote.electorate ?? 0 })}</span
      ><span class="grow"></span
      >${rest === null ? "" : html`<span class="lead num">${t("vote.left", { left: duration(rest) })}</span>`}
    </p>
    <p class="dots" aria-hidden="true">
      ${Array.from({ length: vote.electorate ?? 0 }, (_, index) => html`<i class="${index < (vote.voted ?? 0) ? "has" : ""}"></i>`)}
    </p>`;

/** @param {Vote} vote @param {string} key */
function counted(vote, key) {
  const { result } = vote;
  if (vote.phase === "cancelled")
    return html`<div class="ask">
      <h1>${vote.question}</h1>
      ${cancelled(vote)}
    </div>`;
  if (!result) return html``;
  return html`<div class="ask">
    <h1>${vote.question}</h1>
    ${verdict(vote, result)}${isSingle(vote) ? bars(vote, result) : list(vote, result, key)}
    <p class="lead">${isSingle(vote) ? resultSentence(vote, result, "q") : severalSentence(vote, result)}</p>
    ${isSingle(vote) && result.outcomes.q && result.outcomes.q.by !== "majority" ? html`<p class="soft">${decidedBy(result.outcomes.q)} ${casting(vote, result, "q")}</p>` : ""}
    <p class="five">${fiveNumbers(result)}</p>
    ${weighedLine(result)}
  </div>`;
}

/** @param {Vote} vote @param {import("../lib/types").Result} result */
function bars(vote, result) {
  const whole = wholeOf(result, "q");
  const line = result.outcomes.q ? share(result.outcomes.q.needed, whole) : "";
  return html`<ul class="bars">
    ${vote.answers.map((answer) => {
      const number = result.tally.q?.[answer] ?? 0;
      return html`<li class="choice ${answer}">
        <span class="row">${icon(SIGN[answer])}${answerWord(vote, answer)}</span
        ><span class="track"
          ><i class="choice patterned ${answer}" style="width: ${share(number, whole)}%"></i
          >${answer === "yes" && line ? html`<em style="left: ${line}%"></em>` : ""}</span
        ><b class="num">${figure(number)}${line ? html` <small>${percent(number, whole)}%</small>` : ""}</b>
      </li>`;
    })}
  </ul>`;
}

/** @param {Vote} vote @param {import("../lib/types").Result} result @param {string} key */
function list(vote, result, key) {
  const options = optionsOf(vote);
  return html`<ul class="bars list ${options.length > MOST_LISTED ? "long" : ""}" style="--n: ${options.length}">
      ${options.map(([option, { text }]) => {
        const outcome = result.outcomes[option];
        return html`<li class="${outcome?.carried ? "won" : ""}">
          <span class="row"
            >${options.length > MOST_LISTED ? "" : portrait(key, vote, option)}${outcome?.carried ? icon("check") : ""}${text}</span
          ><span class="track"
            >${vote.answers.map((answer) => html`<i class="choice patterned ${answer}" style="width: ${share(result.tally[option]?.[answer] ?? 0, wholeOf(result, option))}%"></i>`)}</span
          >
          <b class="num"
            >${vote.answers.length > 1 ? vote.answers.map((answer) => html`<span class="choice ${answer}">${figure(result.tally[option]?.[answer] ?? 0)}</span>`) : html`${figure(result.tally[option]?.yes ?? 0)} <small>${percent(result.tally[option]?.yes ?? 0, wholeOf(result, option))}%</small>`}</b
          >
        </li>`;
      })}
    </ul>
    ${vote.answers.length > 1 ? html`<p class="row wrap">${vote.answers.map((answer) => html`<span class="choice ${answer} legend">${icon(SIGN[answer])}${answerWord(vote, answer)}</span>`)}</p>` : ""}`;
}
