// <votes-section>: the questions that are put to the vote, and what became of them.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { order } from "../console/order.js";
import { enterCount } from "../voting/count-sheet.js";
import { isSingle, optionsOf } from "../voting/marks.js";
import { showNames } from "../voting/names-sheet.js";
import { enterPaper, takesPaper } from "../voting/paper-sheet.js";
import { prepareVote } from "../voting/prepare-sheet.js";
import { resultCard } from "../voting/result.js";
import { listenToPhotos, photoRow } from "./photo-row.js";
import { listenToRights, rightsCard } from "./rights-card.js";
import { kindChips, ruleDetails, ruleSentence } from "../voting/show.js";

/** @typedef {import("../lib/types").Vote} Vote */

const PICTURED = ["election", "confidence", "choice"];

export class VotesSection extends ViewElement {
  static watch = ["voting", "agenda", "people", "rights", "me"];

  started() {
    this.onDo("names", (button) => showNames(button.dataset.vote ?? ""));
    this.onDo("prepare", () => prepareVote(undefined));
    this.onDo("edit", (button) => prepareVote(undefined, button.dataset.vote));
    this.onDo("remove", (button) => void order("voting.remove", { vote: button.dataset.vote }));
    this.onDo("repeat", (button) => void order("voting.repeat", { vote: button.dataset.vote }));
    listenToRights(this);
    listenToPhotos(this);
    this.onDo("paper", (button) => enterPaper(button.dataset.vote ?? ""));
    this.onDo("count", (button) => enterCount(button.dataset.vote ?? ""));
  }

  /** @param {import("../lib/types").View} view */
  draw(view) {
    const votes = Object.entries(view.voting);
    return html`<div class="row wrap">
        <h2 class="grow">${t("secretariat.votes")}</h2>
        <button class="btn strong" data-do="prepare" ?disabled=${!Object.keys(view.agenda.items).length}>
          ${icon("plus")}${t("vote.prepare")}
        </button>
      </div>
      ${votes.length ? "" : html`<p class="card pad soft">${t("secretariat.votes.none")}</p>`}
      ${votes.map(
        ([key, vote]) =>
          html`<section class="card pad stack" data-key="${key}">
            <p class="row wrap">
              <span class="soft grow"
                >${t("common.item", { number: view.agenda.items[vote.item]?.number ?? "" })}${vote.again ? html` · ${t("vote.again")}` : ""}</span
              >${kindChips(vote)}<span class="chip">${t(vote.void ? "vote.void" : `vote.phase.${vote.phase}`)}</span>
            </p>
            <h3>${vote.question}</h3>
            ${
              isSingle(vote) || vote.result
                ? ""
                : html`<ol class="listed">
                    ${optionsOf(vote).map(([option, entry]) => (vote.phase === "prepared" && PICTURED.includes(vote.kind) ? html`<li>${photoRow(key, vote, option, entry)}</li>` : html`<li>${entry.text}${entry.note ? html` <span class="soft">${entry.note}</span>` : ""}</li>`))}
                  </ol>`
            }
            ${vote.result ? resultCard(vote, key) : html`<p class="soft"><b>${ruleSentence(vote)}</b><br />${ruleDetails(vote)}</p>`}${vote.reason ? html`<p class="note warn">${vote.reason}</p>` : ""}${vote.void ? html`<p class="note bad">${t("vote.void.text")}</p>` : ""}
            ${this.drawActions(key, vote)}
          </section>`,
      )}
      ${rightsCard(view)}`;
  }

  /** @param {string} key @param {Vote} vote */
  drawActions(key, vote) {
    if (vote.phase === "prepared") {
      return html`<div class="row wrap">
        <button class="btn" data-do="edit" data-vote="${key}">${icon("edit")}${t("secretariat.change")}</button
        >${printed(key, vote)}<button class="btn quiet" data-do="remove" data-vote="${key}">
          ${icon("trash")}${t("secretariat.remove")}
        </button>
      </div>`;
    }
    if (vote.phase === "open" && vote.method !== "devices")
      return html`<div class="row wrap">
        <button class="btn strong" data-do="count" data-vote="${key}">${icon("edit")}${t("vote.count.title")}</button
        >${printed(key, vote)}
      </div>`;
    if (takesPaper(vote) && store.me?.role === "secretary")
      return html`<div class="row wrap">
        <span class="soft grow"
          >${t("vote.paper.so_far", { n: vote.voted ?? 0, of: vote.electorate ?? 0, paper: Object.keys(vote.entered ?? {}).length })}</span
        ><button class="btn" data-do="paper" data-vote="${key}">${icon("edit")}${t("vote.paper.title")}</button>
      </div>`;
    if (vote.phase === "cancelled")
      return html`<div class="row">
        <button class="btn" data-do="repeat" data-vote="${key}">${t("vote.repeat")}</button>
      </div>`;
    if (!vote.result) return "";
    return html`<div class="row wrap">
      ${Object.keys(vote.result.names).length ? html`<button class="btn" data-do="names" data-vote="${key}">${t("vote.names")}</button>` : ""}<a
        class="btn"
        href="votes/${encodeURIComponent(key)}"
        target="_blank"
        rel="noopener"
        >${icon("open")}${t("vote.sheet")}</a
      ><button class="btn quiet" data-do="repeat" data-vote="${key}">${t("vote.repeat")}</button>
    </div>`;
  }
}

/** The empty ballot to print, where people vote on paper. @param {string} key @param {Vote} vote */
const printed = (key, { method }) =>
  method === "paper"
    ? html`<a class="btn" href="documents/ballots.pdf?vote=${encodeURIComponent(key)}" target="_blank" rel="noopener"
        >${icon("open")}${t("vote.print_ballot")}</a
      >`
    : "";
