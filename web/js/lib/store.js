// Store: the one place where a page keeps what the server showed it. Elements watch it and draw once per frame.

import { merge } from "./merge.js";

/** @typedef {import("./types").View} View */
/** @typedef {import("./types").Me} Me */

export class Store {
  constructor() {
    this.version = -1;
    /** @type {string | null} */
    this.epoch = null;
    /** @type {View | null} */
    this.view = null;
    /** @type {Me | null} */
    this.me = null;
    /** @type {import("./types").Presence} */
    this.presence = { connected: {}, following: {} };
    /** @type {import("./types").Desk} requests for service and messages of this person */
    this.desk = { errands: [], messages: [] };
    /** @type {Record<string, {done: number, of: number}>} pages made so far, by revision */
    this.rendering = {};
    /** @type {"connecting" | "open" | "lost" | "ended"} */
    this.line = "connecting";
    this.lostAt = 0;
    this.waiting = 0; // commands without an answer
    this.offset = 0; // server time minus device time, ms
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    this.drawing = false;
  }

  /** The server's time, ms. */
  now() {
    return Date.now() + this.offset;
  }

  /** @param {() => void} watcher @param {AbortSignal} signal */
  watch(watcher, signal) {
    this.watchers.add(watcher);
    signal.addEventListener("abort", () => this.watchers.delete(watcher));
  }

  /** Something changed: everyone draws in the next frame (soon, where a hidden page has no frames). */
  changed() {
    if (this.drawing) return;
    this.drawing = true;
    const draw = () => {
      this.drawing = false;
      for (const watcher of [...this.watchers]) watcher();
    };
    if (document.visibilityState === "visible") requestAnimationFrame(draw);
    else setTimeout(draw, 50);
  }

  /** @param {View} view @param {number} version */
  show(view, version) {
    this.view = view;
    this.version = version;
    this.changed();
  }

  /** @param {Record<string, any>} patch @param {number} version */
  apply(patch, version) {
    if (this.view) this.show(merge(this.view, patch), version);
  }

  /** @param {Partial<Store>} what */
  set(what) {
    Object.assign(this, what);
    this.changed();
  }
}

export const store = new Store();
