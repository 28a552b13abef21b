// <ballot-sheet>: one's own ballot. It keeps its layout from choosing through confirming to recorded; no message of anybody
// else's redraws it, and a half-made choice stays in memory until it is confirmed or taken back. No choice is ever stored.

import { isAnswered } from "../circulation/answers.js";
import { give } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { say, sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, duration, figure, moment, t } from "../lib/words.js";
import { ballotForm, inWords } from "./ballot-form.js";
import {
  castArguments,
  freshDraft,
  isChoosing,
  isSingle,
  marksOf,
  missing,
  same,
  stepped,
  sumOf,
  tapped,
} from "./marks.js";
import { resultCard } from "./result.js";
import { isRunning, kindChips, ruleCard } from "./show.js";

/** @typedef {import("../lib/types").Choice} Choice */
/** @typedef {import("../lib/types").Marks} Marks */
/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {import("../lib/types").OwnBallot} OwnBallot */
/** @typedef {import("./marks.js").Draft} Draft */

const SLIP = 10; // px a finger may slip and still mean the button

export class BallotSheet extends ViewElement {
  static watch = ["voting", "circulation", "me", "line", "tick"];

  /** @type {Set<string>} votes and results the reader has put away */
  away = new Set();
  vote = "";
  asked = false; // of questions sent round: the reader reads first, and opens the ballot when ready
  right = ""; // whose ballot is on the table; several where one votes for others too, each cast separately
  /** @type {Map<string, Draft>} by right */
  drafts = new Map();

  started() {
    this.onPress("[data-choice]", ({ dataset: { option = "", choice } }) => {
      if (choice === "more" || choice === "less") this.step(option, choice);
      else this.tap(option, /** @type {Choice} */ (choice));
    });
    this.onPress("[data-do=confirm]", () => void this.confirm(this.draft.marks));
    this.onPress("[data-do=blank]", () => void this.confirm({}));
    this.onPress("[data-do=again]", () => this.takeBack());
    this.onPress("[data-do=away]", () => this.putAway());
    this.onPress("[data-do=reread]", () => this.putAway());
    this.onPress("[data-do=told]", () => this.tell(""));
    this.onPress("[data-do=back]", () => this.bringBack());
    this.onPress("[data-do=right]", (button) => {
      this.right = button.dataset.right ?? "";
      this.update(true);
    });
    this.onPress("[data-do=question]", (button) => {
      this.vote = button.dataset.vote ?? "";
      this.drafts = new Map();
      this.right = "";
      this.away.clear();
      this.update(true);
    });
    this.onPress("[data-do=ready]", (button) => void this.sayReady(button.dataset.vote ?? ""));
    this.on("input", "textarea", (_event, field) => {
      this.draft.text = /** @type {HTMLTextAreaElement} */ (field).value;
      this.update(true);
    });
  }

  /** What is in hand for the right on the table. */
  get draft() {
    const found = this.drafts.get(this.right) ?? freshDraft();
    this.drafts.set(this.right, found);
    return found;
  }

  /** The rights one casts in a vote, one's own first. @param {Me} me @param {string} vote @returns {[string, {weight?: number, ballot?: OwnBallot}][]} */
  rights(me, vote) {
    /** @type {[string, {weight?: number, ballot?: OwnBallot}][]} */
    const own = me.electors[vote] ? [[me.id, { weight: me.weights[vote], ballot: me.ballots[vote] }]] : [];
    return [...own, ...Object.entries(me.held[vote] ?? {})];
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

  told = ""; // what became of a ballot that was on its way when its vote ended

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const drawn = this.drawVote(view, me);
    const told = this.told
      ? html`<div class="ballot-bar told" role="alert" data-key="told">
          <span class="grow"><b>${this.told}</b></span
          ><button class="btn firm" data-do="told">${t("common.read")}</button>
        </div>`
      : "";
    return html`${drawn}${told}`;
  }

  /** A ballot that is taken off the table is not taken off without a word. @param {Vote | undefined} former @param {Me} me */
  noteEnd(former, me) {
    if (!former || isRunning(former) || former.sent_round) return; // what was sent round is told above the page
    if (former.phase !== "cancelled") {
      const cast = Object.fromEntries(this.rights(me, this.vote).map(([right, { ballot }]) => [right, ballot]));
      const lost = [...this.drafts].some(
        ([right, { touched, sending }]) => touched && !sending && right in cast && !cast[right],
      );
      if (lost) this.told = t("vote.not_confirmed", { question: former.question });
      return;
    }
    if (this.hasAttribute("ballot-only")) return; // the console says it itself
    const reason = former.void ? t("vote.void.text") : t("vote.was_cancelled.why", { reason: former.reason ?? "" });
    this.told = t("vote.was_cancelled", { question: former.question, reason });
  }

