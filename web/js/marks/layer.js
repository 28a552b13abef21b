// One's marks over the page of a reader: highlights under the print, ink over it, notes as pins to press.

import { html, render } from "../lib/html.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { middleLine, outline, unpacked } from "./ink.js";
import { marks } from "./marks.js";
import { boxOf, PIN } from "./shapes.js";
import { chosen } from "./chosen.js";
import { openNote } from "./note-sheet.js";

/** @typedef {import("./types").Mark} Mark */
/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

const SVG = "http://www.w3.org/2000/svg";

export class MarkLayer {
  /** @param {PageReader} reader */
  constructor(reader) {
    this.reader = reader;
    // Highlights darken the page like a real one, so that print stays black; that needs to lie right on its image.
    this.under = document.createElement("div");
    this.under.className = "page-under";
    reader.layers.before(this.under);
    this.light = this.under.appendChild(drawing());
    this.liveLight = this.under.appendChild(drawing());
    this.ink = reader.addLayer(drawing());
    this.ink.classList.add("marks-ink");
    this.live = reader.addLayer(drawing());
    this.pins = reader.addLayer(document.createElement("div"));
    this.pins.classList.add("pins");
    this.pins.addEventListener("click", (event) => {
      const pin = event.target instanceof Element ? event.target.closest("[data-mark]") : null;
      if (pin instanceof HTMLElement) openNote(pin.dataset.mark ?? "");
    });
    /** Marks that an eraser has touched and not let go yet. @type {Set<string>} */
    this.fading = new Set();
    this.frames = reader.addLayer(drawing());
    this.frames.classList.add("marks-chosen");
    this.drawn = "";
    reader.addEventListener("shown", () => this.draw());
    reader.addEventListener("moved", () => this.place());
    store.watch(() => this.draw(), new AbortController().signal);
  }

  place() {
    const { width, height } = this.reader.size;
    this.under.style.width = `${width}px`;
    this.under.style.height = `${height}px`;
    this.under.style.transform = `scale(${this.reader.place.scale})`;
  }

  /** The marks of the page that is shown. @returns {Mark[]} */
  here() {
    const { shown } = this.reader;
    return shown ? marks.book.all().filter((mark) => mark.revision === shown.revision && mark.page === shown.page) : [];
  }

  draw() {
    const { shown } = this.reader;
    const drawn = `${shown?.revision}/${shown?.page}/${marks.book.changes}/${[...this.fading]}/${[...chosen]}`;
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const here = this.here();
    this.light.replaceChildren(...here.flatMap((mark) => (isLight(mark) ? this.shapes(mark) : [])));
    this.ink.replaceChildren(
      ...here.flatMap((mark) => (mark.kind !== "note" && !isLight(mark) ? this.shapes(mark) : [])),
    );
    render(
      this.pins,
      html`${here
        .filter((mark) => mark.kind === "note")
        .map(
          (mark) =>
            html`<button
              class="pin"
              data-own
              data-key="${mark.id}"
              data-mark="${mark.id}"
              data-colour="${mark.body?.colour}"
              style="left: ${mark.body?.x}px; top: ${mark.body?.y}px"
              aria-label="${t("marks.note_called", { text: mark.body?.text ?? "" })}"
            >
              <span>${mark.body?.text ?? ""}</span>
            </button>`,
        )}`,
    );
    this.frames.replaceChildren(
      ...here.filter(({ id }) => chosen.has(id)).map((mark) => frameOf(boxOf(mark), mark.id)),
    );
  }

  /** What is chosen goes along with the hand; where it lies is changed when the hand lets go. @param {{x: number, y: number}} by */
  shift({ x, y }) {
    for (const element of [this.light, this.ink, this.pins, this.frames].flatMap((layer) => [
      ...layer.querySelectorAll("[data-mark]"),
    ])) {
      if (!chosen.has(/** @type {HTMLElement} */ (element).dataset.mark ?? "")) continue;
      /** @type {HTMLElement} */ (element).style.translate = x || y ? `${x}px ${y}px` : "";
    }
  }

  /** The note whose pin is under a pointer: a pin keeps its size however the page is magnified. @param {{clientX: number, clientY: number}} pointer @returns {string | undefined} */
  pinAt({ clientX, clientY }) {
    const pins = /** @type {HTMLElement[]} */ ([...this.pins.querySelectorAll("[data-mark]")]);
    return pins.findLast((pin) => {
      const { left, right, top, bottom } = pin.getBoundingClientRect();
      return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    })?.dataset.mark;
  }

  /** @param {Mark} mark */
  shapes(mark) {
    const shapes = shapesOf(mark);
    if (this.fading.has(mark.id)) for (const shape of shapes) shape.classList.add("fading");
    return shapes;
  }
}

const drawing = () => document.createElementNS(SVG, "svg");

/** @param {Mark} mark */
export const isLight = (mark) => mark.kind === "highlight" || !!mark.body?.wide;

/** @param {Mark} mark @returns {SVGElement[]} */
export function shapesOf({ id, kind, body }) {
  const colour = body?.colour ?? "ink";
  if (kind === "note")
    return [lightBox([body?.x ?? 0, body?.y ?? 0, (body?.x ?? 0) + PIN, (body?.y ?? 0) + PIN], colour, id)];
  if (kind === "highlight") return (body?.boxes ?? []).map((box) => lightBox(box, colour, id));
  if (kind === "underline") return (body?.boxes ?? []).map((box) => underlineBox(box, colour, id));
  const spots = unpacked(body?.points ?? []);
  return [
    body?.wide ? broadLine(spots, body.width ?? 0, colour, id) : inkShape(outline(spots, body?.width ?? 1), colour, id),
  ];
}

/** @param {import("./types").Box} box @param {string} colour @param {string} [id] */
export function lightBox([left, top, right, bottom], colour, id) {
  return shape("rect", { x: left - 1, y: top, width: right - left + 2, height: bottom - top, rx: 1.5 }, colour, id);
}

/** @param {import("./types").Box} box @param {string} colour @param {string} [id] */
export function underlineBox([left, top, right, bottom], colour, id) {
  const thick = Math.max(1, (bottom - top) * 0.09);
  const line = shape(
    "rect",
    { x: left, y: bottom - thick, width: right - left, height: thick, rx: thick / 2 },
    colour,
    id,
  );
  line.classList.add("underlined");
  return line;
}

/** @param {import("./types").Box} box @param {string} id */
function frameOf([left, top, right, bottom], id) {
  return shape(
    "rect",
    { x: left - 4, y: top - 4, width: right - left + 8, height: bottom - top + 8, rx: 3 },
    "ink",
    id,
  );
}

/** @param {string} path @param {string} colour @param {string} [id] */
export const inkShape = (path, colour, id) => shape("path", { d: path }, colour, id);

/** @param {{x: number, y: number}[]} spots @param {number} width @param {string} colour @param {string} [id] */
export function broadLine(spots, width, colour, id) {
  const line = shape("path", { d: middleLine(spots), "stroke-width": width }, colour, id);
  line.classList.add("broad");
  return line;
}

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} colour @param {string} [id] */
function shape(name, attributes, colour, id) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.dataset.colour = colour;
  if (id) element.dataset.mark = id;
  return element;
}
