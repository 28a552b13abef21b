// <line-notice>: what must be said above the paper: lost connection, recess, end, notices from the chair. Calmly, once.

import { openResults } from "../circulation/results-sheet.js";
import { keep, read, size } from "../lib/display.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { clock, moment, t } from "../lib/words.js";
import { secure } from "../offline/installed.js";
import { comfort } from "./comfort.js";
import { shownNow } from "./place.js";

/** @typedef {import("../lib/types").View} View */

const PATIENCE = 2_000; // ms a connection may be away before anybody needs to know
const LARGE = 150; // percent of the usual size of words
const KEPT = 40; // of what was read on this device

export class LineNotice extends ViewElement {
  static watch = ["meeting", "circulation", "notices", "conclusions", "comments", "minutes", "me", "line", "tick"];

  started() {
    /** @type {Set<string>} */
    this.read = new Set((read("notices-read") ?? "").split(" "));
    this.since = store.now(); // what was concluded before stands in the agenda
    this.onDo("results", openResults);
    this.onDo("mode", () => {
      keep("mode-read", "yes");
      this.modeRead = true;
      this.update(true);
    });
    this.modeRead = secure || read("mode-read") === "yes";
    this.largeSaid = read("large-said") === "yes";
    this.onDo("large", () => comfort.choose({ large: true }));
    this.on("click", "[data-do=large], [data-do=not-large]", () => {
      keep("large-said", "yes");
      this.largeSaid = true;
      this.update(true);
    });
    this.onDo("read", (button) => {
      this.read?.add(button.dataset.notice ?? "");
      keep("notices-read", [...(this.read ?? [])].slice(-KEPT).join(" "));
      this.update(true);
    });
  }

  /** @param {View} view */
  draw(view) {
    const notices = Object.entries(view.notices).filter(([key]) => !this.read?.has(key));
    return html`<div role="status">${this.drawLine()}${this.drawMode()}${this.drawPhase(view)}${this.drawLarge()}</div>
      <div role="alert">
        ${notices.map(
          ([key, notice]) =>
            html`<p class="notice" data-key="${key}">
              ${icon("bell")}<span class="grow whole"
                ><span class="small from">${t("notices.at", { time: clock(notice.sent_at) })}</span>${notice.text}</span
              >
              <button class="btn" data-do="read" data-notice="${key}">${t("common.read")}</button>
            </p>`,
        )}${this.drawConclusions(view)}
      </div>`;
  }

  /** @param {View} view */
  drawConclusions(view) {
    const fresh = Object.entries(view.conclusions).filter(
      ([key, each]) => (each.published_at ?? 0) > (this.since ?? 0) && !this.read?.has(key),
    );
    return fresh.map(
      ([key, each]) =>
        html`<p class="notice" data-key="${key}">
          ${icon("check")}<span class="grow">${t("conclusions.new", { text: each.text })}</span
          ><button class="btn" data-do="read" data-notice="${key}">${t("common.read")}</button>
        </p>`,
    );
  }

  /** Once on a device: what plain http cannot do. */
  drawMode() {
    if (this.modeRead) return "";
    return html`<p class="notice">
      ${icon("info")}<span class="grow">${t("mode.plain")}</span
      ><button class="btn" data-do="mode">${t("common.read")}</button>
    </p>`;
  }

  /** Once on a device, to who has chosen large words: those of the paper can be large too. */
  drawLarge() {
    const asked = store.view?.meeting.phase === "in_session" && !store.me?.present; // one thing after the other
    if (this.largeSaid || asked || size() < LARGE || comfort.large || !shownNow()) return "";
    return html`<p class="notice" data-key="large">
      <span class="grow whole">${t("large.offer")}</span
      ><button class="btn strong" data-do="large">${icon("text")}${t("large.on")}</button
      ><button class="btn" data-do="not-large">${t("large.not_now")}</button>
    </p>`;
  }

  drawLine() {
    if (store.line === "ended") {
      return html`<p class="notice warn">
        ${icon("nowifi")}<span class="grow">${t("line.ended")}</span><a class="btn" href="/join">${t("join.do")}</a>
      </p>`;
    }
    if (store.line !== "lost" || Date.now() - store.lostAt < PATIENCE) return "";
    const waits = store.waiting ? t("line.waits", { n: store.waiting }) : "";
    return html`<p class="notice warn">${icon("nowifi")}<span class="grow">${t("line.lost")} ${waits}</span></p>`;
  }

  /** @param {View} view */
  drawPhase({ meeting, circulation }) {
    if (meeting.phase === "adjourned") {
      const text = meeting.resumes_at
        ? t("tablet.adjourned_until", { time: clock(meeting.resumes_at) })
        : t("tablet.adjourned");
      return html`<p class="notice">${icon("clock")}<span class="grow">${text}</span></p>`;
    }
    if (meeting.phase === "closed" && meeting.written) {
      const text = circulation.recalled
        ? t("circulation.recalled", { reason: circulation.recalled })
        : t("circulation.finished");
      return html`<p class="notice">
        ${icon("check")}<span class="grow">${text}</span
        >${circulation.recalled ? "" : html`<button class="btn" data-do="results">${t("circulation.results")}</button>`}
      </p>`;
    }
    if (meeting.phase === "closed") return this.drawClosed();
    return "";
  }

  /** After the end: the draft of the minutes to comment on, and the minutes. */
  drawClosed() {
    const { view, me } = store;
    const approved = view?.minutes.state === "approved";
    const link = !me?.member
      ? ""
      : approved
        ? html`<a class="btn" href="documents/minutes.pdf">${t("comments.page.minutes")}</a>`
        : view?.comments.open
          ? html`<a class="btn ${me.agreed ? "" : "strong"}" href="draft">${t("comments.read")}</a>`
          : "";
    return html`<p class="notice">
      ${icon("check")}<span class="grow"
        >${t("tablet.closed")}${!approved && me?.member && view?.comments.open ? ` ${t("comments.notice", { time: moment(view.comments.due ?? 0) })}` : ""}</span
      >${link}
    </p>`;
  }
}
