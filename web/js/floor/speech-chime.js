// <speech-chime>: a soft tone when the warning begins and when the time is over, once each, if the chair wants it.

import { ViewElement } from "../lib/element.js";
import { left, WARNING } from "../lib/speech.js";
import { store } from "../lib/store.js";

const TONES = { warning: [660], over: [660, 495] }; // Hz, one after the other
const LENGTH = 0.9; // seconds
const LOUD = 0.12;

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

/** @type {AudioContext | undefined} */
let audio;

/** A browser that has not been touched yet stays silent. @param {number[]} tones */
function ring(tones) {
  audio ??= new AudioContext();
  void audio.resume();
  tones.forEach((pitch, index) => {
    const context = /** @type {AudioContext} */ (audio);
    const from = context.currentTime + index * LENGTH * 0.6;
    const [tone, loudness] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(LOUD, from + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.0001, from + LENGTH);
    tone.connect(loudness).connect(context.destination);
    tone.start(from);
    tone.stop(from + LENGTH);
  });
}
