// What changed: a list, and both revisions beside each other (one under a switch on a tablet held upright), scrolling together.

import { html, icon, render } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { shownNow } from "../tablet/place.js";
import { bringChanges } from "./changes.js";
import { beside, pairs } from "./pairing.js";
import { Strip } from "./strip.js";

/** @typedef {import("./pairing.js").Change} Change */
/** @typedef {import("../lib/types").Paper} Paper */

const SIGNS = { added: "plus", removed: "minus", replaced: "swap", moved: "in", picture: "paper" };
const STILL = 120; // ms without a scroll event: then the other pane may lead

/** Of the paper that is read. */
export function openChanges() {
  const paper = shownNow()?.paper;
  if (paper?.former && paper.revision) new ChangesView(paper);
}

class ChangesView {
  /** @param {Paper} paper */
  constructor(paper) {
    const former = /** @type {NonNullable<Paper["former"]>} */ (paper.former);
    this.now = -1;
    /** @type {Change[]} */
    this.changes = [];
    this.dialog = openSheet(
      html`<div class="changes"><header><div class="grow"><h2 class="one-line">${paper.title}</h2><p class="small soft" role="status"></p></div>
        <div class="segments changes-side" role="group" aria-label="${t("changes.side")}">
          <button class="segment" type="button" data-act="side" value="old" aria-pressed="false">${t("changes.old", { no: former.no })}</button>
          <button class="segment" type="button" data-act="side" value="new" aria-pressed="true">${t("changes.new", { no: paper.revision_no ?? 2 })}</button></div>
        <div class="changes-steps"><button class="btn quiet icon" type="button" data-act="step" value="-1" aria-label="${t("changes.before")}">${icon("up")}</button>
        <button class="btn quiet icon" type="button" data-act="step" value="1" aria-label="${t("changes.next")}">${icon("down")}</button></div>
        <button class="btn" type="button" data-act="">${t("common.close")}</button></header>
        <div class="changes-list"></div>
        <section class="changes-pane old" tabindex="0" aria-label="${t("changes.old", { no: former.no })}"></section>
        <section class="changes-pane new" tabindex="0" aria-label="${t("changes.new", { no: paper.revision_no ?? 2 })}"></section></div>`,
      (name, _form, _dialog, button) => {
        const value = /** @type {HTMLButtonElement} */ (button).value;
        if (name === "") return undefined;
        if (name === "side") this.turn(value);
        if (name === "step") this.go(this.now + Number(value));
        if (name === "go") this.go(Number(value));
        return false;
      },
    );
    this.dialog.classList.add("whole");
    this.dialog.dataset.side = "new";
    this.status = /** @type {HTMLElement} */ (this.dialog.querySelector("[role=status]"));
    this.status.textContent = t("changes.coming");
    void bringChanges(paper).then((changes) => this.show(paper, former, changes), () => (this.status.textContent = t("changes.failed")));
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return /** @type {HTMLElement} */ (this.dialog.querySelector(selector));
  }

  /** @param {Paper} paper @param {NonNullable<Paper["former"]>} former @param {Change[]} changes */
  show(paper, former, changes) {
    const newer = { revision: paper.revision ?? "", no: paper.revision_no ?? 2, pages: paper.pages ?? 0, sizes: paper.sizes ?? [] };
    this.changes = changes;
    this.status.textContent = changes.length ? t("changes.count", { n: changes.length, from: former.no, to: newer.no }) : t("changes.none");
    render(this.part(".changes-list"), html`<ol>${changes.map(drawChange)}</ol>`);
    this.strips = [new Strip(this.part(".changes-pane.old"), former, changes, "boxes_before"), new Strip(this.part(".changes-pane.new"), newer, changes, "boxes")];
    this.measure();
    new ResizeObserver(() => this.measure()).observe(this.dialog);
    this.together();
    const here = shownNow()?.page ?? 1;
    const first = changes.findIndex(({ page }) => page >= here);
    if (changes.length) this.go(Math.max(0, first));
  }

  measure() {
    const [older, newer] = this.strips ?? [];
    if (older && newer) this.pairs = pairs(this.changes, (at) => older.heightOf(at), (at) => newer.heightOf(at), [older.height, newer.height]);
  }

  /** The pane under the finger leads; what it moves in the other one does not come back. */
  together() {
    const strips = /** @type {Strip[]} */ (this.strips);
    let leader = -1;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let resting = undefined;
    strips.forEach((strip, side) =>
      strip.pane.addEventListener("scroll", () => {
        if (leader === -1) leader = side;
        if (leader !== side || this.going) return;
        clearTimeout(resting);
        resting = setTimeout(() => (leader = -1), STILL);
        strips[1 - side].look(beside(this.pairs ?? [[0, 0], [1, 1]], strip.middle, /** @type {0 | 1} */ (side)));
      }, { passive: true }));
  }

  /** @param {number} index */
  go(index) {
    const change = this.changes[index];
    if (!change || !this.strips) return;
    this.now = index;
    const [older, newer] = this.strips;
    this.going = true;
    older.look(older.heightOf(change.at_before));
    newer.look(newer.heightOf(change.at));
    requestAnimationFrame(() => requestAnimationFrame(() => (this.going = false)));
    for (const strip of this.strips) strip.point(index);
    if (change.kind === "removed") this.turn("old");
    else this.turn("new");
    for (const each of this.dialog.querySelectorAll(".change")) {
      const here = each.getAttribute("value") === String(index);
      each.setAttribute("aria-current", String(here));
      if (here) each.scrollIntoView({ block: "nearest" });
    }
  }

  /** Which revision is seen where there is room for one only. @param {string} side */
  turn(side) {
    this.dialog.dataset.side = side;
    for (const each of this.dialog.querySelectorAll(".changes-side button")) each.setAttribute("aria-pressed", String(each.getAttribute("value") === side));
  }
}

/** @param {Change} change @param {number} index */
function drawChange({ kind, page, was, now }, index) {
  return html`<li><button class="change ${kind}" type="button" data-act="go" value="${index}" aria-current="false">
    <span class="change-sign">${icon(SIGNS[kind])}</span><span class="grow"><span class="small soft">${t(`changes.kind.${kind}`)} · ${t("common.page", { page })}</span>
    ${was && kind !== "moved" ? html`<del>${was}</del>` : ""}${now ? html`<ins>${now}</ins>` : ""}</span></button></li>`;
}
