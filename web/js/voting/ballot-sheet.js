// <ballot-sheet>: one's own ballot. It keeps its layout from choosing through confirming to recorded; no message of anybody
// else's redraws it, and a half-made choice stays in memory until it is confirmed or taken back.

import { give } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, duration, t } from "../lib/words.js";
import { CHOICES, resultCard, ruleCard, SIGN } from "./show.js";

/** @typedef {import("../lib/types").Choice} Choice */
/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

const SLIP = 10; // px a finger may slip and still mean the button

export class BallotSheet extends ViewElement {
  static watch = ["voting", "me", "line", "tick"];

  started() {
    /** @type {Choice | null} */
    this.picked = null; // chosen, not confirmed
    /** @type {Choice | null} */
    this.sending = null; // confirmed, not yet durable
    this.recordedAt = 0;
    /** @type {string} */
    this.vote = "";
    /** @type {Set<string>} votes and results the reader has put away */
    this.away = new Set();
    this.onPress("[data-choice]", (element) => this.pick(/** @type {Choice} */ (element.dataset.choice)));
    this.onPress("[data-do=confirm]", () => void this.confirm());
    this.onPress("[data-do=again]", () => this.pick(null));
    this.onPress("[data-do=away]", () => this.putAway());
    this.onPress("[data-do=back]", () => this.bringBack());
  }

  /**
   * A press: pointer down and up on the same button, or the keyboard. A click alone would be lost after a fling.
   * @param {string} selector @param {(element: HTMLElement) => void} act
   */
  onPress(selector, act) {
    /** @type {{x: number, y: number, on: HTMLElement} | null} */
    let down = null;
    this.on("pointerdown", selector, (event, on) => (down = { x: event.clientX, y: event.clientY, on }));
    this.on("pointerup", selector, (event, on) => {
      const meant = down?.on === on && Math.hypot(event.clientX - down.x, event.clientY - down.y) <= SLIP;
      down = null;
      if (meant) act(on);
    });
    this.on("click", selector, (event, on) => event.detail === 0 && act(on));
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const [key, vote] = this.current(view, me);
    if (key !== this.vote) {
      this.vote = key;
      this.picked = this.sending = null;
    }
    const shown = Boolean(vote) && !this.away?.has(`${key}:${vote?.phase}`);
    this.classList.toggle("shown", shown);
    if (!vote) return html``;
    if (!shown) return vote.phase === "open" ? this.drawBar(me, key) : html``;
    return vote.phase === "open" ? this.drawBallot(view, me, key) : this.drawResult(view, key);
  }

  /** The open vote one is an elector of, else the result being announced. @param {View} view @param {Me} me @returns {[string, import("../lib/types").Vote | undefined]} */
  current(view, me) {
    const votes = Object.entries(view.voting);
    const open = votes.find(([key, vote]) => vote.phase === "open" && me.electors[key]);
    const announced = votes.find(([key, vote]) => vote.phase === "announced" && view.screen.vote === key);
    return open ?? (this.hasAttribute("ballot-only") ? undefined : announced) ?? ["", undefined];
  }

  /** @param {Me} me @param {string} key */
  drawBar(me, key) {
    const cast = me.ballots[key];
    return html`<div class="ballot-bar"><span class="chip live"><i class="dot"></i>${t("vote.open")}</span>
      <span class="grow">${cast ? t("vote.recorded", { choice: t(`vote.${cast}`) }) : t("vote.not_yet")}</span>
      <button class="btn" data-do="back">${cast ? t("vote.change") : t("vote.to_ballot")}</button></div>`;
  }

  /** @param {View} view @param {Me} me @param {string} key */
  drawBallot(view, me, key) {
    const vote = view.voting[key];
    const cast = me.ballots[key];
    const marked = this.sending ?? this.picked ?? cast ?? null;
    const left = vote.closes_at ? vote.closes_at - store.now() : null;
    return html`<section class="ballot" aria-labelledby="ballot-question">
      <header class="row wrap"><span class="chip live"><i class="dot"></i>${t("vote.open")}</span><span class="chip">${t("vote.recorded_kind")}</span>
        <span class="grow"></span>${left === null ? "" : html`<b class="num">${t("vote.left", { left: duration(Math.max(0, left)) })}</b>`}</header>
      <div class="ask-for">
        <div><p class="soft">${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}</p>
          <h1 id="ballot-question">${vote.question}</h1></div>
        ${ruleCard(vote, vote.electorate ?? 0)}
        <div class="choices" role="radiogroup" aria-labelledby="ballot-question">${CHOICES.map((choice) => html`<button class="vote choice ${choice}"
          role="radio" aria-checked="${marked === choice}" data-choice="${choice}" data-other="${Boolean(marked) && marked !== choice}">${icon(SIGN[choice])}<span>${t(`vote.${choice}`)}</span></button>`)}</div>
        <div class="said" aria-live="polite">${this.drawSaid(cast)}</div>
      </div></section>`;
  }

  /** The lowest line is all that changes. @param {Choice | undefined} cast */
  drawSaid(cast) {
    if (this.sending) {
      return html`<p class="note warn">${t("vote.sending", { choice: t(`vote.${this.sending}`) })}</p>`;
    }
    if (this.picked && this.picked !== cast) {
      return html`<div class="confirm"><button class="btn" data-do="again">${t("vote.choose_again")}</button>
        <button class="btn strong" data-do="confirm">${t("vote.confirm", { choice: t(`vote.${this.picked}`) })}</button></div>`;
    }
    if (cast) {
      const at = this.recordedAt ? t("vote.recorded_at", { time: clock(this.recordedAt) }) : "";
      return html`<div class="recorded">${icon("check")}<div class="grow"><b>${t("vote.recorded", { choice: t(`vote.${cast}`) })}</b><span>${at} ${t("vote.may_change")}</span></div>
        <button class="btn" data-do="away">${t("common.back_to_papers")}</button></div>`;
    }
    return html`<p class="soft">${t("vote.hint")}</p>`;
  }

  /** @param {View} view @param {string} key */
  drawResult(view, key) {
    const vote = view.voting[key];
    return html`<section class="ballot" aria-labelledby="result-question">
      <header class="row"><span class="chip">${t("vote.result")}</span><span class="chip">${t("vote.recorded_kind")}</span></header>
      <div class="ask-for"><div><p class="soft">${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}</p><h1 id="result-question">${vote.question}</h1></div>
        ${resultCard(vote)}
        <div><button class="btn strong wide" data-do="away">${t("common.back_to_papers")}</button></div></div></section>`;
  }

  /** @param {Choice | null} choice */
  pick(choice) {
    if (this.sending) return;
    this.picked = choice;
    this.update(true);
    if (choice) this.querySelector(".confirm .strong")?.scrollIntoView({ block: "nearest" });
  }

  /** Recorded is what the server says is durable, nothing earlier. */
  async confirm() {
    const [vote, choice] = [this.vote, this.picked];
    if (!choice || this.sending) return;
    this.sending = choice;
    this.update(true);
    const answer = await give("voting.cast", { vote, choice }, { patience: "ballot" });
    if (this.vote !== vote) return;
    this.sending = this.picked = null;
    if (answer.done) this.recordedAt = store.now();
    else if (answer.text) say(answer.text, "warn");
    this.update(true);
  }

  putAway() {
    const view = store.view;
    if (view && store.me) {
      const [key, vote] = this.current(view, store.me);
      this.away?.add(`${key}:${vote?.phase}`);
    }
    this.update(true);
  }

  bringBack() {
    this.away?.clear();
    this.update(true);
  }
}
