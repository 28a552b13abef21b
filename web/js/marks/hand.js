// Whose a pointer is: the pen's, the finger's, or a palm's. Pure; it is told what touches the page and says what that means.
//
// A pen always draws. Once a pen was seen, fingers only move the page: whoever has a pen rests the hand on the glass; a pen
// not seen for ten minutes has been put away. A finger draws only with a tool chosen; a second finger takes back what the
// first began, and both pinch.

/** @typedef {{id: number, kind: string, at: number, buttons?: number}} Touch  kind: "pen", "touch" or "mouse"; `at` in ms */
/** @typedef {"draw" | "erase" | "reader" | "nobody"} Meaning */

const AWAY = 600_000; // ms
const PEN_ERASER = 32; // PointerEvent.buttons: the other end of a pen

export class Hand {
  constructor() {
    this.penSeen = -Infinity; // when
    this.choosing = false; // whether a tool is chosen
    /** @type {Map<number, string>} what is drawing now, by kind */
    this.drawing = new Map();
    /** @type {Set<number>} fingers that move the page */
    this.moving = new Set();
  }

  /** @param {Touch} touch @returns {Meaning} */
  down({ id, kind, at, buttons = 0 }) {
    const meaning = this.meaningOf(kind, at, buttons);
    if (meaning === "draw" || meaning === "erase") this.drawing.set(id, kind);
    if (meaning === "reader" && kind === "touch") this.moving.add(id);
    return meaning;
  }

  /** @param {string} kind @param {number} at @param {number} buttons @returns {Meaning} */
  meaningOf(kind, at, buttons) {
    if (kind === "pen") {
      this.penSeen = at;
      return buttons & PEN_ERASER ? "erase" : "draw";
    }
    const busy = [...this.drawing.values()];
    if (busy.includes("pen")) return "nobody";
    if (!this.choosing || this.moving.size || busy.length) return "reader";
    if (kind === "touch" && at - this.penSeen < AWAY) return "reader";
    return "draw";
  }

  /** The reader has taken a finger that drew: it pinches now. @param {number} id */
  taken(id) {
    if (this.drawing.delete(id)) this.moving.add(id);
  }

  /** @param {number} id */
  up(id) {
    this.drawing.delete(id);
    this.moving.delete(id);
  }
}