  /** @param {string} text */
  tell(text) {
    this.told = text;
    this.update(true);
  }

  /** @param {View} view @param {Me} me */
  drawVote(view, me) {
    const [key, vote] = this.current(view, me);
    if (key !== this.vote) {
      this.noteEnd(view.voting[this.vote], me);
      this.vote = key;
      this.drafts = new Map();
      this.right = "";
    }
    const rights = this.rights(me, key);
    const mine =
      rights.find(([right]) => right === this.right) ?? rights.find(([, { ballot }]) => !ballot) ?? rights[0];
    this.right = mine?.[0] ?? "";
    const cast = mine?.[1].ballot;
    const waits = view.meeting.phase === "circulating" && !this.asked;
    const shown = Boolean(vote) && !waits && !this.away.has(`${key}:${vote?.phase === "announced"}`);
    this.classList.toggle("shown", shown);
    if (!vote) return this.drawReady(view, me);
    if (!shown && view.meeting.phase === "circulating") return this.drawRound(view, me);
    if (!shown) return isRunning(vote) ? this.drawBar(vote, cast) : html``;
    return isRunning(vote) ? this.drawBallot(view, me, vote, cast) : this.drawResult(view, vote, rights);
  }

  /** The running votes one casts in: several only where questions were sent round. @param {View} view @param {Me} me */
  open(view, me) {
    return Object.entries(view.voting).filter(([key, vote]) => isRunning(vote) && (me.electors[key] || me.held[key]));
  }

  /** The running vote one is an elector of, else the result being announced. @param {View} view @param {Me} me @returns {[string, Vote | undefined]} */
  current(view, me) {
    const votes = Object.entries(view.voting);
    const open = this.open(view, me);
    const chosen = open.find(([key]) => key === this.vote) ?? open.find(([key]) => !isAnswered(me, key)) ?? open[0];
    const announced = votes.find(([key, vote]) => vote.phase === "announced" && view.screen.vote === key);
    return chosen ?? (this.hasAttribute("ballot-only") ? undefined : announced) ?? ["", undefined];
  }

  /** Before the vote: whether one is ready; while others vote by hand or without one: what is going on. @param {View} view @param {Me} me */
  drawReady(view, me) {
    const [key] = Object.entries(me.ready).find(([vote]) => view.voting[vote]) ?? [];
    const running = Object.entries(view.voting).find(([, vote]) => isRunning(vote));
    if (key) {
      return html`<div class="ballot-bar">
        <span class="grow"><b>${t("vote.soon")}</b><br />${view.voting[key].question}</span>
        ${me.ready[key] ? html`<span class="chip good">${icon("check")}${t("vote.i_am_ready")}</span>` : html`<button class="btn strong" data-do="ready" data-vote="${key}">${t("vote.ready")}</button>`}
      </div>`;
    }
    if (!running || !me.member || this.hasAttribute("ballot-only")) return html``;
    const [vote, { method }] = running;
    const why =
      method !== "devices"
        ? t(`vote.bar.${method}`)
        : me.entrusted[vote]
          ? t("vote.bar.entrusted", { name: called(view.people[me.entrusted[vote]]) })
          : me.excused[vote]
            ? t("vote.bar.excused")
            : t("vote.bar.late");
    return html`<div class="ballot-bar">
      <span class="chip live"><i class="dot"></i>${t("vote.open")}</span><span class="grow">${why}</span>
    </div>`;
  }

  /** @param {Vote} vote @param {OwnBallot | undefined} cast */
  drawBar(vote, cast) {
    return html`<div class="ballot-bar">
      <span class="chip live"><i class="dot"></i>${t(`vote.bar.${vote.phase}`)}</span>
      <span class="grow">${cast ? this.recordedWords(vote, cast) : t("vote.not_yet")}</span>
      <button class="btn" data-do="back">
        ${t(!cast ? "vote.to_ballot" : vote.changeable && !vote.secret ? "vote.change" : "vote.to_see")}
      </button>
    </div>`;
  }

