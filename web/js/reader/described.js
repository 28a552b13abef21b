// What a list says of a paper beside its title: that it is signed, that its words cannot be searched. Pure.

/** @typedef {{sign: string, kind: "good" | "warn" | "soft", key: string, n: number}} Fact */

const MUCH = 0.5; // of the pages: fewer are said where one searches

/** @param {import("../lib/types").Paper} paper @returns {Fact[]} */
export function factsOf({ pages = 0, silent = 0, signed }) {
  /** @type {Fact[]} */
  const facts = [];
  if (signed)
    facts.push({
      sign: signed === "intact" ? "check" : "info",
      kind: signed === "intact" ? "good" : "warn",
      key: `papers.signed.${signed}`,
      n: 0,
    });
  if (silent && silent >= MUCH * pages)
    facts.push({
      sign: "info",
      kind: "soft",
      key: silent >= pages ? "papers.silent" : "papers.silent_pages",
      n: silent,
    });
  return facts;
}
