// <floor-panel>: who speaks and how long, who was interrupted, who waits; the votes that are prepared.

import { allowanceLeft, budgetsLeft, times } from "../floor/statistics.js";
import { interrupts, SIGN } from "../floor/kinds.js";
import { openRules } from "../floor/rules-sheet.js";
import { openSpeaking } from "../floor/speaking-table.js";
import { dragRow, placeBefore, stepBefore } from "../lib/dragging.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { attends, byOrder, called, inOrder } from "../lib/people.js";
import { actions, openSheet } from "../lib/sheet.js";
import { discussed, left, saying, shown, spent, WARNING } from "../lib/speech.js";
import { store } from "../lib/store.js";
import { duration, t } from "../lib/words.js";
import { isRunning } from "../voting/show.js";
import { heldCards, onHeld } from "./middle.js";
import { order } from "./order.js";
import { openVote, prepareVote } from "./vote-panel.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Speech} Speech */

const HELD_MOST = 5_000; // ms: a finger that was never seen to leave does not stop the list for ever
const LIMITS = [60, 120, 180, 300, 420, 600, 900, 0];

export class FloorPanel extends ViewElement {
  static watch = ["floor", "people", "attendance", "agenda", "stage", "voting", "screen", "meeting", "tick"];

  started() {
    this.onDo("pause", () => void order("floor.pause"));
    this.onDo("resume", () => void order("floor.resume"));
    this.onDo("extend", () => void order("floor.extend", { seconds: 60 }));
    this.onDo("prolong", (button) => void order("floor.prolong", { item: button.dataset.item, seconds: 300 }));
    this.onDo("end", () => void order("floor.end"));
    this.onDo(
      "give",
      (button) => void order("floor.give", { participant: button.dataset.person, kind: button.dataset.kind }),
    );
    this.onDo("up", (button) => this.step(button.dataset.request ?? "", "up"));
    this.onDo("decline", (button) => decline(button.dataset.request ?? ""));
    this.onDo("anyone", () => giveAnyone());
    this.onDo("rules", openRules);
    onHeld(this);
    this.onDo("speaking", openSpeaking);
    this.onDo("prepare", () => prepareVote(store.view?.agenda.current));
    this.onDo("open-vote", (button) => openVote(button.dataset.vote ?? ""));
    this.on(
      "change",
      "select[name=limit]",
      (_event, select) => void setLimit(/** @type {HTMLSelectElement} */ (select).value),
    );
    this.on("keydown", ".waiting .grip", (event, grip) => this.key(event, grip));
    this.on("pointerdown", ".waiting .grip", (event, grip) =>
      dragRow(this, event, grip, (row, over, after) => this.move(row, placeBefore(this.waiting(), row, over, after))),
    );
    // Others' requests do not move the list under a finger.
    this.on("pointerdown", ".waiting li", () => (this.heldAt = performance.now()));
    for (const end of ["pointerup", "pointercancel"])
      window.addEventListener(end, () => this.release(), { signal: this.signal });
  }

  release() {
    if (!this.heldAt) return;
    this.heldAt = 0;
    setTimeout(() => this.update(true)); // after the click this finger makes
  }

  update(always = false) {
    if (!this.heldAt || performance.now() - this.heldAt > HELD_MOST) super.update(always);
  }

  /** @returns {string[]} */
  waiting() {
    return byOrder(store.view?.floor.requests ?? {}).map(([key]) => key);
  }

  /** @param {string} request @param {string | undefined | null} before */
  move(request, before) {
    if (before !== null) void order("floor.move", before ? { request, before } : { request });
  }

  /** @param {string} request @param {"up" | "down"} way */
  step(request, way) {
    this.move(request, stepBefore(this.waiting(), request, way));
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} grip */
  key(event, grip) {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    event.stopPropagation(); // the arrows turn pages elsewhere
    this.step(grip.dataset.request ?? "", event.key === "ArrowUp" ? "up" : "down");
  }

