// The clock of a speech, computed from what the journal knows; every device shows the same without a message a second.

/** @typedef {import("./types").Speech} Speech */

/** Milliseconds spoken so far. @param {Speech} speech @param {number} now server time */
export function spent(speech, now) {
  return speech.spent_ms + (speech.running && speech.resumed_at ? Math.max(0, now - speech.resumed_at) : 0);
}

/** Milliseconds left, negative when overdrawn; null without a limit. @param {Speech} speech @param {number} now */
export function left(speech, now) {
  return speech.seconds ? speech.seconds * 1000 - spent(speech, now) : null;
}

/**
 * What the clock shows: time left rounded up to whole seconds, so that it begins with the whole limit and ends at nought;
 * without a limit the time spent.
 * @param {Speech} speech @param {number} now
 */
export function shown(speech, now) {
  const rest = left(speech, now);
  return rest === null ? spent(speech, now) : Math.ceil(rest / 1000) * 1000;
}

/** The last half minute is said in another colour, and in words. */
export const WARNING = 30_000;
