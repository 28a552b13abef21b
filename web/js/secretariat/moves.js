// Moving items of the agenda: where an item goes, said as the arguments of agenda.move_item. No DOM.

/** @typedef {Record<string, import("../lib/types").Item>} Items */
/** @typedef {{item: string, parent?: string, before?: string}} Move */

/** @param {Items} items @param {string | undefined} parent @returns {string[]} the items directly under a parent, in order */
export function siblings(items, parent) {
  return Object.entries(items)
    .filter(([, item]) => item.parent === parent)
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([key]) => key);
}

/** @param {Move} move without what is not there: the wire holds no nulls */
const said = ({ item, parent, before }) => ({ item, ...(parent ? { parent } : {}), ...(before ? { before } : {}) });

/**
 * One step by keyboard or button; null when there is nowhere to go.
 * @param {Items} items @param {string} item @param {"up" | "down" | "in" | "out"} way @returns {Move | null}
 */
export function step(items, item, way) {
  const { parent } = items[item];
  const row = siblings(items, parent);
  const at = row.indexOf(item);
  if (way === "up") return at > 0 ? said({ item, parent, before: row[at - 1] }) : null;
  if (way === "down") return at < row.length - 1 ? said({ item, parent, before: row[at + 2] }) : null;
  if (way === "in") return at > 0 ? said({ item, parent: row[at - 1] }) : null;
  if (!parent) return null;
  const outer = siblings(items, items[parent].parent);
  return said({ item, parent: items[parent].parent, before: outer[outer.indexOf(parent) + 1] });
}

/**
 * Dropped on another item: before it, or after it when let go on its lower half.
 * @param {Items} items @param {string} item @param {string} target @param {boolean} after @returns {Move | null}
 */
export function drop(items, item, target, after) {
  if (item === target || isInside(items, target, item)) return null;
  const { parent } = items[target];
  const row = siblings(items, parent).filter((key) => key !== item);
  const before = after ? row[row.indexOf(target) + 1] : target;
  return said({ item, parent, before });
}

/** @param {Items} items @param {string} item @param {string} outer */
function isInside(items, item, outer) {
  for (let key = items[item]?.parent; key; key = items[key]?.parent) if (key === outer) return true;
  return false;
}
