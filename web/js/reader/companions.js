// The pages that are seen beside the one that is read: their images, their words and links, and whatever others draw on
// them. The one that is read has all the layers; who touches another one with a pen reads that one from then on.
//
// Event of the reader: "beside" {sheet}: a page has come into sight; `sheet` is its element, as large as the page.

import { beside, offsetOf, spotIn } from "./layouts.js";
import { PagePicture } from "./picture.js";

/** `layers` is in points of the page. @typedef {{sheet: HTMLElement, image: HTMLElement, layers: HTMLElement, picture: PagePicture}} Companion */

const AHEAD = 0.5; // of the view: pages that are about to be seen

export class Companions {
  /** @param {import("./page-reader.js").PageReader} reader */
  constructor(reader) {
    this.reader = reader;
    this.frame = document.createElement("div");
    this.frame.className = "page-companions";
    /** @type {Map<string, Companion>} by revision and page */
    this.here = new Map();
    /** @type {import("./layouts.js").Beside[]} */
    this.all = [];
    this.drawn = "";
    reader.addEventListener("moved", () => this.lay());
    reader.addEventListener("shown", () => this.lay());
    reader.addEventListener("pointerdown", (event) => this.touched(event), { capture: true });
  }

  lay() {
    const { reader } = this;
    const { shown, place, view } = reader;
    const all = (this.all =
      shown && view.width
        ? beside(
            reader.layoutNow,
            shown.page,
            reader.all,
            (-place.y - AHEAD * view.height) / place.scale,
            ((1 + AHEAD) * view.height - place.y) / place.scale,
          )
        : []);
    this.frame.style.transform = `translate(${place.x}px, ${place.y}px)`;
    const drawn = `${shown?.revision}/${shown?.page}/${place.scale}/${all.map(({ page }) => page)}`;
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const wanted = new Set(all.map(({ page }) => `${shown?.revision}/${page}`));
    for (const [key, { sheet, picture }] of this.here) {
      if (wanted.has(key)) continue;
      picture.stop();
      sheet.remove();
      this.here.delete(key);
    }
    if (!shown) return;
    for (const { page, x, y, width, height } of all) {
      const companion = this.companion(shown.revision, page);
      const { style } = companion.sheet;
      style.setProperty("--width", `${width}px`);
      style.setProperty("--height", `${height}px`);
      style.width = `${width * place.scale}px`;
      style.height = `${height * place.scale}px`;
      style.transform = `translate(${x * place.scale}px, ${y * place.scale}px)`;
      style.setProperty("--scale", String(place.scale));
      const sharp = reader.imageWidthOf(width);
      companion.picture.show({ ...shown, page }, { now: sharp, fitting: sharp });
    }
  }

  /** @param {string} revision @param {number} page @returns {Companion} */
  companion(revision, page) {
    const key = `${revision}/${page}`;
    const found = this.here.get(key);
    if (found) return found;
    const sheet = document.createElement("div");
    sheet.className = "page-sheet companion";
    sheet.dataset.beside = key;
    const image = sheet.appendChild(document.createElement("div"));
    image.className = "page-image";
    const layers = sheet.appendChild(document.createElement("div"));
    layers.className = "page-layers";
    this.frame.append(sheet);
    const companion = {
      sheet,
      image,
      layers,
      picture: new Alone(image.appendChild(document.createElement("div")), sheet),
    };
    this.here.set(key, companion);
    this.reader.tell("beside", { sheet });
    return companion;
  }

  /** A pen on another page writes there. @param {PointerEvent} event */
  touched(event) {
    if (event.pointerType !== "pen" && !this.reader.tool?.isOpen) return;
    const page = this.pageUnder(this.reader.pointOf(event));
    if (page && !this.reader.isTouched) this.reader.takeUp(page);
  }

  /** On which of the pages in sight a point is, and where. @param {import("./geometry.js").Point} point of the reader */
  spotAt(point) {
    const { reader } = this;
    return spotIn(
      [
        { page: reader.shown?.page ?? 0, x: 0, y: 0, width: reader.size.width, height: reader.size.height },
        ...this.all,
      ],
      reader.toPage(point),
    );
  }

  /** Where a point of a page in sight is in the reader. @param {number} page @param {import("./geometry.js").Point} point @returns {import("./geometry.js").Point} */
  pointOf(page, { x, y }) {
    const { place, shown, layoutNow, all } = this.reader;
    const corner = (shown && offsetOf(layoutNow, shown.page, page, all)) ?? { x: 0, y: 0 };
    return { x: place.x + (corner.x + x) * place.scale, y: place.y + (corner.y + y) * place.scale };
  }

  /** @param {import("./geometry.js").Point} point of the reader @returns {number} 0: none of these */
  pageUnder(point) {
    const { x, y } = this.reader.toPage(point);
    return (
      this.all.find((page) => x >= page.x && x <= page.x + page.width && y >= page.y && y <= page.y + page.height)
        ?.page ?? 0
    );
  }
}

/** Its neighbours are brought by the page that is read. */
class Alone extends PagePicture {
  async prefetch() {}
}
