// <votes-section>: the questions that are put to the vote, and what became of them.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { order } from "../console/order.js";
import { prepareVote } from "../console/vote-panel.js";
import { resultCard, ruleSentence } from "../voting/show.js";

export class VotesSection extends ViewElement {
  static watch = ["voting", "agenda", "people"];

  started() {
    this.onDo("prepare", () => prepareVote(undefined));
    this.onDo("edit", (button) => edit(button.dataset.vote ?? ""));
    this.onDo("remove", (button) => void order("voting.remove", { vote: button.dataset.vote }));
  }

  /** @param {import("../lib/types").View} view */
  draw(view) {
    const votes = Object.entries(view.voting);
    return html`<div class="row wrap"><h2 class="grow">${t("secretariat.votes")}</h2><button class="btn strong" data-do="prepare" ?disabled=${!Object.keys(view.agenda.items).length}>${icon("plus")}${t("vote.prepare")}</button></div>
      ${votes.length ? "" : html`<p class="card pad soft">${t("secretariat.votes.none")}</p>`}
      ${votes.map(([key, vote]) => html`<section class="card pad stack" data-key="${key}"><p class="row wrap"><span class="soft grow">${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}</span><span class="chip">${t(`vote.phase.${vote.phase}`)}</span></p><h3>${vote.question}</h3><p class="soft">${ruleSentence(vote)}</p>
        ${vote.reason ? html`<p class="note warn">${vote.reason}</p>` : ""}${vote.result ? resultCard(vote) : ""}
        ${vote.phase === "prepared" ? html`<div class="row"><button class="btn" data-do="edit" data-vote="${key}">${icon("edit")}${t("secretariat.change")}</button><button class="btn quiet" data-do="remove" data-vote="${key}">${icon("trash")}${t("secretariat.remove")}</button></div>` : ""}</section>`)}`;
  }
}

/** @param {string} key */
function edit(key) {
  const vote = store.view?.voting[key];
  if (!vote) return;
  openSheet(
    html`<form method="dialog"><h2>${t("secretariat.change")}</h2><div class="field"><label for="v-question">${t("vote.prepare.question")}</label><textarea id="v-question" name="question" rows="3" required maxlength="2000">${vote.question}</textarea></div>
      <div class="field"><label for="v-seconds">${t("vote.prepare.seconds")}</label><input id="v-seconds" name="seconds" type="number" min="0" max="3600" value="${vote.seconds ?? 0}"></div>${actions("save", t("secretariat.save"))}</form>`,
    async (name, form) => (name === "save" ? order("voting.change", { vote: key, question: String(form.get("question")), seconds: Number(form.get("seconds")) || 0 }) : undefined),
  );
}
