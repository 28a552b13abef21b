// <speech-chime>: a soft tone when the warning begins and when the time is over, once each, if the chair wants it: of the
// speech at hand, and in other notes of the item's whole discussion.

import { ring } from "../lib/chime.js";
import { ViewElement } from "../lib/element.js";
import { begins, discussionWarning, left, WARNING } from "../lib/speech.js";
import { store } from "../lib/store.js";

/** @typedef {import("../lib/types").Clock} Clock */

const TONES = {
  speech: { warning: [660], over: [660, 495] },
  discussion: { warning: [523, 523], over: [523, 392, 392] },
}; // Hz, one after the other
const APART = 3_000; // ms; a speech that has all the rest of the discussion ends with it, and rings for both

export class SpeechChime extends ViewElement {
  static watch = ["floor", "tick"];

  /** @type {Map<string, number>} time left when last looked, by what it belongs to */
  known = new Map();
  rang = -APART;

  /** @param {import("../lib/types").View} view */
  draw({ floor: { speech, discussion, rules } }) {
    const before = this.known;
    this.known = new Map();
    const hear = (
      /** @type {keyof typeof TONES} */ whose,
      /** @type {string} */ key,
      /** @type {Clock} */ clock,
      /** @type {number} */ warning,
    ) => {
      const rest = left(clock, store.now());
      if (rest === null) return;
      this.known.set(key, rest);
      const what = begins(before.get(key), rest, warning);
      if (!rules.sound || !what || performance.now() - this.rang < APART) return;
      this.rang = performance.now();
      void ring(TONES[whose][what]);
    };
    if (speech) hear("speech", `speech ${speech.id}`, speech, WARNING);
    if (discussion) hear("discussion", `discussion ${discussion.item}`, discussion, discussionWarning(discussion));
    return null;
  }
}
