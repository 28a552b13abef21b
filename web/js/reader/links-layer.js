// The links of a page: a tap follows one. Events, bubbling: "follow" {page, y} for a place in this paper, "outside"
// {address} for one that leads out of it.

import { t } from "../lib/words.js";
import { linkAt, wordsIn } from "./text.js";

/** @typedef {import("./text.js").Link} Link */
/** @typedef {import("./text.js").PageText} PageText */

export class LinksLayer {
  /** @param {import("./page-reader.js").PageReader} reader @param {() => boolean} free whether a tap may follow a link now */
  constructor(reader, free) {
    this.reader = reader;
    /** @type {Link[]} */
    this.links = [];
    this.layer = reader.addLayer(document.createElement("div"));
    this.layer.classList.add("page-links");
    reader.addEventListener("shown", () => this.lay([], null));
    reader.addEventListener("words", (event) => {
      const { text } = /** @type {CustomEvent<{text: PageText}>} */ (event).detail;
      this.lay(text.links, text);
    });
    reader.addEventListener("touch", (event) => {
      const link = event.defaultPrevented || !free() ? undefined : linkAt(this.links, /** @type {CustomEvent} */ (event).detail);
      if (!link) return;
      event.preventDefault();
      this.follow(link);
    });
    // The mouse selects words, so that it needs something to press; so do the keys.
    this.layer.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button) this.follow(this.links[Number(button.value)]);
    });
  }

  /** @param {Link[]} links @param {PageText | null} text */
  lay(links, text) {
    this.links = links;
    this.layer.replaceChildren(...links.map((link, index) => this.button(link, index, text)));
  }

  /** @param {Link} link @param {number} index @param {PageText | null} text */
  button(link, index, text) {
    const [left, top, right, bottom, target] = link;
    const button = document.createElement("button");
    button.value = String(index);
    button.dataset.own = "";
    const name = wordsIn(text?.words ?? [], link);
    const place = typeof target === "number" ? t("common.page", { page: target }) : target;
    button.setAttribute("aria-label", t("reader.link", { name: name || place, place }));
    Object.assign(button.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    return button;
  }

  /** @param {Link} link */
  follow(link) {
    const target = link[4];
    if (typeof target === "number") this.reader.tell("follow", { page: target, y: link[5] ?? 0 });
    else this.reader.tell("outside", { address: target });
  }
}
