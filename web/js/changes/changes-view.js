// What changed: a list, and both revisions beside each other (one under a switch on a tablet held upright), scrolling together.

import { html, icon, render } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { shownNow } from "../tablet/place.js";
import { bringChanges, revisionsOf } from "./changes.js";
import { beside, pairs } from "./pairing.js";
import { Strip } from "./strip.js";

/** @typedef {import("./pairing.js").Change} Change */
/** @typedef {import("../lib/types").Paper} Paper */
/** @typedef {import("../lib/types").Former} Revision */

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
    this.revisions = revisionsOf(paper);
    const [older, newer] = this.revisions.slice(-2);
    this.older = older;
    this.newer = newer;
    this.now = -1;
    /** @type {Change[]} */
    this.changes = [];
    this.dialog = openSheet(
      html`<div class="changes">
        <header>
          <div class="grow">
            <h2 class="one-line">${paper.title}</h2>
            <p class="small soft" role="status"></p>
            <div class="changes-pair"></div>
          </div>
          <div class="segments changes-side" role="group" aria-label="${t("changes.side")}">
            <button class="segment" type="button" data-act="side" value="old" aria-pressed="false"></button>
            <button class="segment" type="button" data-act="side" value="new" aria-pressed="true"></button>
          </div>
          <div class="changes-steps">
            <button class="btn quiet icon" type="button" data-act="step" value="-1" aria-label="${t("changes.before")}">
              ${icon("up")}
            </button>
            <button class="btn quiet icon" type="button" data-act="step" value="1" aria-label="${t("changes.next")}">
              ${icon("down")}
            </button>
          </div>
          <button class="btn" type="button" data-act="">${t("common.close")}</button>
        </header>
        <div class="changes-list"></div>
        <section class="changes-pane old" tabindex="0"></section>
        <section class="changes-pane new" tabindex="0"></section>
      </div>`,
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
    this.dialog.addEventListener("change", (event) => this.chosen(/** @type {HTMLSelectElement} */ (event.target)));
    this.together();
    let width = 0;
    new ResizeObserver(([{ contentRect }]) => {
      this.measure();
      if (width && width !== contentRect.width) this.go(this.now); // a tablet that is turned still shows the same place
      width = contentRect.width;
    }).observe(this.dialog);
    this.compare(this.older, this.newer);
  }

  /** Another revision on one side; the other side moves on where both would be the same. @param {HTMLSelectElement} field */
  chosen({ name, value }) {
    const at = this.revisions.findIndex(({ revision }) => revision === value);
    const [older, newer] = [this.older, this.newer].map((one) => this.revisions.findIndex((each) => each === one));
    if (name === "older") this.compare(this.revisions[at], this.revisions[Math.max(newer, at + 1)]);
    else this.compare(this.revisions[Math.min(older, at - 1)], this.revisions[at]);
  }

  /** @param {Revision} older @param {Revision} newer */
  compare(older, newer) {
    [this.older, this.newer] = [older, newer];
    this.status.textContent = t("changes.coming");
    render(this.part(".changes-pair"), this.drawPair());
    for (const [side, said] of [
      ["old", t("changes.old", { no: older.no })],
      [
        "new",
        newer === this.revisions.at(-1) ? t("changes.new", { no: newer.no }) : t("changes.revision", { no: newer.no }),
      ],
    ]) {
      this.part(`.changes-side [value=${side}]`).textContent = said;
      this.part(`.changes-pane.${side}`).setAttribute("aria-label", said);
    }
    const still = () => this.older === older && this.newer === newer;
    void bringChanges(newer.revision, older.revision).then(
      (changes) => still() && this.show(older, newer, changes),
      () => still() && (this.status.textContent = t("changes.failed")),
    );
  }

  /** Which two are compared, where there are more than two. */
  drawPair() {
    const { revisions, older, newer } = this;
    if (revisions.length < 3) return html``;
    const choice = (
      /** @type {string} */ name,
      /** @type {Revision[]} */ all,
      /** @type {Revision | undefined} */ now,
    ) =>
      html`<label
        >${t(`changes.${name}`)}
        <select name="${name}">
          ${all.map((one) => html`<option value="${one.revision}" ?selected=${one === now}>${t("changes.revision", { no: one.no })}</option>`)}
        </select></label
      >`;
    return html`${choice("older", revisions.slice(0, -1), older)}${choice("newer", revisions.slice(1), newer)}`;
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return /** @type {HTMLElement} */ (this.dialog.querySelector(selector));
  }

  /** @param {Revision} former @param {Revision} newer @param {Change[]} changes */
  show(former, newer, changes) {
    this.changes = changes;
    this.status.textContent = changes.length
      ? t("changes.count", { n: changes.length, from: former.no, to: newer.no })
      : t("changes.none");
    render(
      this.part(".changes-list"),
      html`<ol>
        ${changes.map(drawChange)}
      </ol>`,
    );
    this.strips = [
      new Strip(this.part(".changes-pane.old"), former, changes, "boxes_before"),
      new Strip(this.part(".changes-pane.new"), newer, changes, "boxes"),
    ];
    this.now = -1;
    this.measure();
    const here = shownNow()?.page ?? 1;
    const first = changes.findIndex(({ page }) => page >= here);
    if (changes.length) this.go(Math.max(0, first));
  }

  measure() {
    const [older, newer] = this.strips ?? [];
    if (older && newer)
      this.pairs = pairs(
        this.changes,
        (at) => older.heightOf(at),
        (at) => newer.heightOf(at),
        [older.height, newer.height],
      );
  }

  /** The pane under the finger leads; what it moves in the other one does not come back. */
  together() {
    const panes = [this.part(".changes-pane.old"), this.part(".changes-pane.new")];
    let leader = -1;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let resting = undefined;
    panes.forEach((pane, side) =>
      pane.addEventListener(
        "scroll",
        () => {
          const { strips } = this;
          if (!strips) return;
          if (leader === -1) leader = side;
          if (leader !== side || this.going) return;
          clearTimeout(resting);
          resting = setTimeout(() => (leader = -1), STILL);
          strips[1 - side].look(
            beside(
              this.pairs ?? [
                [0, 0],
                [1, 1],
              ],
              strips[side].middle,
              /** @type {0 | 1} */ (side),
            ),
          );
        },
        { passive: true },
      ),
    );
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
    for (const each of this.dialog.querySelectorAll(".changes-side button"))
      each.setAttribute("aria-pressed", String(each.getAttribute("value") === side));
  }
}

/** @param {Change} change @param {number} index */
function drawChange({ kind, page, was, now }, index) {
  return html`<li>
    <button class="change ${kind}" type="button" data-act="go" value="${index}" aria-current="false">
      <span class="change-sign">${icon(SIGNS[kind])}</span
      ><span class="grow"
        ><span class="small soft">${t(`changes.kind.${kind}`)} · ${t("common.page", { page })}</span>
        ${was && kind !== "moved" ? html`<del>${was}</del>` : ""}${now ? html`<ins>${now}</ins>` : ""}</span
      >
    </button>
  </li>`;
}
