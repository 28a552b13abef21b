// What is in the hand: the tool, its colour and width; remembered on this device.

import { store } from "../lib/store.js";
import { WIDTHS } from "./ink.js";

/** @typedef {"pen" | "highlighter" | "underline" | "note" | "eraser" | "select"} ToolName */

export const COLOURS = {
  pen: ["ink", "blue", "red", "green"],
  highlighter: ["yellow", "green", "pink", "blue"],
  underline: ["red", "blue", "green", "ink"],
  note: ["yellow", "green", "pink", "blue"],
  eraser: [],
  select: [],
};
const KEPT = "marking";

class Tools {
  constructor() {
    /** Whether the tool bar is open. */
    this.open = false;
    /** @type {ToolName} */
    this.name = "pen";
    /** @type {Record<string, string>} */
    this.colours = { pen: "blue", highlighter: "yellow", underline: "red", note: "yellow" };
    this.width = WIDTHS[1];
    try {
      const { colours, ...kept } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
      Object.assign(this, kept, { colours: { ...this.colours, ...colours } });
    } catch {
      // nothing kept, or not readable: begin with the pen
    }
  }

  get colour() {
    return this.colours[this.name] ?? "ink";
  }

  /** @param {Partial<Tools>} what */
  choose(what) {
    Object.assign(this, what);
    const { name, colours, width } = this;
    try {
      localStorage.setItem(KEPT, JSON.stringify({ name, colours, width }));
    } catch {
      // remembered until the page is left
    }
    store.changed();
  }

  /** @param {string} colour */
  chooseColour(colour) {
    this.choose({ colours: { ...this.colours, [this.name]: colour } });
  }
}

export const tools = new Tools();
