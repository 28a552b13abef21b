// The room from above after a recorded vote: every seat in the colour, pattern and sign of what was chosen there.

import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { t } from "../lib/words.js";
import { DEPTH, shortNames, WIDTH } from "../seating/plan.js";
import { framed, spotsOf, standingOf } from "./seats.js";
import { answerWord, SIGN } from "./show.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").Result} Result */
/** @typedef {import("../lib/types").Choice} Choice */

export const OTHERS = /** @type {const} */ (["blank", "not_voted", "not_chosen"]);

/** @param {Vote} vote @param {string} standing */
export function wordOf(vote, standing) {
  if (standing === "blank") return t("vote.blank_ballot");
  return standing === "not_voted" || standing === "not_chosen"
    ? t(`vote.${standing}`)
    : answerWord(vote, /** @type {Choice} */ (standing));
}

/** The room from above, every seat in the colour, pattern and sign of what was chosen there. @param {View} view @param {Vote} vote @param {Result} result @param {string} option */
export function seatsBy(view, vote, result, option) {
  const { spots, box } = framed(spotsOf(view, result));
  const names = shortNames(view.people);
  const standings = [...vote.answers, ...OTHERS].filter((standing) =>
    spots.some(({ person }) => standingOf(result, person, option) === standing),
  );
  const legend = html`<ul class="legend row wrap">
    ${standings.map((standing) => html`<li><i class="seat-sign is-chosen choice ${standing}">${sign(standing)}</i>${wordOf(vote, standing)} <b class="num">${spots.filter(({ person }) => standingOf(result, person, option) === standing).length}</b></li>`)}
  </ul>`;
  const seats = spots.map(({ seat, person, at }) => {
    const standing = standingOf(result, person, option);
    const style = at ? `left: ${(100 * at.x) / WIDTH}%; top: ${(100 * at.y) / DEPTH}%` : "";
    return html`<span
      class="seat is-chosen choice ${standing}"
      data-key="${person}"
      style="${style}"
      title="${called(result.called[person])}"
      ><span class="seat-top"><span class="num">${seat}</span>${sign(standing)}</span
      ><span class="name">${names[person] ?? called(result.called[person])}</span
      ><span class="sr">${wordOf(vote, standing)}</span></span
    >`;
  });
  if (!spots.some(({ at }) => at))
    return html`${legend}
      <div class="seat-rows">${seats}</div>`;
  const { width, height } = box;
  return html`${legend}
    <div class="hall by-choice">
      <div
        class="seats"
        style="--w: ${width / WIDTH}; --h: ${height / DEPTH}; --t: ${Math.min(height / 4.3, width / 9) / WIDTH}"
      >
        ${seats}
      </div>
    </div>`;
}

/** @param {string} standing */
export const sign = (standing) => (standing in SIGN ? icon(SIGN[/** @type {Choice} */ (standing)]) : "");
