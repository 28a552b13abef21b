// <mark-bar>: the tools for marking, one row to choose one and one for its colours; open while somebody marks.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";
import { shownNow } from "../tablet/place.js";
import { isLight } from "./layer.js";
import { marks } from "./marks.js";
import { openNotes } from "./notes-sheet.js";
import { pens } from "./pens.js";
import { chosen, stepOf } from "./chosen.js";
import { WIDTHS } from "./ink.js";
import { openNote } from "./note-sheet.js";
import { COLOURS, tools } from "./tools.js";

/** @typedef {import("./tools.js").ToolName} ToolName */
/** @type {[ToolName, string][]} */
const TOOLS = [
  ["pen", "edit"],
  ["highlighter", "highlighter"],
  ["underline", "underline"],
  ["note", "note"],
  ["eraser", "eraser"],
  ["select", "lasso"],
];

export class MarkBar extends ViewElement {
  started() {
    this.onDo("tool", (button) => this.choose({ name: /** @type {ToolName} */ (button.dataset.name) }));
    this.onDo("colour", (button) => tools.chooseColour(button.dataset.colour ?? "ink"));
    this.onDo("recolour", (button) => this.pen?.choosing.colour(button.dataset.colour ?? "ink"));
    this.onDo("rewidth", (button) => this.pen?.choosing.width(Number(button.dataset.step)));
    this.onDo("each", () => this.pen?.choosing.next());
    this.onDo("whole", () => this.pen?.choosing.all());
    this.onDo("words", () => openNote([...chosen][0] ?? ""));
    this.onDo("remove", () => this.pen?.choosing.remove());
    this.onDo("width", (button) => tools.choose({ width: WIDTHS[Number(button.dataset.step)] }));
    this.onDo("undo", () => marks.undo());
    this.onDo("redo", () => marks.redo());
    this.onDo("notes", openNotes);
    this.onDo("done", () => this.choose({ open: false }));
    const keys = (/** @type {KeyboardEvent} */ event) => this.key(event);
    document.addEventListener("keydown", keys, { signal: this.signal, capture: true }); // before arrows turn the page
  }

  get pen() {
    return pens.inHand;
  }

