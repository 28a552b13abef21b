// The room drawn from above: every seat of the plan where it stands, filled by whoever draws it.

import { html } from "../lib/html.js";
import { boxOf, DEPTH, seatsOf, WIDTH } from "./plan.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/html.js").Markup} Markup */

/**
 * `draw(seat, person, style)` makes the element of a seat; it carries class="seat" and the given style.
 * @param {View} view @param {(seat: string, person: string | undefined, style: string) => Markup} draw
 */
export function drawHall(view, draw) {
  const { width, height } = boxOf(view.seating.places);
  return html`<div class="hall">
    <div
      class="seats"
      style="--w: ${width / WIDTH}; --h: ${height / DEPTH}; --t: ${Math.min(height / 4.3, width / 9) / WIDTH}"
    >
      ${seatsOf(view).map(([seat, person]) => {
        const { x, y } = view.seating.places[seat];
        return draw(seat, person, `left: ${(100 * x) / WIDTH}%; top: ${(100 * y) / DEPTH}%`);
      })}
    </div>
  </div>`;
}
