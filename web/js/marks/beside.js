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
    for (const { sheet } of this.reader.companions?.here.values() ?? []) this.draw(sheet);
  }

  /** @param {HTMLElement} sheet */
  draw(sheet) {
    for (const old of sheet.querySelectorAll(".page-under, .page-layers")) old.remove();
    const here = marks.book.all().filter((mark) => `${mark.revision}/${mark.page}` === sheet.dataset.beside);
    if (!here.length) return;
    const light = (/** @type {import("./types").Mark} */ mark) => isLight(mark) || mark.kind === "note";
    sheet.append(layer("page-under", here.filter(light)), layer("page-layers", here.filter((mark) => !light(mark))));
  }
}

/** @param {string} name @param {import("./types").Mark[]} drawn */
function layer(name, drawn) {
  const frame = document.createElement("div");
  frame.className = name;
  const picture = document.createElementNS(SVG, "svg");
  picture.classList.add("page-layer");
  picture.append(...drawn.flatMap(shapesOf));
  frame.append(picture);
  return frame;
}
