// Who has which paper on which device, and what is missing. No DOM.

import { byOrder, inOrder } from "../lib/people.js";
import { mayStay } from "../tablet/wanted.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Person} Person */
/** @typedef {import("../lib/types").Paper} Paper */
/** @typedef {import("../lib/types").Delivered} Delivered */
/** @typedef {import("../lib/types").Deliveries} Deliveries */
/**
 * One device, or a person without one. `whole` of `of` papers are complete on it; the others are not to be kept.
 * @typedef {{id: string, key: string, person: Person, device?: Delivered, of: number, whole: number, pages: number, allPages: number, opened: number,
 *   state: "ready" | "loading" | "slow" | "away" | "none"}} Row
 */
/** @typedef {{id: string, paper: Paper, readers: number, whole: number, opened: number, missing: Person[], unopened: Person[]}} Line */

const SLOW = 1_000; // ms a page may take before somebody should look at the network

/** @param {View} view @returns {[string, Person][]} those who read on a tablet */
const readersOf = (view) =>
  inOrder(view.people).filter(([, person]) => person.role === "delegate" || person.role === "guest");

/** @param {View} view @returns {[string, Paper][]} */
const papersOut = (view) =>
  byOrder(view.papers).filter(([, paper]) => paper.revision && paper.released && !paper.withdrawn);

/** @param {Paper} paper @param {string} id @param {Person} person */
function reads(paper, id, person) {
  if (paper.readers === "everyone") return true;
  return paper.readers === "members" ? Boolean(person.member) : Boolean(paper.named?.[id]);
}

/** @param {Delivered} device @param {Paper} paper */
const has = (device, paper) => Boolean(paper.pages) && (device.kept[paper.revision ?? ""] ?? 0) >= (paper.pages ?? 0);

/** @param {View} view @param {Deliveries} deliveries @returns {Row[]} */
export function devices(view, deliveries) {
  return readersOf(view).flatMap(([id, person]) => {
    const papers = papersOut(view)
      .filter(([, paper]) => reads(paper, id, person))
      .map(([, paper]) => paper);
    const own = present(Object.values(deliveries[id] ?? {}));
    return own.length
      ? own.map((device, nth) => rowOf([id, nth], person, papers, device))
      : [rowOf([id, 0], person, papers)];
  });
}

/** A window that was loaded anew names itself anew: what it was before is no second device. @param {Delivered[]} own */
const present = (own) =>
  own.filter((device) => device.here || !own.some((other) => other.here && other.kind === device.kind));

/** @param {[string, number]} place @param {Person} person @param {Paper[]} papers @param {Delivered} [device] @returns {Row} */
function rowOf([id, nth], person, papers, device) {
  const staying = papers.filter(mayStay);
  const allPages = staying.reduce((sum, paper) => sum + (paper.pages ?? 0), 0);
  const row = { id, key: `${id}-${nth}`, person, of: staying.length, allPages };
  if (!device) return { ...row, whole: 0, pages: 0, opened: 0, state: "none" };
  const whole = staying.filter((paper) => has(device, paper)).length;
  const pages = staying.reduce(
    (sum, paper) => sum + Math.min(paper.pages ?? 0, device.kept[paper.revision ?? ""] ?? 0),
    0,
  );
  const opened = papers.filter((paper) => device.opened[paper.revision ?? ""]).length;
  const state = !device.here
    ? "away"
    : whole < staying.length
      ? "loading"
      : (device.delay ?? 0) > SLOW
        ? "slow"
        : "ready";
  return { ...row, device, whole, pages, opened, state };
}

/** @param {View} view @param {Deliveries} deliveries @returns {Line[]} */
export function papers(view, deliveries) {
  const people = readersOf(view);
  return papersOut(view).map(([id, paper]) => {
    const entitled = people.filter(([key, person]) => reads(paper, key, person));
    const own = (/** @type {string} */ key) => Object.values(deliveries[key] ?? {});
    const missing = mayStay(paper) ? entitled.filter(([key]) => !own(key).some((device) => has(device, paper))) : [];
    const unopened = entitled.filter(([key]) => !own(key).some((device) => device.opened[paper.revision ?? ""]));
    const named = (/** @type {[string, Person][]} */ list) => list.map(([, person]) => person);
    return {
      id,
      paper,
      readers: entitled.length,
      whole: entitled.length - missing.length,
      opened: entitled.length - unopened.length,
      missing: named(missing),
      unopened: named(unopened),
    };
  });
}

/** @type {Row["state"][]} */
const BEST_FIRST = ["ready", "slow", "loading", "away", "none"];

/** What is missing, as keys of sentences with a number: people by the best of their devices. @param {Row[]} rows @returns {[string, number][]} */
export function missing(rows) {
  /** @type {Map<string, number>} */
  const best = new Map();
  for (const { id, state } of rows)
    best.set(id, Math.min(best.get(id) ?? BEST_FIRST.length, BEST_FIRST.indexOf(state)));
  const people = (/** @type {Row["state"]} */ state) =>
    [...best.values()].filter((place) => BEST_FIRST[place] === state).length;
  const found = /** @type {[string, number][]} */ ([
    ["none", people("none")],
    ["away", people("away")],
    ["loading", people("loading")],
    ["slow", people("slow")],
    ["plain", rows.filter(({ device }) => device?.here && !device.secure).length],
  ]);
  return found.filter(([, n]) => n);
}
