// <vote-panel>: a vote in the middle of the console: who is ready, who has voted (never what), the result, announcing it.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called, inOrder } from "../lib/people.js";
import { actions, openSheet, sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { duration, figure, t } from "../lib/words.js";
import { give } from "../lib/commands.js";
import { enterCount } from "../voting/count-sheet.js";
import { isSingle, optionsOf } from "../voting/marks.js";
import { showNames } from "../voting/names-sheet.js";
import { cancelled, resultCard } from "../voting/result.js";
import { isRunning, kindChips, ruleCard } from "../voting/show.js";
import { awaiting, castingForm } from "./casting-vote.js";
import { putAside, voteInMiddle } from "./middle.js";
import { order } from "./order.js";

export { prepareVote } from "../voting/prepare-sheet.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Vote} Vote */

const PLAIN = ["extend", "suspend", "resume", "close", "announce"];

export class VotePanel extends ViewElement {
  static watch = ["voting", "people", "agenda", "stage", "screen", "me", "attendance", "tick"];

  /** @type {import("../lib/types").Marks} how the chair leans in a tie, not confirmed */
  leaning = {};

  started() {
    for (const name of PLAIN) {
      this.onDo(
        name,
        (button) =>
          void order(`voting.${name}`, { vote: button.dataset.vote, ...(name === "extend" ? { seconds: 30 } : {}) }),
      );
    }
    this.onDo("cancel", (button) => askCancel(button.dataset.vote ?? ""));
    this.onDo("names", (button) => showNames(button.dataset.vote ?? ""));
    this.onDo("count", (button) => enterCount(button.dataset.vote ?? ""));
    this.onDo("excuse", (button) => excuse(button.dataset.vote ?? ""));
    this.onDo(
      "admit",
      (button) => void order("voting.admit", { vote: button.dataset.vote, participant: button.dataset.person }),
    );
    this.onDo("open-now", (button) => openVote(button.dataset.vote ?? ""));
    this.onDo("repeat", (button) => void repeat(button.dataset.vote ?? ""));
    this.onDo("repeat-now", (button) => void repeatNow(button.dataset.vote ?? ""));
    this.onDo("lean", ({ dataset }) =>
      this.lean({ ...this.leaning, [dataset.option ?? ""]: /** @type {"yes" | "no"} */ (dataset.choice) }),
    );
    this.onDo("lean-again", () => this.lean({}));
    this.onDo("decide-tie", () => void this.decideTie());
    this.onDo("wall", (button) => void order("screen.show", { scene: button.dataset.scene }));
    this.onDo("done", () => void this.leave());
    this.onDo("aside", (button) => putAside(button.dataset.vote ?? ""));
  }

  /** @param {View} view */
  draw(view) {
    const found = voteInMiddle(view);
    this.hidden = !found;
    if (!found) return html``;
    const [key, vote] = found;
    const item = view.agenda.items[vote.item];
    return html`<div class="voting" tabindex="0" role="region" aria-label="${vote.question}">
        <p class="row wrap soft">
          <span>${t("common.item", { number: item?.number ?? "" })} · ${t(`vote.phase.${vote.phase}`)}</span
          >${kindChips(vote)}${vote.again ? html`<span class="chip">${t("vote.again")}</span>` : ""}${vote.without_quorum ? html`<span class="chip warn">${t("vote.without_quorum")}</span>` : ""}
        </p>
        <h1>${vote.question}</h1>
        ${isRunning(vote) ? this.drawRunning(view, key, vote) : vote.phase === "prepared" ? this.drawReadiness(view, vote) : this.drawCounted(key, vote)}
      </div>
      ${vote.phase === "counting" ? "" : html`<div class="decide">${isRunning(vote) ? this.decideRunning(key, vote) : vote.phase === "prepared" ? decideReadiness(key) : this.decideCounted(key, vote)}</div>`}`;
  }

  /** @param {View} view @param {Vote} vote */
  drawReadiness(view, vote) {
    const people = inOrder(view.people).filter(([person]) => vote.ready_by && person in vote.ready_by);
    return html`<div class="row wrap">
        <span class="big num">${vote.ready ?? 0}</span
        ><span class="lead soft grow">${t("vote.of_ready", { of: vote.asked ?? 0 })}</span>
      </div>
      ${ruleCard(vote, view.attendance.members_present)}
      <ul class="electors">
        ${people.map(([person, entry]) => elector(person, called(entry), Boolean(vote.ready_by?.[person]), t(vote.ready_by?.[person] ? "vote.is_ready" : "vote.is_not_ready")))}
      </ul>`;
  }

  /** @param {View} view @param {string} key @param {Vote} vote */
  drawRunning(view, key, vote) {
    if (vote.phase === "counting") return html`<p class="note" role="status">${t("vote.counting_text")}</p>`;
    const left = vote.closes_at ? Math.max(0, vote.closes_at - store.now()) : (vote.left ?? null);
    const byHand = vote.method !== "devices";
    const suspended = vote.phase === "suspended";
    const everyone = inOrder(view.people).filter(([person]) => vote.electors?.[person]);
    const whose = (/** @type {string} */ person) =>
      called(view.people[person]) +
      (vote.holders?.[person] ? ` (${t("vote.cast_by", { name: called(view.people[vote.holders[person]]) })})` : "");
    return html`${
        byHand
          ? html`<p class="lead">
              ${t(vote.report ? "vote.count.entered" : "vote.count.wait", { n: vote.electorate ?? 0 })}
            </p>`
          : html`<div class="row wrap">
              <span class="big num">${vote.voted ?? 0}</span
              ><span class="lead soft grow">${t("vote.of_present", { of: vote.electorate ?? 0 })}</span
              ><span class="chip">${t("console.not_voted", { n: (vote.electorate ?? 0) - (vote.voted ?? 0) })}</span
              >${left === null ? "" : html`<span class="lead">${t("vote.left", { left: duration(left) })}</span>`}
            </div>`
      }
      ${suspended ? html`<p class="note warn" role="status">${t("vote.suspended_office")}</p>` : ""}${ruleCard(vote, view.attendance.members_present)}
      <ul class="electors">
        ${everyone.map(([person]) => elector(person, whose(person), Boolean(vote.voted_by?.[person]), byHand ? "" : t(vote.voted_by?.[person] ? "vote.has_voted" : "vote.has_not_voted")))}
        ${Object.keys(vote.excused ?? {}).map((person) => html`<li class="out" data-key="${person}">${called(view.people[person])}, ${t("vote.excused")}</li>`)}
      </ul>
      ${this.drawLate(view, key, vote)}`;
  }

  /** What ends the vote is always in sight, however many names there are. @param {string} key @param {Vote} vote */
  decideRunning(key, vote) {
    const byHand = vote.method !== "devices";
    const suspended = vote.phase === "suspended";
    return html`<div class="lesser">
        ${suspended || !vote.closes_at ? "" : html`<button class="btn" data-do="extend" data-vote="${key}">${t("vote.extend")}</button>`}
        ${suspended ? html`<button class="btn firm" data-do="resume" data-vote="${key}">${icon("play")}${t("vote.resume")}</button>` : html`<button class="btn" data-do="suspend" data-vote="${key}">${icon("pause")}${t("vote.suspend")}</button>`}
        <button class="btn quiet" data-do="excuse" data-vote="${key}">${t("vote.excuse")}</button
        ><button class="btn danger" data-do="cancel" data-vote="${key}">${t("vote.cancel")}</button>
      </div>
      ${byHand ? html`<button class="btn tall ${vote.report ? "" : "strong"}" data-do="count" data-vote="${key}">${icon("edit")}${t("vote.count.title")}</button>` : ""}
      <button
        class="btn tall ${byHand && !vote.report ? "" : "strong"}"
        data-do="close"
        data-vote="${key}"
        ?disabled=${byHand && !vote.report}
      >
        ${t("vote.close")}
      </button>`;
  }

  /** Members who came after the opening: let in one by one, or not. @param {View} view @param {string} key @param {Vote} vote */
  drawLate(view, key, vote) {
    const late = inOrder(view.people).filter(
      ([person, { member }]) =>
        member &&
        (view.attendance.present[person] || represented(view, vote, person)) &&
        !vote.electors?.[person] &&
        !vote.excused?.[person],
    );
    return late.map(
      ([person, entry]) =>
        html`<p class="note row wrap" data-key="late-${person}">
          <span class="grow">${t("vote.late", { name: called(entry) })}</span
          ><button class="btn" data-do="admit" data-vote="${key}" data-person="${person}">${t("vote.admit")}</button>
        </p>`,
    );
  }

  /** @param {import("../lib/types").Marks} marks */
  lean(marks) {
    this.leaning = marks;
    this.update(true);
  }

  async decideTie() {
    const [vote] = (store.view && voteInMiddle(store.view)) ?? [];
    if (await order("voting.decide_tie", { vote, marks: Object.entries(this.leaning) })) this.lean({});
  }

  /** @param {string} key @param {Vote} vote */
  drawCounted(key, vote) {
    if (vote.phase === "cancelled") return cancelled(vote);
    const open = awaiting(vote).length > 0;
    const tie = !open
      ? ""
      : store.me?.role === "chair"
        ? castingForm(vote, this.leaning)
        : html`<p class="note warn" role="status">${t("vote.casting.wait")}</p>`;
    return html`${tie}${resultCard(vote, key)}`;
  }

  /** @param {string} key @param {Vote} vote */
  decideCounted(key, vote) {
    if (vote.phase === "cancelled")
      return html`<div class="lesser">
          <button class="btn" data-do="repeat" data-vote="${key}">${t("vote.repeat")}</button>
        </div>
        <button class="btn strong tall" data-do="done">${t("vote.go_on")}</button>`;
    const open = awaiting(vote).length > 0;
    const again = Object.values(vote.result?.outcomes ?? {}).some(({ by }) => by === "repeat" || by === "tied_places");
    return html`<div class="lesser">
        ${Object.keys(vote.result?.names ?? {}).length ? html`<button class="btn" data-do="names" data-vote="${key}">${t("vote.names")}</button>` : ""}
        <a class="btn" href="votes/${encodeURIComponent(key)}" target="_blank" rel="noopener"
          >${icon("open")}${t("vote.sheet")}</a
        >${again && vote.phase === "closed" ? "" : html`<button class="btn quiet" data-do="repeat" data-vote="${key}">${t("vote.repeat")}</button>`}
        ${vote.phase === "closed" ? html`<button class="btn quiet" data-do="aside" data-vote="${key}">${t("console.held.aside")}</button>` : isSingle(vote) && Object.keys(vote.result?.names ?? {}).length ? this.drawWall() : ""}
      </div>
      ${vote.phase === "closed" ? html`<button class="btn ${again ? "" : "strong"} tall" data-do="announce" data-vote="${key}" ?disabled=${open}>${t("vote.announce")}</button>${again ? html`<button class="btn strong tall" data-do="repeat-now" data-vote="${key}">${t("vote.repeat_now")}</button>` : ""}` : html`<button class="btn strong tall" data-do="done">${t("vote.go_on")}</button>`}`;
  }

  /** The wall shows the result, or who chose what by seat. */
  drawWall() {
    const seats = store.view?.screen.scene === "seats";
    return html`<button class="btn" data-do="wall" data-scene="${seats ? "auto" : "seats"}">
      ${icon(seats ? "vote" : "seats")}${t(seats ? "vote.wall.result" : "vote.wall.seats")}
    </button>`;
  }

  /** The room goes back to the paper of the item. */
  async leave() {
    const view = store.view;
    if (!view) return;
    if (view.screen.scene === "seats") await order("screen.show", { scene: "auto" });
    const { paper, page } = view.stage;
    if (paper) void order("stage.show", { paper, page: page ?? 1 });
    else void order("screen.show", { scene: "agenda" });
  }
}

/** @param {string} key */
const decideReadiness = (key) =>
  html`<div class="lesser">
      <button class="btn quiet" data-do="excuse" data-vote="${key}">${t("vote.excuse")}</button
      ><button class="btn danger" data-do="cancel" data-vote="${key}">${t("vote.cancel")}</button
      ><button class="btn quiet" data-do="aside" data-vote="${key}">${t("console.held.aside")}</button>
    </div>
    <button class="btn strong tall" data-do="open-now" data-vote="${key}">${t("vote.open.do")}</button>`;

/** A tie that is to be voted on again: the result is announced, and the question is open again after one look at its card. @param {string} vote */
async function repeatNow(vote) {
  if (await order("voting.announce", { vote })) await repeat(vote);
}

/** The same question once more: its card opens at once, and put away it waits among the prepared votes. @param {string} vote */
async function repeat(vote) {
  const answer = await give("voting.repeat", { vote });
  if (sayRefusal(answer) && answer.made) openVote(answer.made);
}

/** Whether somebody present casts for this member. @param {View} view @param {Vote} vote @param {string} person */
const represented = (view, vote, person) =>
  vote.rule.by_proxy && view.attendance.present[view.rights.proxies?.[person]?.holder ?? ""];

/** @param {string} person @param {string} name @param {boolean} has @param {string} words */
const elector = (person, name, has, words) =>
  html`<li data-key="${person}" class="${has ? "has" : ""}">
    ${has ? icon("check") : ""}<span>${name}</span><span class="sr">${words}</span>
  </li>`;

/** @param {string} vote */
function askCancel(vote) {
  openSheet(
    html`<form method="dialog">
      <h2>${t("vote.cancel")}</h2>
      <div class="field">
        <label for="reason">${t("vote.cancel.reason")}</label><span class="hint">${t("vote.cancel.hint")}</span
        ><input id="reason" name="reason" maxlength="300" required />
      </div>
      ${actions("cancel", t("vote.cancel"), "danger")}
    </form>`,
    async (name, form) =>
      name === "cancel" ? order("voting.cancel", { vote, reason: String(form.get("reason")) }) : undefined,
  );
}

/** A member with an interest in the matter takes no part in this vote. @param {string} key */
function excuse(key) {
  const view = store.view;
  const vote = view?.voting[key];
  if (!view || !vote) return;
  const people = inOrder(view.people).filter(
    ([person, { member }]) => member && !vote.excused?.[person] && !vote.voted_by?.[person],
  );
  openSheet(
    html`<form method="dialog">
      <h2>${t("vote.excuse")}</h2>
      <div class="field">
        <label for="excused">${t("vote.excuse.who")}</label
        ><select id="excused" name="participant">
          ${people.map(([person, entry]) => html`<option value="${person}">${called(entry)}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="note">${t("vote.excuse.note")}</label><input id="note" name="note" maxlength="300" required />
      </div>
      ${actions("excuse", t("vote.excuse.do"))}
    </form>`,
    async (name, form) =>
      name === "excuse"
        ? order("voting.excuse", {
            vote: key,
            participant: String(form.get("participant")),
            note: String(form.get("note")),
          })
        : undefined,
  );
}

/** The rule is shown before it is opened. @param {string} key */
export function openVote(key) {
  const view = store.view;
  const vote = view?.voting[key];
  if (!view || !vote) return;
  const { members_present, total_members: total } = view.attendance;
  const { weighted, by_proxy: byProxy } = vote.rule;
  const present = vote.strength ?? members_present; // votes, where they are counted and not heads
  const short =
    vote.rule.quorum !== undefined && vote.rule.quorum_base === "total_members" && present < vote.rule.quorum;
  const hopeless =
    !short && vote.rule.needed !== undefined && (weighted ? present : (vote.expected ?? present)) < vote.rule.needed;
  openSheet(
    html`<form method="dialog">
      <p class="row wrap soft">
        <span>${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}</span>${kindChips(vote)}
      </p>
      <h2>${vote.question}</h2>
      ${
        isSingle(vote)
          ? ""
          : html`<ol class="listed">
              ${optionsOf(vote).map(([, { text, note }]) => html`<li>${text}${note ? html` <span class="soft">${note}</span>` : ""}</li>`)}
            </ol>`
      }${ruleCard(vote, present)}
      ${short ? html`<p class="note bad">${t(weighted ? "vote.short_of_votes" : "vote.short_of_quorum", { present: figure(present), total, quorum: figure(vote.rule.quorum ?? 0) })}</p>` : hopeless ? html`<p class="note warn">${t("vote.cannot_carry", { present: figure(present), needed: figure(vote.rule.needed ?? 0) })}</p>` : ""}
      <p>
        ${t(`vote.open.text${byProxy ? ".proxy" : ""}${vote.secret ? ".secret" : ""}`, { present: vote.expected ?? present })}
      </p>
      ${vote.ready_asked_at ? "" : html`<p class="hint">${t("vote.ask_ready.hint")}</p>`}
      <div class="actions">
        <button class="btn quiet apart" type="button" data-act="remove">${icon("trash")}${t("vote.remove")}</button
        ><button class="btn" type="button" data-act="" autofocus>${t("common.cancel")}</button>
        ${vote.ready_asked_at ? "" : html`<button class="btn" type="button" data-act="ask">${t("vote.ask_ready")}</button>`}<button
          class="btn ${short ? "danger" : "strong"}"
          data-act="open"
        >
          ${t(short ? "vote.open.regardless" : "vote.open.do")}
        </button>
      </div>
    </form>`,
    async (name) => {
      if (name === "open") return order("voting.open", { vote: key, regardless: short });
      if (name === "ask") return order("voting.ask_ready", { vote: key });
      return name === "remove" ? order("voting.remove", { vote: key }) : undefined;
    },
  );
}
