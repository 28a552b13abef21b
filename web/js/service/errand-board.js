// <errand-board>: every open request with one large button, what comes next: take it, then done. A new one rings and is counted.

import { ring } from "../lib/chime.js";
import { keep, read } from "../lib/display.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called, under } from "../lib/people.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";
import { desk } from "../support/desk.js";
import { NEED_SIGN, open } from "../support/threads.js";
import { fresh, KINDS, wanted } from "./errands.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Errand} Errand */

const TONES = [880, 1100]; // Hz
const LOOK = 20_000; // ms; signals may be lost on a bad line
const LATELY = 5; // done ones, to take one back that was not

export class ErrandBoard extends ViewElement {
  static watch = ["people", "desk", "me", "line", "tick"];

  known = store.desk;
  sounds = false; // a browser rings only after it was touched: somebody says so once
  chosen = read("service-kind") || KINDS[0];
  titled = document.title;

  started() {
    this.onDo("state", (button) => desk.send("move", { id: button.dataset.errand, state: button.dataset.state }));
    this.onDo("kind", (button) => {
      this.chosen = button.dataset.kind ?? KINDS[0];
      keep("service-kind", this.chosen);
      this.update(true);
    });
    this.onDo("sound", () => {
      this.sounds = !this.sounds;
      if (this.sounds) void ring(TONES);
      this.update(true);
    });
    const looking = setInterval(() => void desk.load(), LOOK);
    this.signal.addEventListener("abort", () => clearInterval(looking));
  }

  update(always = false) {
    super.update(always);
    const [before, now] = [this.known, store.desk];
    if (before === now) return;
    this.known = now;
    if (before.loaded && wanted(fresh(before.errands, now.errands), this.chosen).length) this.call();
    this.count(wanted(open(now.errands), this.chosen).filter(({ state }) => state === "asked").length);
  }

  call() {
    if (this.sounds) void ring(TONES);
    if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.([200, 100, 200]);
  }

  /** In the name of the page and on the sign of the application, for who looks elsewhere. @param {number} asked */
  count(asked) {
    document.title = asked ? `(${asked}) ${this.titled}` : this.titled;
    const badge = /** @type {{setAppBadge?: (count: number) => Promise<void>}} */ (navigator).setAppBadge;
    badge?.call(navigator, asked).catch(() => {}); // not installed: there is no sign
  }

  /** @param {View} view @param {import("../lib/types").Me} me */
  draw(view, me) {
    const errands = wanted(open(store.desk.errands), this.chosen);
    const done = wanted(store.desk.errands, this.chosen)
      .filter(({ state }) => state === "done")
      .slice(-LATELY)
      .reverse();
    return html`<div role="status">${this.drawLine()}</div>
      <div class="row wrap tune">
        <div class="row wrap grow" role="group" aria-label="${t("service.kinds")}">
          ${KINDS.map((kind) => html`<button class="btn" data-do="kind" data-kind="${kind}" aria-pressed="${kind === this.chosen}">${t(`service.kind.${kind}`)}</button>`)}
        </div>
        <button class="btn ${this.sounds ? "" : "firm"}" data-do="sound" aria-pressed="${this.sounds}">
          ${icon("bell")}${t(this.sounds ? "service.sound.on" : "service.sound.off")}
        </button>
      </div>
      ${store.desk.loaded && !errands.length ? html`<p class="card none">${icon("check")}<span>${t("service.none")}</span></p>` : ""}
      <ul class="jobs" aria-live="polite">
        ${errands.map((each) => this.drawErrand(view, me, each))}
      </ul>
      ${
        done.length
          ? html`<details class="lately">
              <summary>${t("support.done_lately")}</summary>
              <ul class="jobs">
                ${done.map((each) => this.drawErrand(view, me, each))}
              </ul>
            </details>`
          : ""
      }`;
  }

  drawLine() {
    if (store.line === "ended")
      return html`<p class="note warn row">
        ${icon("nowifi")}<span class="grow">${t("line.ended")}</span><a class="btn" href="/join">${t("join.do")}</a>
      </p>`;
    if (store.line !== "lost" && !desk.waiting.length) return "";
    return html`<p class="note warn row">
      ${icon("nowifi")}<span class="grow"
        >${t("line.lost")} ${desk.waiting.length ? t("line.waits", { n: desk.waiting.length }) : ""}</span
      >
    </p>`;
  }

  /** @param {View} view @param {import("../lib/types").Me} me @param {Errand} errand */
  drawErrand(view, me, { id, participant, need, text, at, state, by, changed_at: changed }) {
    const person = view.people[participant];
    const minutes = Math.floor((store.now() - at) / 60_000);
    const theirs = state === "taken" && by !== me.id;
    const since =
      state === "done"
        ? t("service.done_at", { time: clock(changed) })
        : minutes
          ? t("console.waits", { n: minutes })
          : t("support.just_now");
    const button = (/** @type {string} */ to, /** @type {string} */ kind, /** @type {string} */ word) =>
      html`<button class="btn ${kind}" data-do="state" data-errand="${id}" data-state="${to}">
        ${to === "done" ? icon("check") : ""}${t(word)}<span class="sr"> ${text || t(`support.need.${need}`)}</span>
      </button>`;
    return html`<li data-key="${id}" class="card is-${state} ${theirs ? "is-theirs" : ""}">
      <span class="need">${icon(NEED_SIGN[need])}</span>
      <div class="what">
        <b>${text || t(`support.need.${need}`)}</b
        ><span>${person?.seat ? html`<b>${t("common.seat", { seat: person.seat })}</b> ` : ""}${called(person)}</span
        ><span class="soft small"
          >${[under(person), since, theirs ? t("support.taken_by", { name: called(view.people[by]) }) : ""].filter(Boolean).join(" · ")}</span
        >
      </div>
      <div class="row next">
        ${state === "asked" ? button("taken", "strong", "service.take") : ""}${state === "taken" ? button("asked", "quiet", "service.give_back") : ""}${state === "taken" ? button("done", theirs ? "" : "strong", "service.done") : ""}${state === "done" ? button("taken", "quiet", "service.not_done") : ""}
      </div>
    </li>`;
  }
}
