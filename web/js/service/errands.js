// Which requests somebody who serves looks at, and which of them are new. No DOM.

/** @typedef {import("../lib/types").Errand} Errand */

/** "all", or what one person brings: a waiter water, a technician repairs, another the rest. */
export const KINDS = /** @type {const} */ (["all", "water", "technician", "rest"]);

/** @param {Errand[]} errands @param {string} kind */
export const wanted = (errands, kind) =>
  errands.filter(
    ({ need }) => kind === "all" || need === kind || (kind === "rest" && need !== "water" && need !== "technician"),
  );

/** Asked for now and not known before. @param {Errand[]} before @param {Errand[]} now */
export function fresh(before, now) {
  const known = new Set(before.map(({ id }) => id));
  return now.filter(({ id, state }) => state === "asked" && !known.has(id));
}
