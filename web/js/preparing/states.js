// How far the papers are that units were asked for. No DOM.

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Asked} Asked */

/** Whether its day has passed and it is not with the office. @param {Asked} asked @param {number} now */
export const isLate = (asked, now) =>
  Boolean(asked.due && asked.due < now && (asked.state === "draft" || asked.state === "returned"));

/** In which of five states it is: a draft with no file yet is missing. @param {View} view @param {Asked} asked @returns {"missing" | "draft" | "submitted" | "returned" | "approved"} */
export function stateOf(view, asked) {
  const file = asked.paper ? view.papers[asked.paper] : undefined;
  return asked.state === "draft" && !file ? "missing" : asked.state;
}

/** How many are still to come, how many wait to be approved, how many of those to come are late. @param {View} view @param {number} now */
export function tally(view, now) {
  const all = Object.values(view.preparing ?? {});
  return {
    missing: all.filter((asked) => asked.state === "draft" || asked.state === "returned").length,
    submitted: all.filter((asked) => asked.state === "submitted").length,
    late: all.filter((asked) => isLate(asked, now)).length,
    all: all.length,
  };
}
