// <guided-tour>: points at one thing after the other and says what it is for. Everything stays usable meanwhile: one may try.

import { html, render } from "../lib/html.js";
import { t } from "../lib/words.js";
import { STEPS } from "./topics.js";

const MARGIN = 6; // pixels between a thing and the ring around it

export class GuidedTour extends HTMLElement {
  /** @type {{name: string, at: string}[]} */
  steps = [];
  at = 0;
  until = new AbortController();

  connectedCallback() {
    const { signal } = this.until;
    this.steps = STEPS.filter((step) => placeOf(step.at));
    this.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button?.dataset.do === "end" || (button?.dataset.do === "next" && this.at === this.steps.length - 1))
        this.remove();
      else if (button) this.go(this.at + (button.dataset.do === "back" ? -1 : 1));
    });
    document.addEventListener(
      "keydown",
      (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && this.remove(),
      { signal },
    );
    addEventListener("resize", () => this.point(), { signal });
    this.go(0);
  }

  disconnectedCallback() {
    this.until.abort();
  }

  /** @param {number} number */
  go(number) {
    this.at = Math.min(Math.max(0, number), this.steps.length - 1);
    const step = this.steps[this.at];
    if (!step) return this.remove();
    const last = this.at === this.steps.length - 1;
    render(
      this,
      html`<i class="ring" aria-hidden="true"></i>
        <section role="dialog" aria-labelledby="tour-title" tabindex="-1">
          <p class="small soft num">${this.at + 1} / ${this.steps.length}</p>
          <h2 id="tour-title">${t(`tour.${step.name}`)}</h2>
          <p>${t(`tour.${step.name}.text`)}</p>
          <div class="row wrap">
            <button class="btn quiet" data-do="end" ?hidden=${last}>${t("tour.end")}</button><span class="grow"></span>
            <button class="btn" data-do="back" ?disabled=${this.at === 0}>${t("tour.back")}</button
            ><button class="btn strong" data-do="next">${t(last ? "common.done" : "tour.next")}</button>
          </div>
        </section>`,
    );
    this.point();
    this.querySelector("section")?.focus();
  }

  /** The ring around the thing; the words in the half of the page where it is not. */
  point() {
    const place = placeOf(this.steps[this.at]?.at ?? "");
    const ring = /** @type {HTMLElement | null} */ (this.querySelector(".ring"));
    if (!place || !ring) return;
    ring.style.cssText = `left: ${place.x - MARGIN}px; top: ${place.y - MARGIN}px; width: ${place.width + 2 * MARGIN}px; height: ${place.height + 2 * MARGIN}px`;
    const large = place.height > innerHeight / 2;
    this.dataset.place = large ? "middle" : place.y + place.height / 2 > innerHeight / 2 ? "top" : "bottom";
  }
}

/** Where something is on the page now. @param {string} selector */
function placeOf(selector) {
  const found = selector ? document.querySelector(selector) : null;
  if (!(found instanceof HTMLElement) || !found.checkVisibility({ visibilityProperty: true })) return null;
  const box = found.getBoundingClientRect();
  return box.width && box.height && box.right > 0 ? box : null;
}

export function startTour() {
  if (!customElements.get("guided-tour")) customElements.define("guided-tour", GuidedTour);
  document.querySelector("guided-tour")?.remove();
  for (const way of ["lobby-page [data-do=read]", "agenda-list.opened .close"]) {
    /** @type {HTMLElement | null} */ (document.querySelector(way))?.click(); // out of the lobby, to where the meeting will be
  }
  document.body.append(document.createElement("guided-tour"));
}
