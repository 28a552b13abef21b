// Giving an order from the console: the sentence of a refusal is said calmly, and nothing is asked twice.

import { give } from "../lib/commands.js";
import { sayRefusal } from "../lib/sheet.js";

/**
 * @param {string} name @param {Record<string, any>} [args] @param {string} [slot]
 * @returns {Promise<boolean>} whether it was done
 */
export async function order(name, args = {}, slot) {
  return sayRefusal(await give(name, args, { slot }));
}
