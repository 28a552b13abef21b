// People: what they are called, and the order in which they are listed.

/** @typedef {import("./types").Called} Called */

/** What a person is called: the name where there is one, else the office. @param {Called | undefined} person */
export const called = (person) => person?.name || person?.office || "";

/** Whether somebody takes part: neither a screen nor service staff. @param {{role: string}} person */
export const attends = ({ role }) => role !== "screen" && role !== "staff";

/** The second line under what a person is called: a bare "Giám đốc" with its unit. @param {Called | undefined} person */
export function under(person) {
  const unit = person?.unit ?? "";
  if (!person?.name) return unit;
  const said = plain(person.office).includes(plain(unit));
  return [person.office, said ? "" : unit].filter(Boolean).join(", ");
}

/** @param {string} text */
const plain = (text) => text.normalize("NFC").toLocaleLowerCase("vi").split(/\s+/).join(" ").trim();

/** Vietnamese lists sort by the given name, the last word. @param {string} name */
export function sortName(name) {
  const words = name.trim().split(/\s+/);
  return `${words.at(-1)} ${words.join(" ")}`;
}

const collator = new Intl.Collator("vi");

/** By precedence, then by name. @template {Called} T @param {Record<string, T>} people @returns {[string, T][]} */
export function inOrder(people) {
  return Object.entries(people).sort(
    ([, a], [, b]) => a.rank - b.rank || collator.compare(sortName(called(a)), sortName(called(b))),
  );
}

/** The entries of a collection by their sort key. @template {{order: number}} T @param {Record<string, T>} all @returns {[string, T][]} */
export const byOrder = (all) => Object.entries(all).sort(([, a], [, b]) => a.order - b.order);

/** The size of a page in points. @param {[number, number, number][] | undefined} sizes @param {number} page */
export function pageSize(sizes, page) {
  let left = page;
  for (const [count, width, height] of sizes ?? []) {
    if (left <= count) return { width, height };
    left -= count;
  }
  return { width: 595, height: 842 };
}
