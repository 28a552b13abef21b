// One's marks on the pages that are seen beside the one that is read: to be seen there, not to be touched.

import { store } from "../lib/store.js";
import { isLight, shapesOf } from "./layer.js";
import { marks } from "./marks.js";

const SVG = "http://www.w3.org/2000/svg";

export class MarksBeside {
  /** @param {import("../reader/page-reader.js").PageReader} reader */
  constructor(reader) {
    this.reader = reader;
    this.drawn = 0;
    reader.addEventListener("beside", (event) => this.draw(/** @type {CustomEvent} */ (event).detail.sheet));
    store.watch(() => this.drawAll(), new AbortController().signal);
    this.drawAll();
  }

  drawAll() {
    if (this.drawn === marks.book.changes) return;
    this.drawn = marks.book.changes;
    for (const { sheet } of this.reader.companions.here.values()) this.draw(sheet);
  }

  /** @param {HTMLElement} sheet */
  draw(sheet) {
    for (const old of sheet.querySelectorAll(".page-under, .marks-beside")) old.remove();
    const here = marks.book.all().filter((mark) => `${mark.revision}/${mark.page}` === sheet.dataset.beside);
    if (!here.length) return;
    const light = (/** @type {import("./types").Mark} */ mark) => isLight(mark) || mark.kind === "note";
    const layers = /** @type {HTMLElement} */ (sheet.querySelector(".page-layers"));
    const under = document.createElement("div");
    under.className = "page-under";
    under.append(picture(here.filter(light)));
    layers.before(under);
    layers.append(picture(here.filter((mark) => !light(mark))));
  }
}

/** @param {import("./types").Mark[]} drawn */
function picture(drawn) {
  const made = document.createElementNS(SVG, "svg");
  made.classList.add("page-layer", "marks-beside");
  made.append(...drawn.flatMap(shapesOf));
  return made;
}
