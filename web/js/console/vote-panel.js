// <vote-panel>: a vote in the middle of the console: who has voted (never what), then the result, then announcing it.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called, inOrder } from "../lib/people.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { duration, t } from "../lib/words.js";
import { CHOICES, resultCard, ruleCard, SIGN } from "../voting/show.js";
import { order } from "./order.js";
import { voteIsOn } from "./stage-panel.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Vote} Vote */

export class VotePanel extends ViewElement {
  static watch = ["voting", "people", "agenda", "screen", "me", "tick"];

  started() {
    this.onDo("extend", (button) => void order("voting.extend", { vote: button.dataset.vote, seconds: 30 }));
    this.onDo("close", (button) => void order("voting.close", { vote: button.dataset.vote }));
    this.onDo("announce", (button) => void order("voting.announce", { vote: button.dataset.vote }));
    this.onDo("cancel", (button) => cancel(button.dataset.vote ?? ""));
    this.onDo("names", (button) => names(button.dataset.vote ?? ""));
    this.onDo("done", () => this.leave());
  }

  /** @param {View} view */
  draw(view) {
    this.hidden = !voteIsOn(view);
    const found = Object.entries(view.voting).find(([key, vote]) => vote.phase === "open" || vote.phase === "closed" || key === view.screen.vote);
    if (this.hidden || !found) return html``;
    const [key, vote] = found;
    const item = view.agenda.items[vote.item];
    return html`<div class="voting"><p class="soft">${t("common.item", { number: item?.number ?? "" })} · ${t("vote.recorded_kind")} · ${t(`vote.phase.${vote.phase}`)}</p>
      <h1>${vote.question}</h1>${vote.phase === "open" ? this.drawOpen(view, key, vote) : this.drawCounted(key, vote)}</div>`;
  }

  /** @param {View} view @param {string} key @param {Vote} vote */
  drawOpen(view, key, vote) {
    const left = vote.closes_at ? Math.max(0, vote.closes_at - store.now()) : null;
    return html`<div class="row wrap"><span class="big num">${vote.voted ?? 0}</span><span class="lead soft grow">${t("vote.of_present", { of: vote.electorate ?? 0 })}</span>${left === null ? "" : html`<span class="lead">${t("vote.left", { left: duration(left) })}</span>`}</div>
      ${ruleCard(vote, vote.electorate ?? 0)}
      <ul class="electors">${inOrder(view.people).filter(([person]) => vote.electors?.[person]).map(([person, entry]) => html`<li data-key="${person}" class="${vote.voted_by?.[person] ? "has" : ""}">${vote.voted_by?.[person] ? icon("check") : ""}<span>${called(entry)}</span><span class="sr">${t(vote.voted_by?.[person] ? "vote.has_voted" : "vote.has_not_voted")}</span></li>`)}</ul>
      <div class="row wrap">${vote.closes_at ? html`<button class="btn" data-do="extend" data-vote="${key}">${t("vote.extend")}</button>` : ""}<span class="grow"></span>
        <button class="btn danger" data-do="cancel" data-vote="${key}">${t("vote.cancel")}</button><button class="btn strong tall" data-do="close" data-vote="${key}">${t("vote.close")}</button></div>`;
  }

  /** @param {string} key @param {Vote} vote */
  drawCounted(key, vote) {
    return html`${resultCard(vote)}<div class="row wrap"><button class="btn" data-do="names" data-vote="${key}">${t("vote.names")}</button><span class="grow"></span>
      ${vote.phase === "closed" ? html`<button class="btn strong tall" data-do="announce" data-vote="${key}">${t("vote.announce")}</button>` : html`<span class="chip good">${icon("check")}${t("vote.phase.announced")}</span><button class="btn strong tall" data-do="done">${t("vote.go_on")}</button>`}</div>`;
  }

  /** The room goes back to the paper of the item. */
  leave() {
    const view = store.view;
    if (!view) return;
    const { paper, page } = view.stage;
    if (paper) void order("stage.show", { paper, page: page ?? 1 });
    else void order("screen.show", { scene: "agenda" });
  }
}

