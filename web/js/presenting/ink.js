// The presenter's ink: a layer everyone sees grow while it is drawn, and can hide. Gone with the page, unless kept.

import { freshId } from "../lib/commands.js";
import { curveOf } from "./curve.js";
import { Paced } from "./paced.js";
import { addStroke, inkShown, onSignal, sendSignal, setInk, staged } from "./signals.js";

/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */
/** @typedef {import("../reader/pointers.js").PagePointer} PagePointer */

export const COLOURS = /** @type {const} */ (["red", "blue", "green"]);
const SVG = "http://www.w3.org/2000/svg";
const PAUSE = 50; // ms between two parts of a stroke
const ONCE = 400; // numbers in one of them
const STEP = 1; // points the pen moves before another one counts

export class Ink {
  /** @param {PageReader} reader @param {() => boolean} mayDraw @param {AbortSignal} signal */
  constructor(reader, mayDraw, signal) {
    this.reader = reader;
    this.mayDraw = mayDraw;
    this.inHand = false;
    /** @type {typeof COLOURS[number]} */
    this.colour = "red";
    this.hidden = false;
    /** @type {import("../reader/pointers.js").Tool | null | undefined} */
    this.before = undefined;
    /** @type {{pointer: number, id: string, at: {x: number, y: number}} | null} */
    this.stroke = null;
    /** @type {number[]} drawn and not yet told */
    this.untold = [];
    this.parts = new Paced(PAUSE, () => this.tell());
    this.layer = reader.addLayer(document.createElementNS(SVG, "svg"));
    this.layer.classList.add("stage-ink");
    this.layer.setAttribute("aria-hidden", "true");
    signal.addEventListener("abort", () => this.use(false));
    onSignal((_name, payload) => {
      if (payload?.full) this.stroke = null; // the page holds no more: nobody sees the rest of this one
    }, signal);
  }

  /** @param {boolean} inHand */
  use(inHand) {
    if (inHand === this.inHand) return;
    this.inHand = inHand;
    this.reader.classList.toggle("drawing", inHand);
    if (inHand) this.before = this.reader.tool;
    if (inHand) this.reader.tool = this;
    else if (this.reader.tool === this) this.reader.tool = this.before ?? null;
  }

  /** @param {PagePointer} pointer @returns {"tool" | "nobody"} */
  down(pointer) {
    if (this.stroke || !this.mayDraw()) return "nobody";
    this.stroke = { pointer: pointer.id, id: freshId(), at: pointer };
    this.add([pointer]);
    return "tool";
  }

  /** @param {PagePointer[]} pointers */
  move(pointers) {
    if (this.stroke?.pointer === pointers[0]?.id) this.add(pointers);
  }

  /** @param {PagePointer} pointer */
  up(pointer) {
    if (this.stroke?.pointer === pointer.id) this.end();
  }

  /** @param {number} id */
  cancel(id) {
    if (this.stroke?.pointer === id) this.end();
  }

  end() {
    this.tell();
    this.stroke = null;
  }

  /** @param {PagePointer[]} pointers */
  add(pointers) {
    const [now, stroke] = [staged(), this.stroke];
    if (!now || !stroke || !this.mayDraw()) return;
    /** @type {number[]} */
    const points = [];
    for (const { x, y } of pointers) {
      if (stroke.at !== pointers[0] && Math.hypot(x - stroke.at.x, y - stroke.at.y) < STEP) continue;
      points.push(Math.round(x * 10) / 10, Math.round(y * 10) / 10);
      stroke.at = { x, y };
    }
    if (!points.length) return;
    addStroke({ paper: now.paper, page: now.page, id: stroke.id, colour: this.colour, points });
    this.untold.push(...points);
    this.parts.give(null);
    this.draw(true);
  }

  tell() {
    const now = staged();
    while (this.untold.length && this.stroke && now) {
      const points = this.untold.splice(0, ONCE);
      sendSignal("ink", { paper: now.paper, page: now.page, id: this.stroke.id, colour: this.colour, points });
    }
  }

  /** For all: nothing drawn on this page any more. */
  wipe() {
    const now = staged();
    if (!now || !sendSignal("wipe", { paper: now.paper, page: now.page })) return;
    setInk({ paper: now.paper, page: now.page, strokes: {} });
  }

  /** Whether what is drawn here comes again when the room comes back to this page. @param {boolean} kept */
  keep(kept) {
    const [now, ink] = [staged(), inkShown()];
    if (now && ink && sendSignal("keep", { paper: now.paper, page: now.page, kept })) setInk({ ...ink, kept });
  }

  /** @param {boolean} here the page in the reader is the one on the stage */
  draw(here) {
    const strokes = here && !this.hidden ? Object.entries(inkShown()?.strokes ?? {}) : [];
    const lines = new Map([...this.layer.children].map((line) => [line.getAttribute("data-key") ?? "", line]));
    for (const [id, { colour, points }] of strokes) {
      const line = lines.get(id) ?? this.layer.appendChild(document.createElementNS(SVG, "path"));
      lines.delete(id);
      if (line.getAttribute("data-points") === String(points.length)) continue;
      line.setAttribute("data-key", id);
      line.setAttribute("data-points", String(points.length));
      line.setAttribute("class", colour);
      line.setAttribute("d", curveOf(points));
    }
    for (const line of lines.values()) line.remove();
  }
}
