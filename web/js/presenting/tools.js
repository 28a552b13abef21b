// What a presenter takes in the hand: the pointer, a pen. Everyone else may hide what is drawn.

import { html, icon } from "../lib/html.js";
import { say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { COLOURS } from "./ink.js";
import { inkShown } from "./signals.js";

/** @typedef {import("./light.js").Light} Light */
/** @typedef {import("../lib/element.js").ViewElement & {light?: Light}} Lit */

/** @param {Light} light */
export function drawTools(light) {
  const drawn = inkShown();
  const any = Object.keys(drawn?.strokes ?? {}).length > 0;
  if (!light.presents())
    return any && light.isOnStage
      ? html`<div class="stage-tools" data-key="tools">
          ${button("ink-hide", "eye", t(light.ink.hidden ? "presenting.ink_show" : "presenting.ink_hide"), light.ink.hidden)}
        </div>`
      : "";
  const pen = light.tool === "pen";
  return html`<div class="stage-tools" data-key="tools" role="toolbar" aria-label="${t("presenting.tools")}">
    ${button("tool-pointer", "pointer", t("presenting.pointer"), light.tool === "pointer")}${button("tool-pen", "edit", t("presenting.pen"), pen)}
    ${pen ? COLOURS.map((colour) => html`<button class="btn icon" data-do="ink-colour" data-colour="${colour}" aria-pressed="${light.ink.colour === colour}" aria-label="${t(`presenting.${colour}`)}" title="${t(`presenting.${colour}`)}"><i class="ink-colour ${colour}"></i></button>`) : ""}
    ${pen && any ? html`${button("ink-keep", "pin", t("presenting.ink_keep"), drawn?.kept === true)}${store.me?.role === "chair" || store.me?.role === "secretary" ? button("ink-minutes", "paper", t("presenting.ink_minutes")) : ""}${button("ink-wipe", "trash", t("presenting.ink_wipe"))}` : ""}
  </div>`;
}

/** @param {string} act @param {string} sign @param {string} label @param {boolean} [pressed] */
const button = (act, sign, label, pressed) =>
  html`<button
    class="btn icon"
    data-do="${act}"
    data-key="${act}"
    aria-pressed="${pressed === undefined ? null : pressed}"
    aria-label="${label}"
    title="${label}"
  >
    ${icon(sign)}
  </button>`;

/** @param {Lit} element */
export function onTools(element) {
  /** @param {string} name @param {(light: Light, button: HTMLElement) => void} act */
  const on = (name, act) =>
    element.onDo(name, (pressed) => {
      if (element.light) act(element.light, pressed);
      element.light?.update();
      element.update(true);
    });
  on("tool-pointer", (light) => light.take(light.tool === "pointer" ? "hand" : "pointer"));
  on("tool-pen", (light) => light.take(light.tool === "pen" ? "hand" : "pen"));
  on(
    "ink-colour",
    (light, { dataset }) => (light.ink.colour = COLOURS.find((colour) => colour === dataset.colour) ?? "red"),
  );
  on("ink-wipe", (light) => light.ink.wipe());
  on("ink-keep", (light) => light.ink.keep(!inkShown()?.kept));
  on("ink-minutes", () => void keepWithMinutes());
  on("ink-hide", (light) => (light.ink.hidden = !light.ink.hidden));
}

/** What is drawn on the page now goes with the minutes, as the server has it. */
async function keepWithMinutes() {
  const { meeting, participant } = document.body.dataset;
  const answer = await fetch(`/m/${meeting}/${participant}/drawings`, { method: "POST" }).catch(() => null);
  if (answer?.ok) say(t("presenting.ink_with_minutes"), "good");
  else say(answer ? (await answer.json()).text : t("common.dropped"), "warn");
}