/** @param {string} vote */
function cancel(vote) {
  openSheet(
    html`<form method="dialog"><h2>${t("vote.cancel")}</h2><div class="field"><label for="reason">${t("vote.cancel.reason")}</label><span class="hint">${t("vote.cancel.hint")}</span><input id="reason" name="reason" maxlength="300" required></div>${actions("cancel", t("vote.cancel"), "danger")}</form>`,
    async (name, form) => (name === "cancel" ? order("voting.cancel", { vote, reason: String(form.get("reason")) }) : undefined),
  );
}

/** Who chose what, once it is counted. @param {string} key */
function names(key) {
  const view = store.view;
  const vote = view?.voting[key];
  if (!view || !vote?.result) return;
  const { choices } = vote.result;
  const dialog = openSheet(html`<div class="inside"><div class="row"><h2 class="grow">${t("vote.names")}</h2><button class="btn" type="button" data-act="">${t("common.close")}</button></div>
    ${CHOICES.map((choice) => html`<section class="choice ${choice}"><h3 class="row">${icon(SIGN[choice])}${t(`vote.${choice}`)} <span class="num">(${vote.result?.tally[choice]})</span></h3>
      <ul class="names">${inOrder(view.people).filter(([person]) => choices[person] === choice).map(([, person]) => html`<li>${called(person)}</li>`)}</ul></section>`)}</div>`);
  dialog.classList.add("wide");
}

/** Prepares a question on an item, also in the last minute. @param {string | undefined} current */
export function prepareVote(current) {
  const view = store.view;
  if (!view) return;
  const items = Object.entries(view.agenda.items).sort(([, a], [, b]) => a.order - b.order);
  openSheet(
    html`<form method="dialog"><h2>${t("vote.prepare")}</h2>
      <div class="field"><label for="vote-item">${t("vote.prepare.item")}</label><select id="vote-item" name="item">${items.map(([key, item]) => html`<option value="${key}" ?selected=${key === current}>${item.number}. ${item.title}</option>`)}</select></div>
      <div class="field"><label for="vote-question">${t("vote.prepare.question")}</label><span class="hint">${t("vote.prepare.hint")}</span><textarea id="vote-question" name="question" rows="3" maxlength="2000" required></textarea></div>
      <div class="field"><label for="vote-seconds">${t("vote.prepare.seconds")}</label><select id="vote-seconds" name="seconds">${[0, 30, 60, 120, 300].map((seconds) => html`<option value="${seconds}">${seconds ? t("vote.seconds", { n: seconds }) : t("vote.no_limit")}</option>`)}</select></div>
      ${actions("prepare", t("vote.prepare.do"))}</form>`,
    async (name, form) => (name === "prepare" ? order("voting.prepare", { item: String(form.get("item")), question: String(form.get("question")), seconds: Number(form.get("seconds")) }) : undefined),
  );
}

/** The rule is shown before it is opened. @param {string} key */
export function openVote(key) {
  const view = store.view;
  const vote = view?.voting[key];
  if (!view || !vote) return;
  const { members_present: present } = view.attendance;
  const enough = present >= vote.rule.needed;
  openSheet(
    html`<form method="dialog"><p class="soft">${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}</p><h2>${vote.question}</h2>${ruleCard(vote, present)}
      ${enough ? "" : html`<p class="note warn">${t("vote.cannot_carry", { present, needed: vote.rule.needed })}</p>`}<p>${t("vote.open.text", { present })}</p>
      <div class="actions"><button class="btn" type="button" data-act="">${t("common.cancel")}</button><button class="btn danger" type="button" data-act="remove">${t("vote.remove")}</button><button class="btn strong" data-act="open">${t("vote.open.do")}</button></div></form>`,
    async (name) => (name === "open" ? order("voting.open", { vote: key }) : name === "remove" ? order("voting.remove", { vote: key }) : undefined),
  );
}