  /** How far one is with questions sent round, while one reads. @param {View} view @param {Me} me */
  drawRound(view, me) {
    const open = this.open(view, me);
    const done = open.filter(([key]) => isAnswered(me, key)).length;
    return html`<div class="ballot-bar">
      <span class="chip ${done === open.length ? "good" : "live"}"
        >${t("circulation.mine", { done, of: open.length })}</span
      >
      <span class="grow">${t("circulation.due", { time: moment(view.circulation.due ?? 0) })}</span
      ><button class="btn ${done === open.length ? "" : "strong"}" data-do="back">
        ${t(done === open.length ? "vote.to_see" : "circulation.answer")}
      </button>
    </div>`;
  }

  /** The other questions that were sent round, one tap away. @param {View} view @param {Me} me */
  drawQuestions(view, me) {
    const open = this.open(view, me);
    if (open.length < 2) return "";
    return html`<nav class="row wrap" aria-label="${t("circulation.questions")}">
      ${open.map(([key], place) => html`<button class="btn" data-do="question" data-vote="${key}" aria-pressed="${key === this.vote}">${isAnswered(me, key) ? icon("check") : ""}${t("circulation.question", { n: place + 1 })}</button>`)}
    </nav>`;
  }

  /** @param {View} view @param {Me} me @param {Vote} vote @param {OwnBallot | undefined} cast */
  drawBallot(view, me, vote, cast) {
    const { marks, votes, touched, sending } = this.draft;
    const left = vote.closes_at ? vote.closes_at - store.now() : (vote.left ?? null);
    const fixed = vote.phase !== "open" || Boolean(sending) || Boolean(cast && !vote.changeable);
    return html`<section class="ballot" aria-labelledby="ballot-question">
      <header class="row wrap">
        <span class="chip live"><i class="dot"></i>${t(`vote.bar.${vote.phase}`)}</span>${kindChips(vote)}
        ${store.line === "open" ? "" : html`<span class="chip warn" role="status">${icon("nowifi")}${t(`line.${store.line}.short`)}</span>`}<span
          class="grow"
        ></span>
        ${this.hasAttribute("ballot-only") ? "" : html`<button class="btn" data-do="reread">${icon("paper")}${t("vote.reread")}</button>`}${view.circulation.due ? html`<b>${t("circulation.due", { time: moment(view.circulation.due) })}</b>` : left === null ? "" : html`<b class="num">${t("vote.left", { left: duration(Math.max(0, left)) })}</b>`}
      </header>
      <div class="ask-for">
        ${this.drawQuestions(view, me)}
        <div>
          <p class="soft">
            ${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}${vote.again ? html` · ${t("vote.again")}` : ""}
          </p>
          <h1 id="ballot-question">${vote.question}</h1>
        </div>
        ${ruleCard(vote, vote.electorate ?? 0)}${this.drawRights(view, me, vote)}
        ${isSingle(vote) ? "" : html`<p class="lead">${this.howMany(vote, touched ? votes : (cast?.votes ?? {}))}</p>`}
        ${ballotForm(vote, sending ?? (touched ? marks : (cast?.marks ?? {})), fixed, touched ? votes : (cast?.votes ?? {}), this.vote)}
        <div class="said ${isSingle(vote) ? "" : "many"}" aria-live="polite">
          ${this.drawSaid(view, me, vote, cast)}
        </div>
      </div>
    </section>`;
  }

  /** Whose ballot this is, where one casts for others; each is cast separately. @param {View} view @param {Me} me @param {Vote} vote */
  drawRights(view, me, vote) {
    const rights = this.rights(me, this.vote);
    const weigh = (/** @type {number | undefined} */ weight) =>
      vote.rule.weighted && weight
        ? html` <span class="num">${t("vote.weight", { weight: figure(weight) })}</span>`
        : "";
    const [[right, { weight }]] = rights;
    if (rights.length === 1) {
      const whose = right === me.id ? "" : t("vote.rights.for", { name: called(view.people[right]) });
      return whose || vote.rule.weighted ? html`<p class="lead">${whose}${weigh(weight)}</p>` : "";
    }
    return html`<div class="rights" role="group" aria-label="${t("vote.rights")}">
      ${rights.map(([each, { weight: votes, ballot }]) => html`<button class="btn right" data-do="right" data-right="${each}" aria-pressed="${each === this.right}">${ballot ? icon("check") : ""}<span>${this.owner(view, me, each)}${weigh(votes)}</span></button>`)}
    </div>`;
  }

  /** @param {View} view @param {Me} me @param {string} right */
  owner(view, me, right) {
    return right === me.id ? t("vote.rights.mine") : called(view.people[right]);
  }

