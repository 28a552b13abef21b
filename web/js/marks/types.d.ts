/** A mark as devices and the server exchange it: see domain/marks.py. */
export interface Mark {
  id: string;
  paper: string;
  revision: string;
  page: number;
  kind: "ink" | "highlight" | "underline" | "note" | "bookmark" | "place";
  at: number;
  body?: Body;
  deleted?: boolean;
}

/** Left, top, right, bottom; points of the page. */
export type Box = [number, number, number, number];

export interface Body {
  /** of all but bookmarks and places */
  colour?: string;
  /** ink: points */
  width?: number;
  /** ink: x, y, pressure, dx, dy, pressure, … in tenths of a point and hundredths of full pressure */
  points?: number[];
  /** ink: a highlighter where the page has no words */
  wide?: boolean;
  /** highlight, underline */
  boxes?: Box[];
  /** note, bookmark; place without text */
  x?: number;
  y?: number;
  text?: string;
  /** where it was before its passage moved to a newer revision */
  carried?: { revision: string; page: number; box: Box; changed?: boolean; seen?: boolean };
}

/** A mark on this device; `unsent`: the server has not said that it has it; `was`: the words of a note the server has. */
export interface Held {
  mark: Mark;
  unsent: boolean;
  was?: string;
}

export interface Answer {
  version: number;
  marks: Mark[];
  more?: boolean;
  refused?: string[];
}