  /** @param {Partial<typeof tools>} what */
  choose(what) {
    this.pen?.choosing.take([]);
    tools.choose(what);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog")) return;
    if (document.querySelector("dialog[open]")) return;
    if (tools.open && tools.name === "select" && this.pen?.choosing.key(event)) return event.preventDefault();
    if (event.key === "Escape" && tools.open) tools.choose({ open: false });
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) marks.redo();
    else marks.undo();
  }

  update() {
    super.update(true); // what is in the hand is not part of the view
  }

  draw() {
    if (!tools.open || !shownNow()) return html``;
    return html`<div class="mark-row" role="toolbar" aria-label="${t("marks.tools")}">
        ${TOOLS.map(([name, picture]) => html`<button class="btn quiet tool" data-do="tool" data-name="${name}" aria-pressed="${tools.name === name}">${icon(picture)}<span>${t(`marks.tool.${name}`)}</span>${drawSample(name)}</button>`)}
        <span class="grow"></span>
        <button
          class="btn quiet icon"
          data-do="undo"
          aria-label="${t("marks.undo")}"
          ?disabled=${!marks.history.done.length}
        >
          ${icon("undo")}
        </button>
        <button
          class="btn quiet icon"
          data-do="redo"
          aria-label="${t("marks.redo")}"
          ?disabled=${!marks.history.undone.length}
        >
          ${icon("redo")}
        </button>
        <button class="btn strong" data-do="done">${t("common.done")}</button>
      </div>
      <div class="mark-row" role="group" aria-label="${t("marks.colour")}">
        ${this.drawChoices()}<span class="grow"></span>
        ${tools.name === "select" && this.pen?.choosing.held.length ? "" : html`<button class="btn quiet" data-do="notes">${icon("list")}<span>${t("marks.all")}</span></button>`}
      </div>`;
  }

  /** What can be done with the marks that are chosen. */
  drawChosen() {
    const held = this.pen?.choosing.held ?? [];
    const light = held.length && held.every((mark) => mark.kind === "note" || isLight(mark));
    const same = new Set(held.map(({ body }) => body?.colour));
    const steps = held.map(stepOf).filter((step) => step >= 0);
    const colours = COLOURS[light ? "highlighter" : "pen"];
    return html`<button class="btn quiet" data-do="each">${t("marks.choose_next")}</button> ${
        held.length
          ? html`<i class="between"></i
              >${colours.map((colour) => html`<button class="swatch ${light ? "light" : ""}" data-do="recolour" data-colour="${colour}" aria-pressed="${same.size === 1 && same.has(colour)}" aria-label="${t(`marks.colour.${colour}`)}"><i></i></button>`)}
              ${steps.length ? drawWidths("rewidth", steps.every((step) => step === steps[0]) ? steps[0] : -1, held.find(({ kind }) => kind === "ink")?.body?.colour ?? "ink", !!light) : ""}
              ${held.length === 1 && held[0].kind === "note" ? html`<button class="btn quiet" data-do="words">${icon("edit")}<span>${t("marks.edit_note")}</span></button>` : ""}
              <button class="btn quiet danger" data-do="remove">
                ${icon("trash")}<span>${t("marks.delete_chosen", { n: held.length })}</span>
              </button>`
          : html`<button class="btn quiet" data-do="whole">${t("marks.choose_all")}</button
              ><span class="small soft">${t("marks.hint.select")}</span>`
      }`;
  }

  drawChoices() {
    if (tools.name === "select") return this.drawChosen();
    const colours = COLOURS[tools.name].map(
      (colour) =>
        html`<button
          class="swatch ${tools.name === "pen" || tools.name === "underline" ? "" : "light"}"
          data-do="colour"
          data-colour="${colour}"
          aria-pressed="${tools.colour === colour}"
          aria-label="${t(`marks.colour.${colour}`)}"
        >
          <i></i>
        </button>`,
    );
    if (tools.name === "eraser" || tools.name === "note")
      return html`${colours}<span class="small soft">${t(`marks.hint.${tools.name}`)}</span>`;
    return tools.name === "pen"
      ? html`${colours}${drawWidths("width", WIDTHS.indexOf(tools.width), tools.colour)}`
      : html`${colours}`;
  }

  drawn() {
    pens.prepare();
    this.classList.toggle("opened", tools.open);
  }
}

/** What the tool will leave on the page, seen before it does. @param {ToolName} name */
function drawSample(name) {
  if (!COLOURS[name].length) return html`<i class="sample"></i>`;
  const wide = name === "pen" ? lineOf(WIDTHS.indexOf(tools.width)) : name === "underline" ? 2 : 10;
  return html`<i
    class="sample ${name === "highlighter" || name === "note" ? "light" : ""}"
    data-colour="${tools.colours[name]}"
    style="--wide: ${wide}px"
  ></i>`;
}

/** Pixels of a line in the tools. @param {number} step @param {boolean} [light] */
const lineOf = (step, light) => (light ? 6 + 6 * step : 2 + 3 * step);

/** @param {string} act @param {number} chosen @param {string} colour @param {boolean} [light] */
function drawWidths(act, chosen, colour, light) {
  return html`<i class="between"></i>${WIDTHS.map(
      (_width, step) =>
        html`<button
          class="swatch line ${light ? "light" : ""}"
          data-do="${act}"
          data-step="${step}"
          data-colour="${colour}"
          aria-pressed="${step === chosen}"
          aria-label="${t(`marks.width.${step}`)}"
        >
          <i style="height: ${lineOf(step, light)}px"></i>
        </button>`,
    )}`;
}
