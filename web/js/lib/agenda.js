// Reading the agenda. No DOM.

/** @typedef {import("./types").Item} Item */

/** Minutes planned for all of it: an item with others under it takes what they take. @param {[string, Item][]} items */
export const plannedMinutes = (items) =>
  items
    .filter(([key]) => !items.some(([, other]) => other.parent === key))
    .reduce((sum, [, item]) => sum + item.minutes, 0);

/**
 * The part of a long list that is shown around the place one is at, and how many are left out on either side.
 * @template T @param {T[]} list @param {number} at @param {number} most
 * @returns {{shown: T[], before: number, after: number}}
 */
export function around(list, at, most) {
  const from = Math.max(0, Math.min(at - 3, list.length - most));
  const shown = list.slice(from, from + most);
  return { shown, before: from, after: list.length - from - shown.length };
}