  /** @param {View} view */
  draw(view) {
    const running = view.meeting.phase === "in_session";
    const requests = byOrder(view.floor.requests);
    const { rules } = view.floor;
    return html`<div class="speaking">${this.drawSpeech(view)}</div>
      <div class="waiting">
        <div class="head">
          <h2 class="grow">
            ${t("console.requests")}${requests.length ? html` <span class="chip accent num">${requests.length}</span>` : ""}
          </h2>
          ${rules.open ? "" : html`<span class="chip warn">${icon("lock")}${t("floor.closed")}</span>`}
          <button
            class="btn quiet icon"
            data-do="speaking"
            aria-label="${t("floor.statistics")}"
            title="${t("floor.statistics")}"
          >
            ${icon("chart")}
          </button>
          <button class="btn quiet icon" data-do="rules" aria-label="${t("floor.rules")}" title="${t("floor.rules")}">
            ${icon("tune")}
          </button>
        </div>
        ${
          running
            ? html`<div class="row choose">
                <label class="row" title="${t("console.limit")}"
                  >${icon("clock")}<span class="sr">${t("console.limit")}</span
                  ><select name="limit">
                    ${limits(rules.seconds).map((seconds) => html`<option value="${seconds}" ?selected=${seconds === rules.seconds}>${inMinutes(seconds)}</option>`)}
                  </select></label
                ><button class="btn quiet" data-do="anyone">${icon("mic")}${t("console.invite_other")}</button>
              </div>`
            : ""
        }
        ${running ? this.drawDiscussion(view) : ""}
        <ol>
          ${requests.map(([key], index) => this.drawRequest(view, key, index))}
        </ol>
        ${requests.length ? "" : html`<p class="soft small none">${t("console.nobody_waits")}</p>`}
      </div>
      <div class="foot">${heldCards(view)}${this.drawVotes(view, running)}</div>`;
  }

  /** The time of the whole item, where it has one: the speeches share it. @param {View} view */
  drawDiscussion({ floor: { discussion } }) {
    if (!discussion) return "";
    const { word, late } = discussed(discussion, store.now());
    return html`<div class="discussion ${late ? "late" : ""}">
      <span class="grow small"
        >${t(word)} <b class="num">${duration(shown(discussion, store.now()))}</b>
        <span class="soft num">/ ${duration(discussion.seconds * 1000)}</span></span
      >
      <button
        class="btn"
        data-do="prolong"
        data-item="${discussion.item}"
        aria-label="${t("floor.discussion.prolong")}"
      >
        + 5′
      </button>
    </div>`;
  }

  /** @param {View} view @param {string} key @param {number} index */
  drawRequest(view, key, index) {
    const request = view.floor.requests[key];
    const name = called(view.people[request.participant]);
    const now = interrupts(view.floor.speech, request);
    return html`<li data-key="${key}" data-row="${key}" class="kind-${request.kind}">
      <button class="grip" data-request="${key}" aria-label="${t("console.move_of", { name, place: index + 1 })}">
        <span class="num soft">${index + 1}</span>${icon("grip")}
      </button>
      <span class="whom"
        >${request.kind === "speak" ? "" : html`<span class="kind">${icon(SIGN[request.kind])}${t(`floor.kind.${request.kind}`)}</span>`}<b
          >${name}</b
        ></span
      ><span class="small soft note-of">${this.note(view, request)}</span
      ><span class="acts">
        ${index ? html`<button class="btn quiet icon" data-do="up" data-request="${key}" aria-label="${t("console.up", { name })}">${icon("up")}</button>` : ""}
        <button
          class="btn quiet icon"
          data-do="decline"
          data-request="${key}"
          aria-label="${t("console.decline_of", { name })}"
        >
          ${icon("cross")}
        </button>
        <button
          class="btn ${index || view.floor.speech ? "" : "firm"}"
          data-do="give"
          data-person="${request.participant}"
          data-kind="${request.kind}"
        >
          ${t(now ? "console.invite_now" : "console.invite")}
        </button></span
      >
    </li>`;
  }

