// <second-view>: another paper, or another place of the same one, beside the page that is read, or below it on a tablet held
// upright. Marks are made in both, and the two can change places.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder } from "../lib/people.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { comfort, hasRoom } from "./comfort.js";
import { layOver } from "./over-page.js";
import { browse, shownNow } from "./place.js";
import { Reading } from "./reading.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

export class SecondView extends ViewElement {
  second = new Reading(); // never follows
  /** @type {PageReader | undefined} */
  equipped = undefined;
  /** @type {number} points to go to once the page is shown */
  goal = 0;

  started() {
    this.onDo("second-before", () => this.reader?.turn(-1));
    this.onDo("second-next", () => this.reader?.turn(1));
    this.onDo("second-swap", () => this.swap());
    this.onDo("second-close", () => comfort.choose({ split: false }));
    this.on("change", "select", (_event, select) => this.open(/** @type {HTMLSelectElement} */ (select).value, 1));
    this.addEventListener("turn", (event) => this.open(this.second.paper ?? "", /** @type {CustomEvent} */ (event).detail.page), { signal: this.signal });
    this.addEventListener("follow", (event) => {
      const { page, y } = /** @type {CustomEvent} */ (event).detail;
      this.goal = y;
      this.open(this.second.paper ?? "", page);
    }, { signal: this.signal });
    hasRoom.addEventListener("change", () => this.update(), { signal: this.signal });
  }

  /** @returns {PageReader | null} */
  get reader() {
    return this.querySelector("page-reader");
  }

  /** @param {string} paper @param {number} page */
  open(paper, page) {
    this.second.browse(paper, page);
    this.update();
  }

  swap() {
    const main = shownNow();
    const { paper, page } = this.second;
    if (!main || !paper) return;
    this.second.browse(main.id, main.page);
    browse(paper, page);
  }

  update() {
    super.update(true);
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const main = shownNow();
    const open = comfort.split && hasRoom.matches && !!main;
    document.body.classList.toggle("split", open);
    const reader = html`<page-reader data-key="second" data-keep></page-reader>`;
    if (!open) return this.equipped ? reader : html``; // shows nothing then, and all that lies over it is kept
    const papers = byOrder(Reading.papers(view, me)).filter(([, paper]) => paper.revision);
    if (!papers.some(([id]) => id === this.second.paper)) this.second.browse(main.id, main.page);
    const place = this.second.shown(view, me);
    if (!place) return html``;
    const last = place.paper.pages ?? 1;
    return html`<div class="second-bar"><select class="grow" aria-label="${t("second.paper")}">${papers.map(([id, paper]) => html`<option value="${id}" ?selected=${id === place.id}>${paper.title}</option>`)}</select>
        <button class="btn quiet icon" data-do="second-before" aria-label="${t("reader.before")}" ?disabled=${place.page <= 1}>${icon("left")}</button>
        <span class="num">${place.page} / ${last}</span>
        <button class="btn quiet icon" data-do="second-next" aria-label="${t("reader.next")}" ?disabled=${place.page >= last}>${icon("right")}</button>
        <button class="btn quiet icon" data-do="second-swap" aria-label="${t("second.swap")}" title="${t("second.swap")}">${icon("swap")}</button>
        <button class="btn quiet icon" data-do="second-close" aria-label="${t("second.close")}">${icon("cross")}</button></div>
      ${reader}`;
  }

  drawn() {
    const { reader } = this;
    if (!reader) return;
    const place = document.body.classList.contains("split") && store.view && store.me ? this.second.shown(store.view, store.me) : null;
    if (!place?.paper.revision) return reader.show(null);
    if (this.equipped !== reader) layOver((this.equipped = reader));
    const { paper, page } = place;
    reader.lie(comfort.layout);
    reader.show({ revision: place.paper.revision, page, pages: paper.pages ?? 1, sizes: paper.sizes, title: paper.title });
    if (this.goal) reader.lookFrom(this.goal);
    this.goal = 0;
  }
}
