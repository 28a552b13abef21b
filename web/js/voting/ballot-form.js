// The ballot paper: one question with its large answers, options to choose among, or a list to answer one by one.

import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";
import { isChoosing, isSingle, optionsOf, sumOf } from "./marks.js";
import { portrait } from "./portrait.js";
import { answerWord, SIGN } from "./show.js";

/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").Marks} Marks */

/** @param {Vote} vote @param {Marks} marks what is marked now @param {boolean} fixed whether nothing can be marked any more @param {Record<string, number>} votes @param {string} key */
export function ballotForm(vote, marks, fixed, votes = {}, key = "") {
  if (vote.each > 1) return spreading(vote, votes, fixed, key);
  if (isSingle(vote)) return question(vote, marks, fixed);
  return isChoosing(vote) ? choosing(vote, marks, fixed, key) : answering(vote, marks, fixed, key);
}

/** @param {Vote} vote @param {Marks} marks @param {boolean} fixed */
const question = (vote, marks, fixed) =>
  html`<div class="choices" role="radiogroup" aria-labelledby="ballot-question">
    ${vote.answers.map(
      (answer) =>
        html`<button
          class="vote choice ${answer}"
          role="radio"
          aria-checked="${marks.q === answer}"
          data-option="q"
          data-choice="${answer}"
          data-other="${Boolean(marks.q) && marks.q !== answer}"
          ?disabled=${fixed}
        >
          ${icon(SIGN[answer])}<span>${answerWord(vote, answer)}</span>
        </button>`,
    )}
  </div>`;

/** Several votes for an option: one more, one less. @param {Vote} vote @param {Record<string, number>} votes @param {boolean} fixed @param {string} key */
function spreading(vote, votes, fixed, key) {
  const full = sumOf(votes) >= vote.most;
  return html`<ul class="candidates" aria-labelledby="ballot-question">
    ${optionsOf(vote).map(
      ([option, { text, note }]) =>
        html`<li
          class="candidate spread choice yes"
          data-has="${Boolean(votes[option])}"
          data-other="${full && !votes[option]}"
        >
          <span class="row"
            >${portrait(key, vote, option)}<span
              ><b>${text}</b>${note ? html`<span class="soft">${note}</span>` : ""}</span
            ></span
          >
          <span class="stepper"
            ><button
              class="btn"
              data-choice="less"
              data-option="${option}"
              ?disabled=${fixed || !votes[option]}
              aria-label="${t("vote.one_less", { name: text })}"
            >
              ${icon("minus")}</button
            ><b class="num" aria-live="polite">${votes[option] ?? 0}</b>
            <button
              class="btn"
              data-choice="more"
              data-option="${option}"
              ?disabled=${fixed || full || (votes[option] ?? 0) >= vote.each}
              aria-label="${t("vote.one_more", { name: text })}"
            >
              ${icon("plus")}
            </button></span
          >
        </li>`,
    )}
  </ul>`;
}

/** @param {Vote} vote @param {Marks} marks @param {boolean} fixed @param {string} key */
function choosing(vote, marks, fixed, key) {
  const full = vote.most > 1 && Object.keys(marks).length >= vote.most;
  return html`<ul class="candidates" aria-labelledby="ballot-question">
    ${optionsOf(vote).map(
      ([option, { text, note }]) =>
        html`<li>
          <button
            class="candidate choice yes"
            role="checkbox"
            aria-checked="${Boolean(marks[option])}"
            data-option="${option}"
            data-choice="yes"
            data-other="${full && !marks[option]}"
            ?disabled=${fixed}
          >
            <span class="box">${marks[option] ? icon("check") : ""}</span
            ><span class="row"
              >${portrait(key, vote, option)}<span
                ><b>${text}</b>${note ? html`<span class="soft">${note}</span>` : ""}</span
              ></span
            >
          </button>
        </li>`,
    )}
  </ul>`;
}

/** @param {Vote} vote @param {Marks} marks @param {boolean} fixed @param {string} key */
const answering = (vote, marks, fixed, key) =>
  html`<ul class="questions">
    ${optionsOf(vote).map(
      ([option, { text, note }]) =>
        html`<li class="card" role="radiogroup" aria-label="${text}">
          <p class="row">
            ${portrait(key, vote, option)}<span
              ><b>${text}</b>${note ? html`<br /><span class="soft">${note}</span>` : ""}</span
            >
          </p>
          <div class="answers">
            ${vote.answers.map((answer) => html`<button class="answer choice ${answer}" role="radio" aria-checked="${marks[option] === answer}" data-option="${option}" data-choice="${answer}" ?disabled=${fixed}>${icon(SIGN[answer])}<span>${answerWord(vote, answer)}</span></button>`)}
          </div>
        </li>`,
    )}
  </ul>`;

/** A ballot in words, as it is repeated before it is handed in. @param {Vote} vote @param {Marks} marks @param {Record<string, number>} votes */
export function inWords(vote, marks, votes = {}) {
  if (!Object.keys(marks).length) return t("vote.blank_ballot");
  if (isSingle(vote)) return answerWord(vote, marks.q);
  if (isChoosing(vote))
    return optionsOf(vote)
      .filter(([option]) => marks[option])
      .map(([option, { text }]) => (vote.each > 1 ? `${text} (${votes[option] ?? 1})` : text))
      .join("; ");
  const parts = vote.answers.map((answer) => [
    answerWord(vote, answer),
    Object.values(marks).filter((mark) => mark === answer).length,
  ]);
  return parts
    .filter(([, count]) => count)
    .map(([word, count]) => `${count} ${String(word).toLocaleLowerCase()}`)
    .join(", ");
}