  /** @param {View} view */
  drawSpeech(view) {
    const { speech } = view.floor;
    if (!speech) return html`<p class="soft">${t("console.nobody_speaks")}</p>`;
    const now = store.now();
    const rest = left(speech, now);
    const done = speech.seconds ? Math.min(100, (100 * spent(speech, now)) / (speech.seconds * 1000)) : 0;
    const late = rest !== null && rest <= WARNING;
    const clockNow = shown(speech, now);
    const over = rest !== null && clockNow < 0; // in words: nobody reads a minus sign across a table
    const word = saying(speech, now);
    const doing = speech.kind === "speak" ? t("console.speaks") : t(`floor.kind.${speech.kind}`);
    return html`<p class="row">
        <span class="mic">${icon(SIGN[speech.kind])}</span
        ><span class="grow"
          ><b>${called(view.people[speech.participant])}</b><br /><span class="small ${late ? "late" : "soft"}"
            >${word ? t(word) : doing}${speech.to ? html` → ${called(view.people[speech.to])}` : ""}</span
          ></span
        >
      </p>
      ${speech.topic ? html`<p class="small soft clamp">“${speech.topic}”</p>` : ""}
      <p class="row">
        ${over ? html`<span class="late">${t("console.over")}</span>` : ""}<span class="big num ${late ? "late" : ""}"
          >${duration(over ? -clockNow : clockNow)}</span
        ><span class="soft"
          >${speech.seconds ? t(over ? "console.over_of" : "console.left_of", { of: duration(speech.seconds * 1000) }) : t("console.spent")}${this.drawBudget(view, speech, now)}</span
        >
      </p>
      <div class="meter" style="--done: ${done}%" data-late="${late}"></div>
      <div class="three">
        ${speech.running ? html`<button class="btn" data-do="pause">${icon("pause")}${t("console.pause")}</button>` : html`<button class="btn strong" data-do="resume">${icon("play")}${t("console.go_on")}</button>`}<button
          class="btn"
          data-do="extend"
          ?disabled=${!speech.seconds}
          aria-label="${t("console.extend")}"
        >
          + 1′</button
        ><button class="btn" data-do="end">${t("floor.end")}</button>
      </div>
      ${Object.entries(view.floor.interrupted).map(([key, waits]) => html`<p class="small rests" data-key="${key}">${icon("pause")}<span class="grow">${t(waits.seconds ? "console.interrupted" : "console.interrupted.free", { name: called(view.people[waits.participant]) })}</span><b class="num">${duration(shown(waits, now))}</b></p>`)}`;
  }

  /** @param {View} view @param {Speech} speech @param {number} now */
  drawBudget(view, speech, now) {
    const rest = budgetsLeft(view, spent(speech, now))[view.people[speech.participant]?.unit ?? ""];
    const own = allowanceLeft(view, speech.participant, spent(speech, now));
    const line = (/** @type {string} */ key, /** @type {number | undefined} */ ms) =>
      ms === undefined
        ? ""
        : html`<br /><span class="small ${ms < 0 ? "late" : ""}">${t(key, { left: duration(ms) })}</span>`;
    return html`${line("floor.budget_left", rest)}${line("floor.allowance_left", own)}`;
  }

  /** @param {View} view @param {import("../lib/types").FloorRequest} request */
  note(view, request) {
    const minutes = Math.floor((store.now() - request.asked_at) / 60_000);
    const spoken = times(view.floor.turns, request.participant);
    const item = request.item && request.item !== view.agenda.current ? view.agenda.items[request.item] : undefined;
    const parts = [
      view.attendance.present[request.participant] ? "" : t("console.not_here"),
      request.to ? t("console.asks", { name: called(view.people[request.to]) }) : "",
      request.topic ? `“${request.topic}”` : "",
      item ? t("common.item", { number: item.number }) : "",
      minutes > 0 ? t("console.waits", { n: minutes }) : "",
      spoken ? t("console.spoken", { n: spoken }) : "",
    ];
    return parts.filter(Boolean).join(" · ") || t("console.first_time");
  }

