// What was searched for, marked on all pages in sight, and the way to the next page that has it.

import { html, icon, render } from "../lib/html.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import * as geometry from "../reader/geometry.js";
import { linesOf } from "../reader/text.js";
import { reader, shownNow } from "../tablet/place.js";
import { finding } from "./finding.js";
import { passages } from "./query.js";
import { openSearch } from "./search-sheet.js";

/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 90; // px from the edge of the view that is no good place for what was found

export class FoundLayer {
  /** @param {PageReader} reader @param {import("../reader/words-layer.js").WordsLayer} words */
  constructor(reader, words) {
    this.reader = reader;
    this.words = words;
    this.drawn = "";
    this.bar = document.createElement("div");
    this.bar.className = "found-bar";
    this.bar.dataset.own = "";
    this.bar.hidden = true;
    this.bar.addEventListener("click", (event) => this.act(event));
    reader.append(this.bar);
    reader.addEventListener("shown", () => this.draw());
    reader.addEventListener("words", () => {
      this.drawn = ""; // of a page that was here before, perhaps
      this.draw();
    });
    store.watch(() => this.draw(), new AbortController().signal);
  }

  draw() {
    const { shown } = this.reader;
    const { marked, text } = finding;
    const place = reader() === this.reader ? shownNow() : null; // the way through what was found stands in the half in hand
    const pages = [...this.words.pages.values()].filter((each) => each.text);
    const state = `${shown?.revision}/${shown?.page}/${pages.map(({ page }) => page)}/${marked ? text : ""}/${finding.here?.at}/${place?.page}`;
    if (state === this.drawn) return;
    this.drawn = state;
    let first;
    for (const words of pages) {
      const boxes = boxesOf(words.text?.words ?? [], marked);
      if (words.page === shown?.page) first = boxes[0];
      mark(words.layer, boxes);
    }
    const { here } = finding;
    this.bar.hidden = !marked || !here || !place;
    if (here && place) render(this.bar, this.drawBar(here.at, place.page));
    this.bring(first);
  }

  /** What was found comes into sight, once. @param {import("../reader/text.js").Box | undefined} box */
  bring(box) {
    const { goal } = finding;
    const { shown, place, view, size } = this.reader;
    if (!box || goal?.revision !== shown?.revision || goal?.page !== shown?.page) return;
    finding.goal = null;
    const [top, bottom] = [place.y + box.y * place.scale, place.y + (box.y + box.height) * place.scale];
    const [left, right] = [place.x + box.x * place.scale, place.x + (box.x + box.width) * place.scale];
    if (top > EDGE && bottom < view.height - EDGE && left > 0 && right < view.width) return;
    const middle = {
      x: view.width / 2 - (box.x + box.width / 2) * place.scale,
      y: view.height / 2 - (box.y + box.height / 2) * place.scale,
    };
    this.reader.settle(geometry.held({ ...place, ...middle }, view, size), false);
  }

  /** @param {number[]} at @param {number} page */
  drawBar(at, page) {
    const position = at.filter((each) => each <= page).length;
    return html`<button
        class="btn quiet icon"
        value="back"
        aria-label="${t("search.before")}"
        ?disabled=${!at.some((each) => each < page)}
      >
        ${icon("up")}
      </button>
      <button class="btn quiet found-text" value="open" aria-label="${t("search.again", { text: finding.text })}">
        ${icon("search")}<span class="one-line">${finding.text}</span
        ><span class="num">${t("search.at", { at: position, of: at.length })}</span>
      </button>
      <button
        class="btn quiet icon"
        value="on"
        aria-label="${t("search.next")}"
        ?disabled=${!at.some((each) => each > page)}
      >
        ${icon("down")}
      </button>
      <button class="btn quiet icon" value="rest" aria-label="${t("search.rest")}">${icon("cross")}</button>`;
  }

  /** @param {Event} event */
  act(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.value === "back") finding.step(-1);
    if (button?.value === "on") finding.step(1);
    if (button?.value === "open") openSearch();
    if (button?.value === "rest") finding.rest();
  }
}

/** @param {import("../reader/text.js").Word[]} words @param {import("./query.js").Query | null} marked */
function boxesOf(words, marked) {
  const ranges = marked
    ? passages(
        words.map((word) => word[4]),
        marked,
      )
    : [];
  return ranges.flatMap((range) => linesOf(words, range));
}

/** @param {HTMLElement} layer @param {import("../reader/text.js").Box[]} boxes */
function mark(layer, boxes) {
  layer.querySelector(".page-found")?.remove();
  if (!boxes.length) return;
  const picture = layer.appendChild(document.createElementNS(SVG, "svg"));
  picture.classList.add("page-layer", "page-found");
  picture.append(...boxes.map(drawBox));
}

/** @param {import("../reader/text.js").Box} box */
function drawBox({ x, y, width, height }) {
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x: x - 1.5, y: y - 1, width: width + 3, height: height + 2, rx: 2 }))
    rect.setAttribute(name, String(value));
  return rect;
}
