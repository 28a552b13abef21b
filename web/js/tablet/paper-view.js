// <paper-view>: the page being read, what to say when there is none, and the way back to the presenter.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { Light } from "../presenting/light.js";
import { drawTools, onTools } from "../presenting/tools.js";
import { changesOf } from "../changes/changes.js";
import { openChanges } from "../changes/changes-view.js";
import { finding } from "../search/finding.js";
import { keptWidth } from "../reader/geometry.js";
import { first, follow, reading, takenByTouch } from "./place.js";
import { comfort } from "./comfort.js";
import { layOver } from "./over-page.js";
import { Reading } from "./reading.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

export class PaperView extends ViewElement {
  started() {
    this.onDo("follow", follow);
    this.onDo("back", () => first.step("back"));
    this.onDo("forward", () => first.step("forward"));
    this.onDo("before", () => this.reader?.turn(-1));
    this.onDo("next", () => this.reader?.turn(1));
    this.onDo("changes", openChanges);
    this.onDo("papers", () => document.querySelector("agenda-list")?.dispatchEvent(new Event("open")));
    onTools(this);
    takenByTouch(this, first, this.signal);
    this.addEventListener("turn", (event) => first.turnTo(/** @type {CustomEvent} */ (event).detail.page), {
      signal: this.signal,
    });
    this.addEventListener("follow", (event) => this.followed(/** @type {CustomEvent} */ (event).detail), {
      signal: this.signal,
    });
  }

  /** A link leads to another place in this paper. @param {{page: number, y: number}} target */
  followed({ page, y }) {
    const { place } = first;
    if (place) first.jump(place.id, page, y);
  }

  /** @returns {import("../reader/page-reader.js").PageReader | null} */
  get reader() {
    return this.querySelector("page-reader");
  }

  /** @type {import("../reader/page-reader.js").PageReader | undefined} the reader over which everything lies */
  equipped = undefined;
  /** @type {Light | undefined} */
  light = undefined;

  get presents() {
    return reading.following && !!store.me?.presenting;
  }

  update() {
    super.update(true); // reading is not part of the view
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const { place } = first;
    return html`<page-reader data-key="reader" data-keep ?hidden=${!place}></page-reader>
      ${place && comfort.large ? html`<large-print data-key="large"></large-print>` : ""}
      ${place ? this.drawEdges(place) : this.drawEmpty(view, me)}
      ${place?.paper.former && !finding.marked ? this.drawChanges(place.paper) : ""}
      ${place && this.light ? drawTools(this.light) : ""}
      ${reading.following ? "" : html`<div class="dock" data-key="dock">${this.drawWay()}${this.drawPill(view)}</div>`}`;
  }

  drawn() {
    const { place } = first;
    const { reader } = this;
    if (reader && this.equipped !== reader) {
      layOver((this.equipped = reader));
      reader.least = keptWidth(window.devicePixelRatio);
    }
    reader?.lie(comfort.layout);
    reader?.show(
      place && {
        revision: /** @type {string} */ (place.paper.revision),
        page: place.page,
        pages: place.paper.pages ?? 1,
        sizes: place.paper.sizes,
        title: place.paper.title,
      },
    );
    this.classList.toggle("large", comfort.large);
    this.classList.toggle("in-hand", first.inHand);
    this.lit().update();
    const { goal } = reading;
    if (goal && place && this.reader?.shown?.page === goal.page) {
      reading.goal = null;
      this.reader.lookFrom(goal.y);
    }
  }

  lit() {
    const reader = /** @type {import("../reader/page-reader.js").PageReader} */ (this.reader);
    const left = () => {
      const { place } = first;
      if (place) first.browse(place.id, place.page);
    };
    this.light ??= new Light(reader, {
      presents: () => this.presents,
      follows: () => reading.following,
      left,
      signal: this.signal,
    });
    return this.light;
  }

  /** @param {import("./reading.js").Place} place */
  drawEdges(place) {
    return html`<button
        class="edge left"
        data-do="before"
        data-key="left"
        aria-label="${t("reader.before")}"
        ?disabled=${place.page <= 1}
      >
        ${icon("left")}
      </button>
      <button
        class="edge right"
        data-do="next"
        data-key="right"
        aria-label="${t("reader.next")}"
        ?disabled=${place.page >= (place.paper.pages ?? 1)}
      >
        ${icon("right")}
      </button>`;
  }

  /** @param {View} view @param {Me} me */
  drawEmpty(view, me) {
    const item = view.agenda.items[view.agenda.current ?? ""];
    return html`<div class="empty" data-key="empty">
      <p class="soft">${t(`tablet.empty.${view.meeting.phase}`)}</p>
      ${item ? html`<h2>${item.number}. ${item.title}</h2>` : html`<h2>${view.meeting.title}</h2>`}
      ${item?.presenter ? html`<p>${called(view.people[item.presenter])}</p>` : ""}
      ${Object.values(Reading.papers(view, me)).some((paper) => paper.revision) ? html`<button class="btn firm tall open-papers" data-do="papers">${icon("paper")}${t("tablet.empty.open")}</button>` : ""}
    </div>`;
  }

  /** @param {import("../lib/types").Paper} paper */
  drawChanges(paper) {
    const changes = changesOf(paper);
    const said = changes
      ? t("changes.see_count", { no: paper.revision_no ?? 2, n: changes.length })
      : t("changes.see_since", { no: paper.revision_no ?? 2 });
    return html`<button class="btn see-changes" data-do="changes" data-key="changes">${icon("swap")}${said}</button>`;
  }

  drawWay() {
    const { trail, place } = first;
    const last = trail.past.at(-1);
    if (!last && !trail.future.length) return "";
    return html`<div class="way">
      ${last ? html`<button class="btn" data-do="back">${icon("back")}<span>${last.paper === place?.id ? t("reader.back_to", { page: last.page }) : t("reader.back_paper")}</span></button>` : ""}
      ${trail.future.length ? html`<button class="btn icon" data-do="forward" aria-label="${t("reader.forward")}">${icon("forward")}</button>` : ""}
    </div>`;
  }

  /** Only while something is presented: else there is nothing to go back to. @param {View} view */
  drawPill({ stage }) {
    if (!stage.paper || !stage.page) return "";
    const text = html`${t("tablet.presenter_at")} <b>${t("common.page", { page: stage.page })}</b>`;
    return html`<div class="pill" data-key="pill">
      <i class="dot"></i><span>${text}</span><button class="btn" data-do="follow">${t("tablet.back")}</button>
    </div>`;
  }
}
