// The links of the pages in sight: a tap follows one. Events, bubbling: "follow" {page, y} for a place in this paper, "outside"
// {address} for one that leads out of it.

import { t } from "../lib/words.js";
import { linkAt, wordsIn } from "./text.js";

/** @typedef {import("./text.js").Link} Link */
/** @typedef {import("./text.js").PageText} PageText */

export class LinksLayer {
  /** @param {import("./page-reader.js").PageReader} reader @param {import("./words-layer.js").WordsLayer} words @param {() => boolean} free whether a tap may follow a link now */
  constructor(reader, words, free) {
    this.reader = reader;
    this.words = words;
    reader.addEventListener("words", (event) => this.lay(/** @type {CustomEvent} */ (event).detail.page));
    reader.addEventListener("touch", (event) => {
      const link =
        event.defaultPrevented || !free() ? undefined : this.linkAt(/** @type {CustomEvent} */ (event).detail.at);
      if (!link) return;
      event.preventDefault();
      this.follow(link);
    });
  }

  /** @param {import("./geometry.js").Point} point of the reader @returns {Link | undefined} */
  linkAt(point) {
    const spot = this.reader.companions.spotAt(point);
    return linkAt(this.words.of(spot.page)?.text?.links ?? [], spot);
  }

  /** @param {number} page */
  lay(page) {
    const words = this.words.of(page);
    if (!words?.text?.links.length) return;
    const { text } = words;
    const layer = words.layer.appendChild(document.createElement("div"));
    layer.className = "page-layer page-links";
    layer.append(...text.links.map((link, index) => button(link, index, text)));
    // The mouse selects words, so that it needs something to press; so do the keys.
    layer.addEventListener("click", (event) => {
      const pressed = event.target instanceof Element ? event.target.closest("button") : null;
      if (pressed) this.follow(text.links[Number(pressed.value)]);
    });
  }

  /** @param {Link} link */
  follow(link) {
    const target = link[4];
    if (typeof target === "number") this.reader.tell("follow", { page: target, y: link[5] ?? 0 });
    else this.reader.tell("outside", { address: target });
  }
}

/** @param {Link} link @param {number} index @param {PageText} text */
function button(link, index, text) {
  const [left, top, right, bottom, target] = link;
  const made = document.createElement("button");
  made.value = String(index);
  made.dataset.own = "";
  const name = wordsIn(text.words, link);
  const place = typeof target === "number" ? t("common.page", { page: target }) : target;
  made.setAttribute("aria-label", t("reader.link", { name: name || place, place }));
  Object.assign(made.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${right - left}px`,
    height: `${bottom - top}px`,
  });
  return made;
}
