// <speech-chime>: a soft tone when the warning begins and when the time is over, once each, if the chair wants it.

import { ring } from "../lib/chime.js";
import { ViewElement } from "../lib/element.js";
import { left, WARNING } from "../lib/speech.js";
import { store } from "../lib/store.js";

const TONES = { warning: [660], over: [660, 495] }; // Hz, one after the other

export class SpeechChime extends ViewElement {
  static watch = ["floor", "tick"];

  started() {
    /** @type {number | null} time left when last looked, of which speech */
    this.rest = null;
    this.of = "";
  }

  /** @param {import("../lib/types").View} view */
  draw({ floor }) {
    const { speech } = floor;
    const rest = speech?.running ? left(speech, store.now()) : null;
    const before = speech?.id === this.of ? this.rest : null;
    [this.rest, this.of] = [rest, speech?.id ?? ""];
    if (!floor.rules.sound || rest === null || before === null || before === undefined) return null;
    if (before > 0 && rest <= 0) ring(TONES.over);
    else if (before > WARNING && rest <= WARNING) ring(TONES.warning);
    return null;
  }
}