  /** @param {Vote} vote @param {Record<string, number>} votes */
  howMany(vote, votes) {
    if (!isChoosing(vote)) return t(vote.kind === "confidence" ? "vote.answer_each.person" : "vote.answer_each");
    if (vote.each > 1)
      return t("vote.spread", { given: sumOf(votes), least: vote.least, n: vote.most, each: vote.each });
    if (vote.most > 1 && Object.keys(this.draft.marks).length >= vote.most) return t("vote.no_more", { n: vote.most });
    return vote.least === vote.most
      ? t("vote.choose_exactly", { n: vote.most })
      : t("vote.choose_between", { least: vote.least, n: vote.most });
  }

  /** The lowest line is all that changes. @param {View} view @param {Me} me @param {Vote} vote @param {OwnBallot | undefined} cast */
  drawSaid(view, me, vote, cast) {
    const { marks, votes, touched, text, sending, recordedAt } = this.draft;
    if (sending) return html`<p class="note warn">${t("vote.sending", { choice: inWords(vote, sending, votes) })}</p>`;
    if (vote.phase === "suspended") return html`<p class="note warn">${t("vote.suspended_text")}</p>`;
    if (vote.phase === "counting") return html`<p class="note">${t("vote.counting_text")}</p>`;
    if (
      touched &&
      !(cast?.marks && same(cast.marks, marks) && same(cast.votes ?? {}, votes) && (cast.text ?? "") === text.trim())
    )
      return this.drawConfirm(vote);
    if (cast) {
      const at = recordedAt ? t("vote.recorded_at", { time: clock(recordedAt) }) : "";
      const next = this.rights(me, this.vote).find(([, { ballot }]) => !ballot)?.[0];
      const go = next
        ? html`<button class="btn strong" data-do="right" data-right="${next}">
            ${next === me.id ? t("vote.rights.next_mine") : t("vote.rights.next", { name: called(view.people[next]) })}
          </button>`
        : "";
      return html`<div class="recorded">
        ${icon("check")}
        <div class="grow">
          <b>${this.recordedWords(vote, cast)}</b
          ><span
            >${at}
            ${t(!vote.changeable ? "vote.is_final" : vote.secret ? "vote.may_cast_again" : "vote.may_change")}</span
          >
          ${cast.entered ? html`<span>${t("vote.entered_for_you", { name: cast.entered })}</span>` : ""}${cast.receipt ? html`<span>${t("vote.receipt")} <b class="receipt num">${cast.receipt}</b></span>` : ""}
        </div>
        ${go}${go && !this.hasAttribute("ballot-only") ? "" : this.drawBack()}
      </div>`;
    }
    const later = this.hasAttribute("ballot-only") ? this.drawBack() : ""; // who runs the vote must be able to close it without voting
    const blank = vote.blank ? html`<button class="btn" data-do="blank">${t("vote.hand_in_blank")}</button>` : "";
    return html`<p class="soft">
        ${t(vote.secret ? "vote.hint.secret" : vote.changeable ? "vote.hint" : "vote.hint.final")}
      </p>
      <div class="row wrap">${blank}${later}</div>`;
  }

  /** The way out, by the name of what lies under the ballot. */
  drawBack() {
    return html`<button class="btn firm" data-do="away">
      ${t(this.hasAttribute("ballot-only") ? "vote.to_console" : "common.back_to_papers")}
    </button>`;
  }

  /** The choice repeated in words, and what is missing. @param {Vote} vote */
  drawConfirm(vote) {
    const { marks, votes, text } = this.draft;
    const lacking = missing(vote, marks, text, votes);
    const wordsOfOther = Object.values(marks).includes("other");
    const count = vote.each > 1 ? sumOf(votes) : Object.keys(marks).length;
    return html`${wordsOfOther ? html`<div class="field"><label for="other-text">${t("vote.other_text")}</label><textarea id="other-text" rows="3" maxlength="500">${text}</textarea></div>` : ""}
      ${lacking ? html`<p class="soft">${t(`vote.missing.${lacking}`, { n: count, least: vote.least, most: vote.most, of: Object.keys(vote.options).length })}</p>` : isSingle(vote) ? "" : html`<p>${inWords(vote, marks, votes)}</p>`}
      <div class="confirm">
        <button class="btn" data-do="again">${t("vote.choose_again")}</button>
        <button class="btn strong" data-do="confirm" ?disabled=${Boolean(lacking)}>
          ${isSingle(vote) ? t("vote.confirm", { choice: inWords(vote, marks) }) : t("vote.hand_in", { n: count })}
        </button>
      </div>`;
  }

