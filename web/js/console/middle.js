// The middle of the console: the page all see, or a vote. A vote that waits (counted, or asking who is ready) gives it up
// when the room moves on, and is kept at the side as a card until it is announced or brought back.

import { html } from "../lib/html.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { isRunning } from "../voting/show.js";
import { awaiting } from "./casting-vote.js";
import { order } from "./order.js";

/** @typedef {import("../lib/types").Vote} Vote */
/** @typedef {import("../lib/types").View} View */

/** @type {Map<string, number>} votes brought back by this hand (when), or put aside (0) */
const chosen = new Map();

/** When the room last turned to something: an item, a paper, a page. @param {View} view */
const turnedAt = (view) =>
  Math.max(view.agenda.items[view.agenda.current ?? ""]?.started_at ?? 0, view.stage.turned_at ?? 0);

/** Whether a waiting vote still has the middle. @param {View} view @param {string} key @param {Vote} vote */
function holds(view, key, vote) {
  const since = chosen.get(key) ?? (vote.phase === "closed" ? vote.closed_at : vote.ready_asked_at) ?? 0;
  return since >= turnedAt(view);
}

/** @param {View} view @returns {[string, Vote][]} the counted first */
function waiting(view) {
  if (view.meeting.phase === "closed") return []; // nothing can be done to them any more
  const votes = Object.entries(view.voting);
  return [
    ...votes.filter(([, vote]) => vote.phase === "closed"),
    ...votes.filter(([, vote]) => vote.phase === "prepared" && vote.ready_asked_at !== undefined),
  ];
}

/** @param {View} view @returns {[string, Vote] | undefined} */
export function voteInMiddle(view) {
  if (view.meeting.phase === "closed") return undefined;
  const votes = Object.entries(view.voting);
  return (
    votes.find(([, vote]) => isRunning(vote)) ??
    waiting(view).find(([key, vote]) => holds(view, key, vote)) ??
    votes.find(([key, vote]) => (vote.phase === "announced" || vote.phase === "cancelled") && view.screen.vote === key)
  );
}

/** The votes that wait beside the page. @param {View} view */
export function heldCards(view) {
  const [middle] = voteInMiddle(view) ?? [];
  return waiting(view)
    .filter(([key]) => key !== middle)
    .map(
      ([key, vote]) =>
        html`<div class="note warn held" data-key="held-${key}">
          <p>
            <b
              >${t(vote.phase === "closed" ? "console.held" : "console.held.ready", { number: view.agenda.items[vote.item]?.number ?? "" })}</b
            >
          </p>
          <p class="small clamp">${vote.question}</p>
          <div class="row">
            <button class="btn grow" data-do="bring-back" data-vote="${key}">${t("console.held.see")}</button
            >${vote.phase === "closed" ? html`<button class="btn firm grow" data-do="announce-held" data-vote="${key}" ?disabled=${awaiting(vote).length > 0}>${t("console.held.announce")}</button>` : ""}
          </div>
        </div>`,
    );
}

/** @param {import("../lib/element.js").ViewElement} panel whose cards are pressed */
export function onHeld(panel) {
  panel.onDo("bring-back", ({ dataset }) => choose(dataset.vote ?? "", store.now()));
  panel.onDo("announce-held", ({ dataset }) => void order("voting.announce", { vote: dataset.vote }));
}

/** Back to the page all see; the vote waits at the side. @param {string} vote */
export const putAside = (vote) => choose(vote, 0);

/** @param {string} vote @param {number} at */
function choose(vote, at) {
  chosen.set(vote, at);
  for (const panel of document.querySelectorAll("stage-panel, vote-panel, floor-panel"))
    /** @type {import("../lib/element.js").ViewElement} */ (panel).update(true);
}
