// Where those who voted sit, for a seat map of a recorded vote: on the plan of the room, else in rows by seat number. No DOM.

import { boxOf, DEPTH, WIDTH } from "../seating/plan.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Result} Result */
/** @typedef {{seat: string, person: string, at?: {x: number, y: number}}} Spot */

const MOST_LARGER = 2.2;
const collator = new Intl.Collator("vi", { numeric: true });

/** Everybody named in the result, where the plan has a seat for each of them, else in the order of their seats. @param {View} view @param {Result} result @returns {Spot[]} */
export function spotsOf(view, result) {
  const people = Object.keys({ ...result.names, ...result.not_voted });
  const seat = (/** @type {string} */ person) => view.people[person]?.seat ?? "";
  const { places } = view.seating;
  if (people.every((person) => seat(person) in places))
    return people.map((person) => ({ seat: seat(person), person, at: places[seat(person)] }));
  const rank = (/** @type {string} */ person) => result.called[person]?.rank ?? 0;
  people.sort((a, b) => Number(!seat(a)) - Number(!seat(b)) || collator.compare(seat(a), seat(b)) || rank(a) - rank(b));
  return people.map((person) => ({ seat: seat(person), person }));
}

/**
 * The seats of those who voted fill the picture: others of a large room need no place in it.
 * @param {Spot[]} spots @returns {{spots: Spot[], box: {width: number, height: number}}} in the measures of the plan
 */
export function framed(spots) {
  const places = Object.fromEntries(spots.flatMap(({ seat, at }) => (at ? [[seat, { ...at, order: 0 }]] : [])));
  const box = boxOf(places);
  if (!Object.keys(places).length) return { spots, box };
  const [xs, ys] = [Object.values(places).map(({ x }) => x), Object.values(places).map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const wider = Math.min(MOST_LARGER, WIDTH / (right - left + box.width));
  const deeper = Math.min(MOST_LARGER, DEPTH / (bottom - top + box.height));
  const moved = (/** @type {{x: number, y: number}} */ { x, y }) => ({
    x: WIDTH / 2 + (x - (left + right) / 2) * wider,
    y: DEPTH / 2 + (y - (top + bottom) / 2) * deeper,
  });
  return {
    spots: spots.map((spot) => (spot.at ? { ...spot, at: moved(spot.at) } : spot)),
    box: { width: box.width * wider, height: box.height * deeper },
  };
}

/** What somebody has done with an option: an answer, a blank ballot, chosen others, or nothing. @param {Result} result @param {string} person @param {string} option */
export function standingOf(result, person, option) {
  const marks = result.names[person];
  if (!marks) return "not_voted";
  if (!Object.keys(marks).length) return "blank";
  return marks[option] ?? "not_chosen";
}
