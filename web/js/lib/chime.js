// Soft tones, for what must not be missed by somebody who looks elsewhere.

const LENGTH = 0.9; // seconds
const LOUD = 0.12;
const PATIENCE = 500; // ms

/** @type {AudioContext | undefined} */
let audio;

/**
 * One tone after the other. A browser that has not been touched yet stays silent; what it was not allowed to ring is not
 * rung later, all at once.
 * @param {number[]} tones Hz
 */
export async function ring(tones) {
  audio ??= new AudioContext();
  const context = audio;
  if (context.state !== "running")
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, PATIENCE))]);
  if (context.state !== "running") return;
  tones.forEach((pitch, index) => {
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
