// Until when a task is to be done, in the time of the meeting. No DOM.

const DAY = 86_400_000;
const HANOI = 7 * 3_600_000; // Asia/Ho_Chi_Minh has no summer time

/** The end of the day of a date field, UTC ms; undefined if none is chosen. @param {string} value 2026-11-30 */
export function dueOf(value) {
  const start = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(start) ? undefined : start - HANOI + DAY - 1000;
}

/** A moment as the value of a date field. @param {number | undefined} due */
export const dueField = (due) => (due === undefined ? "" : new Date(due + HANOI).toISOString().slice(0, 10));

/** Whole days a task is late; 0 if it is done, has no limit, or is in time. @param {{state: string, due?: number}} task @param {number} now */
export function daysLate({ state, due }, now) {
  return state === "published" && due !== undefined && now > due ? Math.ceil((now - due) / DAY) : 0;
}
