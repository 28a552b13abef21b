// People pasted from a table or a text: one a line, columns by tab or semicolon. No DOM.

/** @typedef {{office: string, unit: string, name: string, seat: string, member: boolean, role: string}} Row */

const MEMBER = /^(x|có|co|1|yes|thành viên|thanh vien|biểu quyết)$/i;
const GUEST = /khách|khach|guest/i;

/**
 * Columns: office; unit; name; vote (có/x); seat. Only the office is needed; a list without any vote is one of members.
 * @param {string} text @param {Set<string>} taken seats in use
 * @returns {{line: number, row: Row, error: "" | "office" | "seat"}[]}
 */
export function readPeople(text, taken) {
  const seats = new Set(taken);
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, cells: line.split(/\t|;/).map((cell) => cell.trim().normalize("NFC")) }))
    .filter(({ cells }) => cells.some(Boolean));
  const silent = lines.every(({ cells }) => !cells[3]); // nobody was told apart: all are members
  return lines.map(({ line, cells: [office = "", unit = "", name = "", vote = "", seat = ""] }) => {
    const guest = GUEST.test(vote);
    const row = {
      office,
      unit,
      name,
      seat,
      member: silent || (!guest && MEMBER.test(vote)),
      role: guest ? "guest" : "delegate",
    };
    const error = !office && !name ? "office" : seat && seats.has(seat) ? "seat" : "";
    if (seat) seats.add(seat);
    return { line, row, error };
  });
}
