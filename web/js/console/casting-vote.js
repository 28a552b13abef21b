// The chair's casting vote after a tie: two taps, the choice repeated in words, and then for good.

import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";
import { isSingle, optionsOf } from "../voting/marks.js";
import { castingWords } from "../voting/result.js";
import { SIGN } from "../voting/show.js";

/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").Marks} Marks */

/** The options whose tie the chair has yet to decide. @param {Vote} vote */
export const awaiting = (vote) => optionsOf(vote).filter(([option]) => vote.result?.outcomes[option]?.by === "awaits");

/** @param {Vote} vote @param {Marks} marks as the chair leans, not confirmed */
export function castingForm(vote, marks) {
  const ties = awaiting(vote);
  const ready = ties.every(([option]) => marks[option]);
  const words = ties
    .map(([option, { text }]) => (isSingle(vote) ? "" : `${text}: `) + castingWords(vote, marks[option]))
    .join("; ");
  return html`<section class="casting card pad stack" aria-labelledby="casting">
    <h2 id="casting">${t("vote.casting")}</h2>
    <p class="soft">${t("vote.casting.text")}</p>
    ${ties.map(
      ([option, { text }]) =>
        html`<div role="radiogroup" aria-label="${text}">
          ${isSingle(vote) ? "" : html`<p><b>${text}</b></p>`}
          <div class="answers two">
            ${/** @type {const} */ (["yes", "no"]).map((answer) => html`<button class="answer choice ${answer}" role="radio" data-do="lean" data-option="${option}" data-choice="${answer}" aria-checked="${marks[option] === answer}">${icon(SIGN[answer])}<span>${castingWords(vote, answer)}</span></button>`)}
          </div>
        </div>`,
    )}
    ${ready ? html`<div class="confirm"><button class="btn" data-do="lean-again">${t("vote.choose_again")}</button><button class="btn strong" data-do="decide-tie">${t("vote.casting.confirm", { choice: words })}</button></div>` : ""}
  </section>`;
}