  /** @param {Vote} vote @param {OwnBallot} cast */
  recordedWords(vote, cast) {
    if (!cast.marks) return t("vote.recorded_secret");
    return t("vote.recorded", {
      choice: inWords(vote, cast.marks, cast.votes) + (cast.text ? `: “${cast.text}”` : ""),
    });
  }

  /** @param {View} view @param {Vote} vote @param {[string, {ballot?: OwnBallot}][]} rights */
  drawResult(view, vote, rights) {
    return html`<section class="ballot" aria-labelledby="result-question">
      <header class="row wrap"><span class="chip">${t("vote.result")}</span>${kindChips(vote)}</header>
      <div class="ask-for">
        <div>
          <p class="soft">${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}</p>
          <h1 id="result-question">${vote.question}</h1>
        </div>
        ${resultCard(vote, this.vote)}
        ${rights.map(([, { ballot }]) => (ballot?.receipt ? html`<p class="note ${ballot.in_urn ? "good" : "bad"}">${t(ballot.in_urn ? "vote.in_urn" : "vote.not_in_urn", { receipt: ballot.receipt })}</p>` : ""))}
        <div class="row wrap">
          <a class="btn" href="votes/${encodeURIComponent(this.vote)}" target="_blank" rel="noopener"
            >${t("vote.sheet")}</a
          ><button class="btn strong grow" data-do="away">${t("common.back_to_papers")}</button>
        </div>
      </div>
    </section>`;
  }

  /** @param {string} option @param {Choice} answer */
  tap(option, answer) {
    const { view, me } = store;
    const vote = view?.voting[this.vote];
    const { draft } = this;
    if (!vote || !me || draft.sending) return;
    const cast = this.rights(me, this.vote).find(([right]) => right === this.right)?.[1].ballot;
    draft.marks = tapped(vote, draft.touched ? draft.marks : (cast?.marks ?? {}), option, answer);
    draft.touched = true;
    this.update(true);
    if (isSingle(vote)) this.querySelector(".confirm .strong")?.scrollIntoView({ block: "nearest" });
    if (answer === "other") this.querySelector("textarea")?.focus();
  }

  /** One vote more or less for an option that may have several. @param {string} option @param {"more" | "less"} way */
  step(option, way) {
    const { view, me } = store;
    const vote = view?.voting[this.vote];
    const { draft } = this;
    if (!vote || !me || draft.sending) return;
    const cast = this.rights(me, this.vote).find(([right]) => right === this.right)?.[1].ballot;
    draft.votes = stepped(vote, draft.touched ? draft.votes : (cast?.votes ?? {}), option, way);
    draft.marks = marksOf(draft.votes);
    draft.touched = true;
    this.update(true);
  }

  takeBack() {
    this.drafts.delete(this.right);
    this.update(true);
  }

  /** Recorded is what the server says is durable, nothing earlier. @param {Marks} marks */
  async confirm(marks) {
    const { vote, right, draft } = this;
    if (draft.sending) return;
    draft.sending = marks;
    this.update(true);
    const elector = right === store.me?.id ? "" : right;
    const { question = "" } = store.view?.voting[vote] ?? {};
    const answer = await give(
      "voting.cast",
      castArguments(
        vote,
        store.view?.voting[vote]?.secret ?? false,
        marks,
        draft.text,
        elector,
        Object.keys(marks).length ? draft.votes : {},
      ),
      { patience: "ballot" },
    );
    const now = store.view?.voting[vote];
    if (this.vote !== vote || !now || !isRunning(now))
      return this.tell(
        answer.done ? t("vote.arrived", { question }) : t("vote.too_late", { question, reason: answer.text ?? "" }),
      );
    draft.sending = null;
    if (answer.done) this.drafts.set(right, { ...freshDraft(), recordedAt: store.now() });
    else if (answer.text) say(answer.text, "warn");
    this.update(true);
    this.querySelector(".recorded")?.scrollIntoView({ block: "nearest" }); // with large text it is taller than the buttons were
  }

  /** @param {string} vote */
  async sayReady(vote) {
    sayRefusal(await give("voting.say_ready", { vote }));
  }

  putAway() {
    const view = store.view;
    if (view && store.me) {
      const [key, vote] = this.current(view, store.me);
      this.away.add(`${key}:${vote?.phase === "announced"}`);
    }
    this.asked = false;
    this.update(true);
  }

  bringBack() {
    this.away.clear();
    this.asked = true;
    this.update(true);
  }
}
