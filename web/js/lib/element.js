// Element: the base of everything on a page that draws a part of the view.

import { render } from "./html.js";
import { store } from "./store.js";
import { watchTick } from "./tick.js";

/** @typedef {import("./types").View} View */
/** @typedef {import("./types").Me} Me */

/**
 * A custom element in the light DOM. A subclass says in `watch` which parts of the view (or "me", "presence", "line",
 * "rendering", "tick") it is drawn from, and in `draw` what it shows then. "tick": drawn again every second.
 */
export class ViewElement extends HTMLElement {
  /** @type {string[]} */
  static watch = [];

  connectedCallback() {
    this.ending = new AbortController();
    /** @type {unknown[] | null} */
    this.drawnFrom = null;
    /** @type {string} */
    this.drawnText = "";
    this.started();
    store.watch(() => this.update(), this.ending.signal);
    if (this.kind.watch.includes("tick")) {
      watchTick(() => this.update(true), this.ending.signal);
    }
    this.update(true);
  }

  disconnectedCallback() {
    this.ending?.abort();
  }

  get kind() {
    return /** @type {typeof ViewElement} */ (this.constructor);
  }

  get signal() {
    return /** @type {AbortController} */ (this.ending).signal;
  }

  /** Once, when the element enters the page: listeners. */
  started() {}

  /** @param {View} _view @param {Me} _me @returns {import("./html.js").Markup | null} null: leave as it is */
  draw(_view, _me) {
    return null;
  }

  /** After what `draw` returned is in the page. */
  drawn() {}

  update(always = false) {
    if (!store.view || !store.me) return;
    const from = this.kind.watch.map((part) => partOf(part));
    if (!always && this.drawnFrom && from.every((part, index) => part === this.drawnFrom?.[index])) return;
    this.drawnFrom = from;
    const markup = this.draw(store.view, store.me);
    // What is in the page already is neither read nor compared again: most of a page stays when another one is turned to.
    if (markup && markup.text !== this.drawnText) render(this, markup);
    if (markup) this.drawnText = markup.text;
    this.drawn();
  }

  /**
   * Listens for events of descendants that match a selector.
   * @template {keyof HTMLElementEventMap} K
   * @param {K} type @param {string} selector @param {(event: HTMLElementEventMap[K], element: HTMLElement) => void} act
   */
  on(type, selector, act) {
    this.addEventListener(
      type,
      (event) => {
        const found = event.target instanceof Element ? event.target.closest(selector) : null;
        if (found instanceof HTMLElement && this.contains(found)) act(event, found);
      },
      { signal: this.signal },
    );
  }

  /**
   * Listens for clicks on [data-do=name].
   * @param {string} name @param {(element: HTMLElement) => void} act
   */
  onDo(name, act) {
    this.on("click", `[data-do="${name}"]`, (_event, element) => act(element));
  }
}

/** @param {string} part @returns {unknown} */
function partOf(part) {
  if (part === "me") return store.me;
  if (part === "presence") return store.presence;
  if (part === "rendering") return store.rendering;
  if (part === "desk") return store.desk;
  if (part === "line") return `${store.line}${store.waiting}`;
  if (part === "tick") return null;
  return /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (store.view))[part];
}
