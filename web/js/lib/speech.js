// The clock of a speech, or of an item's whole discussion, computed from what the journal knows; every device shows the same without a message a second.

/** @typedef {import("./types").Clock} Clock */

/** Milliseconds spoken so far. @param {Clock} speech @param {number} now server time */
export function spent(speech, now) {
  return speech.spent_ms + (speech.running && speech.resumed_at ? Math.max(0, now - speech.resumed_at) : 0);
}

/** Milliseconds left, negative when overdrawn; null without a limit. @param {Clock} speech @param {number} now */
export function left(speech, now) {
  return speech.seconds ? speech.seconds * 1000 - spent(speech, now) : null;
}

/**
 * What the clock shows: time left rounded up to whole seconds, so that it begins with the whole limit and ends at nought;
 * without a limit the time spent.
 * @param {Clock} speech @param {number} now
 */
export function shown(speech, now) {
  const rest = left(speech, now);
  return rest === null ? spent(speech, now) : Math.ceil(rest / 1000) * 1000;
}

/** The last half minute is said in another colour, and in words. */
export const WARNING = 30_000;

/**
 * What is to be said of a speech beside its clock, as a word of the catalogue; null while it simply runs.
 * @param {Clock} speech @param {number} now
 */
export function saying(speech, now) {
  const rest = left(speech, now);
  if (!speech.running) return "floor.paused";
  if (rest === null || rest > WARNING) return null;
  return rest < 0 ? "floor.over" : "floor.nearly_over";
}

/** Of a whole discussion the last three minutes, or its last fifth. @param {Clock} discussion */
export const discussionWarning = (discussion) => Math.min(180_000, discussion.seconds * 200);

/** The discussion in words, and whether it is late. @param {Clock} discussion @param {number} now */
export function discussed(discussion, now) {
  const rest = left(discussion, now) ?? 0;
  const late = rest <= discussionWarning(discussion);
  return { late, word: rest < 0 ? "floor.discussion.over" : late ? "floor.discussion.nearly" : "floor.discussion" };
}

/**
 * What has begun between two looks at the time left of one clock.
 * @param {number | undefined} before undefined: not looked at yet @param {number} rest @param {number} warning
 * @returns {"warning" | "over" | null}
 */
export function begins(before, rest, warning) {
  if (before === undefined) return null;
  if (before > 0 && rest <= 0) return "over";
  return before > warning && rest <= warning ? "warning" : null;
}
