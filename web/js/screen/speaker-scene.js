// Who speaks on the wall: as the whole scene, or as a strip under another one; what for, how long, what is interrupted.

import { SIGN } from "../floor/kinds.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called, under } from "../lib/people.js";
import { discussed, left, saying, shown, spent, WARNING } from "../lib/speech.js";
import { store } from "../lib/store.js";
import { duration, t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Speech} Speech */

/** @param {View} view @param {Speech} speech */
export function speakerScene(view, speech) {
  const now = store.now();
  const item = view.agenda.items[speech.item ?? ""];
  const person = view.people[speech.participant];
  const word = saying(speech, now);
  const done = speech.seconds ? Math.min(100, (100 * spent(speech, now)) / (speech.seconds * 1000)) : 0;
  const unit = under(person);
  return html`<div class="centre">
    ${item ? html`<p class="soft">${t("common.item", { number: item.number })}. ${item.title}</p>` : ""}
    ${speech.kind === "speak" ? "" : html`<p class="lead doing">${icon(SIGN[speech.kind])}<b>${what(view, speech)}</b></p>`}
    <h1>${called(person)}</h1>
    ${called(person).includes(unit) ? "" : html`<p class="lead soft">${unit}</p>`}
    ${speech.topic ? html`<p class="lead topic">“${speech.topic}”</p>` : ""}
    <p class="giant num ${late(speech, now)}">${duration(shown(speech, now))}</p>
    ${word ? html`<p class="lead"><b>${t(word)}</b></p>` : ""}
    ${speech.seconds ? html`<div class="meter" style="--done: ${done}%" data-late="${late(speech, now) !== ""}"></div>` : ""}
    ${drawDiscussion(view)}${drawNext(view, now)}
  </div>`;
}

/** @param {View} view @param {Speech} speech */
export function speakerStrip(view, speech) {
  const now = store.now();
  const word = saying(speech, now);
  return html`<footer>
    <span class="mic">${icon(SIGN[speech.kind])}</span
    ><span class="grow"
      ><b>${called(view.people[speech.participant])}</b><br /><span class="soft"
        >${word ? t(word) : what(view, speech)}</span
      ></span
    >
    ${drawDiscussion(view)}<span class="num clock ${late(speech, now)}">${duration(shown(speech, now))}</span>
  </footer>`;
}

/** @param {View} view @param {Speech} speech */
const what = (view, speech) =>
  `${t(speech.kind === "speak" ? "console.speaks" : `floor.kind.${speech.kind}`)}${speech.to ? ` → ${called(view.people[speech.to])}` : ""}`;

/** @param {Speech} speech @param {number} now */
const late = (speech, now) => ((left(speech, now) ?? Infinity) <= WARNING ? "late" : "");

/** @param {View} view */
function drawDiscussion({ floor: { discussion } }) {
  if (!discussion) return "";
  const found = discussed(discussion, store.now());
  return html`<p class="lead discussion ${found.late ? "late" : "soft"}">
    ${t(found.word)} <b class="num">${duration(shown(discussion, store.now()))}</b>
  </p>`;
}

/** Who was interrupted goes on before anybody else. @param {View} view @param {number} now */
function drawNext({ floor, people }, now) {
  const held = Object.values(floor.interrupted).at(-1);
  if (held)
    return html`<p class="lead soft rests">
      ${icon("pause")}${t(held.seconds ? "console.interrupted" : "console.interrupted.free", { name: called(people[held.participant]) })}
      <b class="num">${duration(shown(held, now))}</b>
    </p>`;
  const [, next] = byOrder(floor.requests)[0] ?? [];
  return next ? html`<p class="lead soft">${t("screen.next", { name: called(people[next.participant]) })}</p>` : "";
}
