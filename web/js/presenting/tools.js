// What a presenter takes in the hand: the pointer. Large buttons at the side of the page.

import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";

/** @typedef {import("./light.js").Light} Light */
/** @typedef {import("../lib/element.js").ViewElement & {light?: Light}} Lit */

/** @param {Light} light */
export const drawTools = (light) => html`<div class="stage-tools" data-key="tools" role="toolbar" aria-label="${t("presenting.tools")}">
  <button class="btn icon" data-do="tool-pointer" aria-pressed="${light.tool === "pointer"}" aria-label="${t("presenting.pointer")}" title="${t("presenting.pointer")}">${icon("pointer")}</button></div>`;

/** @param {Lit} element */
export function onTools(element) {
  element.onDo("tool-pointer", () => {
    element.light?.take(element.light.tool === "pointer" ? "hand" : "pointer");
    element.update(true);
  });
}
