// <seat-panel>: the room from above in the middle of the console, in place of the page, until it is put away.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { isRunning } from "../voting/show.js";

export class SeatPanel extends ViewElement {
  static watch = ["voting"];

  opened = false;
  vote = ""; // the one that runs

  started() {
    this.onDo("away", () => toggleSeats());
  }

  draw() {
    // A vote that is opened takes the middle: the map goes away and does not come back by itself.
    const [vote = ""] = Object.entries(store.view?.voting ?? {}).find(([, each]) => isRunning(each)) ?? [];
    if (vote && vote !== this.vote) this.opened = false;
    this.vote = vote;
    this.hidden = !this.opened;
    this.parentElement?.classList.toggle("mapped", this.opened);
    return html`${
      this.opened
        ? html`<h2 class="sr">${t("secretariat.seating")}</h2>
            <seat-map></seat-map
            ><button class="btn quiet icon away" data-do="away" aria-label="${t("seating.away")}">
              ${icon("cross")}
            </button>`
        : ""
    }`;
  }
}

/** Shows the map of the room, or puts it away. */
export function toggleSeats() {
  const panel = /** @type {SeatPanel | null} */ (document.querySelector("seat-panel"));
  if (!panel) return;
  panel.opened = !panel.opened;
  panel.update(true);
}
