// <div class="strip">: all pages of one revision under each other, with what changed marked on them.

import { html, render } from "../lib/html.js";
import { pageSize } from "../lib/people.js";
import { t } from "../lib/words.js";
import { address } from "../reader/images.js";

/** @typedef {import("./pairing.js").Change} Change */
/** @typedef {{revision: string, no: number, pages: number, sizes: [number, number, number][]}} Revision */

const WIDTH = 1080; // pixels of the pictures

export class Strip {
  /** @param {HTMLElement} pane it scrolls @param {Revision} revision @param {Change[]} changes @param {"boxes" | "boxes_before"} side */
  constructor(pane, revision, changes, side) {
    this.pane = pane;
    this.revision = revision;
    this.side = side;
    const pages = Array.from({ length: revision.pages }, (_, index) => index + 1);
    render(pane, html`<div class="strip">${pages.map((page) => this.drawPage(page, changes))}</div>`);
    this.pages = /** @type {HTMLElement[]} */ ([...pane.querySelectorAll(".strip-page")]);
  }

  /** @param {number} page @param {Change[]} changes */
  drawPage(page, changes) {
    const { width, height } = pageSize(this.revision.sizes, page);
    const boxes = changes.flatMap((change, index) =>
      (change[this.side]?.[page] ?? []).map((box) => drawBox(change, index, box)),
    );
    const whole =
      this.side === "boxes" ? changes.findIndex(({ kind, page: where }) => kind === "picture" && where === page) : -1;
    return html`<div class="strip-page" style="aspect-ratio: ${width} / ${height}">
      <img
        loading="lazy"
        alt="${t("common.page", { page })}"
        src="${address({ revision: this.revision.revision, page, width: WIDTH })}"
      />
      <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
        ${boxes}${whole >= 0 ? drawBox(changes[whole], whole, [3, 3, width - 3, height - 3]) : ""}
      </svg>
      <span class="strip-no num">${page}</span>
    </div>`;
  }

  /** How far down a place is. @param {import("./pairing.js").At} at */
  heightOf([page, y]) {
    const element = this.pages[Math.min(page, this.pages.length) - 1];
    return element ? element.offsetTop + (y / pageSize(this.revision.sizes, page).height) * element.offsetHeight : 0;
  }

  get height() {
    return this.pane.scrollHeight;
  }

  /** The middle of what is seen: there one looks. */
  get middle() {
    return this.pane.scrollTop + this.pane.clientHeight / 2;
  }

  /** @param {number} height into the middle */
  look(height) {
    this.pane.scrollTop = height - this.pane.clientHeight / 2;
  }

  /** @param {number} index of the change that is looked at */
  point(index) {
    for (const box of this.pane.querySelectorAll("[data-change]"))
      box.classList.toggle("now", box.getAttribute("data-change") === String(index));
  }
}

/** @param {Change} change @param {number} index @param {number[]} box */
function drawBox({ kind }, index, [left, top, right, bottom]) {
  const line = kind === "removed" ? (top + bottom) / 2 : bottom + 1;
  return html`<g class="${kind}" data-change="${index}"
    ><rect x="${left - 1.5}" y="${top - 1}" width="${right - left + 3}" height="${bottom - top + 2}" rx="2"></rect>
    ${kind === "picture" ? "" : html`<path d="M${left - 1} ${line}H${right + 1}"></path>`}</g
  >`;
}
