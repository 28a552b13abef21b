// The room from above on the wall: who is here, who asks, who speaks; after a recorded vote, who chose what.

import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";
import { seatsBy } from "../voting/choice-map.js";
import { isSingle } from "../voting/marks.js";
import { drawHall } from "../seating/hall.js";
import { placeInLine, shortNames, stateAt } from "../seating/plan.js";
import { SIGNS } from "../seating/seat-map.js";

/** @param {import("../lib/types").View} view */
export function seatScene(view) {
  const vote = view.screen.vote ? view.voting[view.screen.vote] : undefined;
  if (vote?.result && vote.phase === "announced" && isSingle(vote) && Object.keys(vote.result.names).length) {
    return html`<div class="chosen-seats">
      <h1>${vote.question}</h1>
      ${seatsBy(view, vote, vote.result, "q")}
    </div>`;
  }
  const names = shortNames(view.people);
  if (!Object.keys(view.seating.places).length) return html`<div class="centre"><h1>${t("seating.none")}</h1></div>`;
  return drawHall(view, (seat, key, style) => {
    if (!key)
      return html`<span class="seat is-free" data-key="${seat}" style="${style}"
        ><span class="num">${seat}</span></span
      >`;
    const state = stateAt(view, key);
    return html`<span class="seat is-${state}" data-key="${seat}" style="${style}"
      ><span class="seat-top"
        ><span class="num">${seat}</span
        >${state === "asking" ? html`<b class="num place">${placeInLine(view, key)}</b>` : ""}${SIGNS[state] ? icon(SIGNS[state]) : ""}</span
      ><span class="name">${names[key]}</span><span class="sr">${t(`seating.state.${state}`)}</span></span
    >`;
  });
}
