// The plan of the room: how large seats may be drawn, who sits where and how they stand, short names. No DOM.

import { attends } from "../lib/people.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Seating} Seating */
/** @typedef {import("../lib/types").SeatShape} SeatShape */
/** @typedef {"speaking" | "interrupted" | "asking" | "present" | "absent"} SeatState */
/** @typedef {{shape: SeatShape, head: number, rows: number, columns: number}} Form */

export const WIDTH = 1600;
export const DEPTH = 1000; // as domain/shapes.py has it
const FORMS = [2.4, 2, 1.6, 1.25]; // width of a seat to its height
const [WIDEST, TALLEST] = [250, 120];
const GAP = 0.9;

/** The largest box that lets no two seats touch. @param {Seating["places"]} places */
export function boxOf(places) {
  const spots = Object.values(places);
  let best = { width: 0, height: 0 };
  for (const form of FORMS) {
    let height = Math.min(TALLEST, WIDEST / form);
    spots.forEach((a, index) => {
      for (const b of spots.slice(index + 1))
        height = Math.min(height, Math.max(Math.abs(a.x - b.x) / form, Math.abs(a.y - b.y)) * GAP);
    });
    if (height * height * form > best.width * best.height) best = { width: height * form, height };
  }
  return { width: Math.max(40, best.width), height: Math.max(30, best.height) };
}

/** The seats of the plan in their order, each with who has it. @param {View} view @returns {[string, string | undefined][]} */
export function seatsOf(view) {
  /** @type {Record<string, string>} */
  const holders = {};
  for (const [key, person] of Object.entries(view.people))
    if (person.seat && attends(person)) holders[person.seat] = key;
  const places = Object.entries(view.seating.places).sort(([, a], [, b]) => a.order - b.order);
  return places.map(([seat]) => [seat, holders[seat]]);
}

/** Who has no seat on the plan, by precedence. @param {View} view @returns {string[]} */
export function unplaced(view) {
  const { places } = view.seating;
  return Object.entries(view.people)
    .filter(([, person]) => attends(person) && !(person.seat && person.seat in places))
    .sort(([, a], [, b]) => a.rank - b.rank)
    .map(([key]) => key);
}

/** What somebody is doing now; whoever speaks is there, marked or not. @param {View} view @param {string} key @returns {SeatState} */
export function stateAt(view, key) {
  const { floor } = view;
  if (floor.speech?.participant === key) return "speaking";
  if (Object.values(floor.interrupted).some((speech) => speech.participant === key)) return "interrupted";
  if (placeInLine(view, key)) return "asking";
  return view.attendance.present[key] ? "present" : "absent";
}

/** The place of somebody's first request, 1 first; 0: not asking. @param {View} view @param {string} key */
export function placeInLine(view, key) {
  const waiting = Object.values(view.floor.requests).sort((a, b) => a.order - b.order);
  return waiting.findIndex((request) => request.participant === key) + 1;
}

/** The first request of somebody, as it waits. @param {View} view @param {string} key */
export const requestBy = (view, key) =>
  Object.values(view.floor.requests)
    .sort((a, b) => a.order - b.order)
    .find((request) => request.participant === key);

/**
 * What fits on a seat: the name, else the unit where only one person has it, else the office.
 * @param {View["people"]} people @returns {Record<string, string>}
 */
export function shortNames(people) {
  /** @type {Record<string, number>} */
  const units = {};
  for (const { unit = "", role } of Object.values(people)) if (attends({ role })) units[unit] = (units[unit] ?? 0) + 1;
  return Object.fromEntries(
    Object.entries(people).map(([key, { name, unit = "", office, role }]) => [
      key,
      name || (units[unit] === 1 && unit && role !== "chair" ? unit : office),
    ]),
  );
}

/** Numbers to begin a plan with, for so many people. @param {SeatShape} shape @param {number} people @returns {Form} */
export function usual(shape, people) {
  const n = Math.max(4, people);
  if (shape === "round") return { shape, head: 0, rows: 1, columns: n };
  if (shape === "u") {
    const head = Math.min(7, Math.max(3, Math.round(n / 5)));
    const side = Math.ceil((n - head) / 2);
    const rows = side > 9 ? 2 : 1;
    return { shape, head, rows, columns: Math.ceil(side / rows) };
  }
  const head = Math.min(3, n - 1);
  const columns =
    shape === "rows"
      ? Math.min(12, Math.ceil(Math.sqrt(1.6 * (n - head))))
      : Math.min(8, 2 * Math.ceil(Math.sqrt(n - head) / 2));
  return { shape, head, rows: Math.ceil((n - head) / columns), columns };
}

/** How many seats a form makes. @param {Form} form */
export function total({ shape, head, rows, columns }) {
  if (shape === "round") return head + columns;
  return head + rows * columns * (shape === "u" ? 2 : 1);
}
