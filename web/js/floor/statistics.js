// Who has spoken, how often and how long, and who never did. No DOM.

import { attends } from "../lib/people.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Turn} Turn */
/** @typedef {{person: string, times: number, ms: number, kinds: Record<string, number>}} Share */

/** @param {Record<string, Turn>} turns @returns {Share[]} who spoke longest first */
export function shares(turns) {
  /** @type {Map<string, Share>} */
  const found = new Map();
  for (const turn of Object.values(turns)) {
    const share = found.get(turn.participant) ?? { person: turn.participant, times: 0, ms: 0, kinds: {} };
    share.times += 1;
    share.ms += turn.spent_ms;
    share.kinds[turn.kind] = (share.kinds[turn.kind] ?? 0) + 1;
    found.set(turn.participant, share);
  }
  return [...found.values()].sort((a, b) => b.ms - a.ms);
}

/** How often somebody has spoken. @param {Record<string, Turn> | undefined} turns @param {string} person */
export const times = (turns, person) => Object.values(turns ?? {}).filter((turn) => turn.participant === person).length;

/**
 * Those present who never spoke; without anybody checked in, of all who may.
 * @param {View} view @returns {string[]} by precedence
 */
export function silent(view) {
  const spoke = new Set(Object.values(view.floor.turns ?? {}).map((turn) => turn.participant));
  if (view.floor.speech) spoke.add(view.floor.speech.participant);
  return Object.entries(view.people)
    .filter(([key, person]) => attends(person) && view.attendance.present[key] && !spoke.has(key))
    .sort(([, a], [, b]) => a.rank - b.rank)
    .map(([key]) => key);
}

/**
 * Milliseconds somebody may still speak where each person has an allotment; undefined where there is none.
 * @param {View} view @param {string} person @param {number} runningMs what their speech at hand has taken so far
 */
export function allowanceLeft(view, person, runningMs) {
  const { turns, interrupted, rules } = view.floor;
  if (!rules.person) return undefined;
  const spent = [...Object.values(turns ?? {}), ...Object.values(interrupted)]
    .filter((each) => each.participant === person)
    .reduce((sum, each) => sum + each.spent_ms, 0);
  return rules.person * 1000 - spent - runningMs;
}

/**
 * Milliseconds each unit with a budget has left; negative when overdrawn.
 * @param {View} view @param {number} runningMs what the speech at hand has taken so far
 * @returns {Record<string, number>}
 */
export function budgetsLeft(view, runningMs) {
  /** @type {Record<string, number>} */
  const left = {};
  const unitOf = (/** @type {string} */ person) => view.people[person]?.unit ?? "";
  for (const [unit, seconds] of Object.entries(view.floor.rules.budgets ?? {})) left[unit] = seconds * 1000;
  const take = (/** @type {string} */ person, /** @type {number} */ ms) => {
    if (unitOf(person) in left) left[unitOf(person)] -= ms;
  };
  for (const turn of Object.values(view.floor.turns ?? {})) take(turn.participant, turn.spent_ms);
  for (const speech of Object.values(view.floor.interrupted)) take(speech.participant, speech.spent_ms);
  if (view.floor.speech) take(view.floor.speech.participant, runningMs);
  return left;
}
