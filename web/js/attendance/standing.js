// Where somebody stands: here, gone, excused, awaited; late and early; the table of attendance as a file. No DOM.

import { attends } from "../lib/people.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {"present" | "gone" | "excused" | "asked" | "refused" | "confirmed" | "silent"} State */

/**
 * Whoever is here is here, whatever they said before.
 * @param {View} view @param {string} key @returns {State}
 */
export function stateOf(view, key) {
  if (view.attendance.present[key]) return "present";
  if (staysOf(view, key).length) return "gone";
  return view.replies.answers?.[key]?.standing ?? "silent";
}

/** @param {View} view @param {string} key @returns {import("../lib/types").Stay[]} first to last */
export function staysOf(view, key) {
  const stays = view.movements.stays?.[key] ?? {};
  return Object.keys(stays)
    .sort((a, b) => Number(a) - Number(b))
    .map((at) => stays[at]);
}

/** Whole minutes somebody came after the opening; 0 in time. @param {View} view @param {string} key */
export function lateBy(view, key) {
  const [first] = staysOf(view, key);
  const { opened_at: opened } = view.meeting;
  return first && opened ? Math.max(0, Math.floor((first.arrived_at - opened) / 60_000)) : 0;
}

/** Everyone of the list who is a person, by precedence. @param {View} view */
export const attendees = (view) =>
  Object.entries(view.people)
    .filter(([, person]) => attends(person))
    .sort(([, a], [, b]) => a.rank - b.rank);

/** How many stand where, members only where said. @param {View} view @returns {Record<State, number>} */
export function counts(view) {
  /** @type {Record<State, number>} */
  const found = { present: 0, gone: 0, excused: 0, asked: 0, refused: 0, confirmed: 0, silent: 0 };
  for (const [key] of attendees(view)) found[stateOf(view, key)] += 1;
  return found;
}

/** Text without marks and capitals, so that "so tai chinh" finds "Sở Tài chính". @param {string} text */
export const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");

/** @param {import("../lib/types").Person} person @param {string} sought */
export function matches(person, sought) {
  const whole = plain([person.name, person.office, person.unit, person.seat].filter(Boolean).join(" "));
  return plain(sought)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

/**
 * One cell for a spreadsheet: quoted, and never taken for a formula.
 * @param {string | number} value
 */
function cell(value) {
  const text = String(value);
  return `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** Rows as a CSV file that spreadsheets open with the right letters. @param {(string | number)[][]} rows */
export const csv = (rows) => `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
