// <floor-line>: who speaks and how long, and what is left of the item's discussion, in one quiet line for everybody else.

import { SIGN } from "../floor/kinds.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { discussed, saying, shown } from "../lib/speech.js";
import { store } from "../lib/store.js";
import { duration, t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

export class FloorLine extends ViewElement {
  static watch = ["floor", "people", "me", "tick"];

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const { speech, discussion } = view.floor;
    const other = speech && !me.speaking ? this.drawSpeech(view, speech) : "";
    return other || discussion ? html`<p>${other}${discussion ? this.drawDiscussion(discussion) : ""}</p>` : html``;
  }

  /** @param {View} view @param {import("../lib/types").Speech} speech */
  drawSpeech(view, speech) {
    const now = store.now();
    const word = saying(speech, now);
    const to = speech.to ? ` → ${called(view.people[speech.to])}` : "";
    return html`<span class="speaks" data-key="speech"
      >${icon(SIGN[speech.kind])}<span class="one-line"
        ><b>${called(view.people[speech.participant])}</b>
        <span class="soft"
          >${t(word ?? (speech.kind === "speak" ? "console.speaks" : `floor.kind.${speech.kind}`))}${word ? "" : to}</span
        ></span
      ><b class="num ${word && speech.running ? "late" : ""}">${duration(shown(speech, now))}</b></span
    >`;
  }

  /** @param {import("../lib/types").Clock} discussion */
  drawDiscussion(discussion) {
    const { word, late } = discussed(discussion, store.now());
    return html`<span class="talks ${late ? "late" : ""}" data-key="discussion"
      >${icon("clock")}<span>${t(word)}</span><b class="num">${duration(shown(discussion, store.now()))}</b></span
    >`;
  }
}
