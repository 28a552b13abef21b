// <second-view>: another paper, or another place of the same one, beside the page that is read, or below it on a tablet held
// upright. The half touched last is in hand: keys, bookmark, pages, marks and the way back are its own. Both can change places.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder } from "../lib/people.js";
import { t } from "../lib/words.js";
import { comfort, hasRoom } from "./comfort.js";
import { layOver } from "./over-page.js";
import { openPages } from "./pages-sheet.js";
import { first, second, take, takenByTouch } from "./place.js";
import { Reading } from "./reading.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

export class SecondView extends ViewElement {
  /** @type {PageReader | undefined} */
  equipped = undefined;

  started() {
    this.onDo("second-before", () => this.reader?.turn(-1));
    this.onDo("second-next", () => this.reader?.turn(1));
    this.onDo("second-swap", () => this.swap());
    this.onDo("second-close", () => comfort.choose({ split: false }));
    this.onDo("second-pages", openPages);
    this.onDo("back", () => second.step("back"));
    this.onDo("forward", () => second.step("forward"));
    takenByTouch(this, second, this.signal);
    this.on("change", "select", (_event, select) => second.jump(/** @type {HTMLSelectElement} */ (select).value));
    this.addEventListener("turn", (event) => second.turnTo(/** @type {CustomEvent} */ (event).detail.page), {
      signal: this.signal,
    });
    this.addEventListener(
      "follow",
      (event) => {
        const { page, y } = /** @type {CustomEvent} */ (event).detail;
        second.jump(second.reading.paper ?? "", page, y);
      },
      { signal: this.signal },
    );
    hasRoom.addEventListener("change", () => this.update(), { signal: this.signal });
  }

  /** @returns {PageReader | null} */
  get reader() {
    return this.querySelector("page-reader");
  }

  swap() {
    const [one, other] = [first.place, second.place];
    if (!one || !other) return;
    second.browse(one.id, one.page);
    first.browse(other.id, other.page);
  }

  update() {
    super.update(true);
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const main = first.place;
    const open = comfort.split && hasRoom.matches && !!main;
    document.body.classList.toggle("split", open);
    const reader = html`<page-reader data-key="second" data-keep></page-reader>`;
    if (!open) {
      take(first);
      return this.equipped ? reader : html``; // shows nothing then, and all that lies over it is kept
    }
    const papers = byOrder(Reading.papers(view, me)).filter(([, paper]) => paper.revision);
    if (!papers.some(([id]) => id === second.reading.paper)) second.reading.browse(main.id, main.page);
    const { place } = second;
    if (!place) return html``;
    const last = place.paper.pages ?? 1;
    return html`<div class="second-bar">
        ${this.drawWay()}<select class="grow" aria-label="${t("second.paper")}">
          ${papers.map(([id, paper]) => html`<option value="${id}" ?selected=${id === place.id}>${paper.title}</option>`)}
        </select>
        <button
          class="btn quiet icon"
          data-do="second-before"
          aria-label="${t("reader.before")}"
          ?disabled=${place.page <= 1}
        >
          ${icon("left")}
        </button>
        <button
          class="btn quiet num"
          data-do="second-pages"
          aria-label="${t("tablet.pages_of", { page: place.page, pages: last })}"
        >
          ${place.page} / ${last}
        </button>
        <button
          class="btn quiet icon"
          data-do="second-next"
          aria-label="${t("reader.next")}"
          ?disabled=${place.page >= last}
        >
          ${icon("right")}
        </button>
        <button
          class="btn quiet icon"
          data-do="second-swap"
          aria-label="${t("second.swap")}"
          title="${t("second.swap")}"
        >
          ${icon("swap")}
        </button>
        <button class="btn quiet icon" data-do="second-close" aria-label="${t("second.close")}">
          ${icon("cross")}
        </button>
      </div>
      ${reader}`;
  }

  drawWay() {
    const { past, future } = second.trail;
    const last = past.at(-1);
    const said =
      last && (last.paper === second.place?.id ? t("reader.back_to", { page: last.page }) : t("reader.back_paper"));
    return html`${last ? html`<button class="btn quiet icon" data-do="back" aria-label="${said}" title="${said}">${icon("back")}</button>` : ""}${future.length ? html`<button class="btn quiet icon" data-do="forward" aria-label="${t("reader.forward")}">${icon("forward")}</button>` : ""}`;
  }

  drawn() {
    this.classList.toggle("in-hand", second.inHand);
    const { reader } = this;
    if (!reader) return;
    const place = document.body.classList.contains("split") ? second.place : null;
    if (!place?.paper.revision) return reader.show(null);
    if (this.equipped !== reader) layOver((this.equipped = reader));
    const { paper, page } = place;
    reader.lie(comfort.layout);
    reader.show({
      revision: place.paper.revision,
      page,
      pages: paper.pages ?? 1,
      sizes: paper.sizes,
      title: paper.title,
    });
    const { goal } = second.reading;
    if (goal?.page !== page) return;
    second.reading.goal = null;
    reader.lookFrom(goal.y);
  }
}
