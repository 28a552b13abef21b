// Where those who voted sit, for a seat map of a recorded vote: on the plan of the room, else in rows by seat number. No DOM.

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Result} Result */
/** @typedef {{seat: string, person: string, at?: {x: number, y: number}}} Spot */

const collator = new Intl.Collator("vi", { numeric: true });

/** Everybody named in the result, where the plan has a seat for each of them, else in the order of their seats. @param {View} view @param {Result} result @returns {Spot[]} */
export function spotsOf(view, result) {
  const people = Object.keys({ ...result.names, ...result.not_voted });
  const seat = (/** @type {string} */ person) => view.people[person]?.seat ?? "";
  const { places } = view.seating;
  if (people.every((person) => seat(person) in places)) return people.map((person) => ({ seat: seat(person), person, at: places[seat(person)] }));
  const rank = (/** @type {string} */ person) => result.called[person]?.rank ?? 0;
  people.sort((a, b) => Number(!seat(a)) - Number(!seat(b)) || collator.compare(seat(a), seat(b)) || rank(a) - rank(b));
  return people.map((person) => ({ seat: seat(person), person }));
}

/** What somebody has done with an option: an answer, a blank ballot, chosen others, or nothing. @param {Result} result @param {string} person @param {string} option */
export function standingOf(result, person, option) {
  const marks = result.names[person];
  if (!marks) return "not_voted";
  if (!Object.keys(marks).length) return "blank";
  return marks[option] ?? "not_chosen";
}