  /** @param {View} view @param {boolean} running */
  drawVotes(view, running) {
    if (
      view.meeting.phase === "closed" ||
      Object.values(view.voting).some((vote) => isRunning(vote) || vote.ready_asked_at)
    )
      return "";
    const prepared = Object.entries(view.voting).filter(([, vote]) => vote.phase === "prepared");
    const [key, vote] = prepared.find(([, each]) => each.item === view.agenda.current) ?? prepared[0] ?? [];
    if (!vote) return html`<button class="btn wide" data-do="prepare">${icon("vote")}${t("vote.prepare")}</button>`;
    const now = vote.item === view.agenda.current;
    return html`<p class="small soft">
        ${t("console.prepared", { number: view.agenda.items[vote.item]?.number ?? "" })}
      </p>
      <p class="clamp"><b>${vote.question}</b></p>
      <div class="row">
        <button
          class="btn grow ${now && running ? "strong" : ""}"
          data-do="open-vote"
          data-vote="${key}"
          ?disabled=${!running}
        >
          ${icon("vote")}${t("console.open_vote")}</button
        ><button class="btn icon" data-do="prepare" aria-label="${t("vote.prepare")}">${icon("plus")}</button>
      </div>`;
  }
}

/** The limits to choose from, with the one in force. @param {number} now */
const limits = (now) => (LIMITS.includes(now) ? LIMITS : [now, ...LIMITS]);

/** @param {number} seconds */
const inMinutes = (seconds) => (seconds ? t("common.minutes", { n: seconds / 60 }) : t("console.no_limit"));

/** The limit belongs to the item that is on, so that every console and the secretariat see the same. @param {string} value */
async function setLimit(value) {
  const item = store.view?.agenda.current;
  await order("floor.limit", item ? { seconds: Number(value), item } : { seconds: Number(value) });
}

/** @param {string} request */
function decline(request) {
  const view = store.view;
  const asked = view?.floor.requests[request];
  if (!view || !asked) return;
  openSheet(
    html`<form method="dialog">
      <h2>${t("console.decline_of", { name: called(view.people[asked.participant]) })}</h2>
      <div class="field">
        <label for="reason">${t("console.decline.reason")}</label><span class="hint">${t("console.decline.hint")}</span
        ><input id="reason" name="reason" maxlength="300" autocomplete="off" />
      </div>
      <div class="row wrap">
        ${["time", "later", "elsewhere"].map((reason) => html`<button type="button" class="btn" data-act="because" value="${t(`console.decline.${reason}`)}">${t(`console.decline.${reason}`)}</button>`)}
      </div>
      ${actions("decline", t("console.decline"))}
    </form>`,
    (name, form, _dialog, button) => {
      if (name === "decline") void order("floor.decline", { request, reason: String(form.get("reason") ?? "") });
      if (name === "because")
        void order("floor.decline", { request, reason: /** @type {HTMLButtonElement} */ (button).value });
    },
  );
}

function giveAnyone() {
  const view = store.view;
  if (!view) return;
  const people = inOrder(view.people).filter(([key, person]) => attends(person) && view.attendance.present[key]);
  const dialog = openSheet(
    html`<form method="dialog">
      <div class="row">
        <h2 class="grow">${t("console.invite_other")}</h2>
        <button class="btn" type="button" data-act="">${t("common.close")}</button>
      </div>
      ${people.length ? "" : html`<p>${t("console.nobody_here")}</p>`}
      <div class="names">
        ${people.map(([key, person]) => html`<button type="button" class="btn" data-act="give" value="${key}">${called(person)}</button>`)}
      </div>
    </form>`,
    (name, _form, _dialog, button) => {
      if (name === "give") void order("floor.give", { participant: /** @type {HTMLButtonElement} */ (button).value });
    },
  );
  dialog.classList.add("wide");
}
