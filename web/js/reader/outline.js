// The outline of a paper: which heading one is under. Pure.

/** Level from 1, title, page, points from its top. @typedef {[number, string, number, number]} Entry */

/** The heading a page begins under; where one begins on it, that one. @param {Entry[]} entries @param {number} page @returns {number} its index, or -1 */
export function entryOf(entries, page) {
  let found = -1;
  entries.forEach(([, , begins], index) => {
    if (begins < page || (begins === page && (found < 0 || entries[found][2] < page))) found = index;
  });
  return found;
}
