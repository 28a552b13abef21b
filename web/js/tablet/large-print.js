// <large-print>: the text of the page set anew in large letters, for weak eyes; with one's highlights and notes.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";
import { marks } from "../marks/marks.js";
import { follow, pageText } from "../reader/page-texts.js";
import { paragraphsOf } from "../reader/reflow.js";
import { comfort, LARGE_SIZES } from "./comfort.js";
import { first } from "./place.js";

/** @typedef {import("../reader/text.js").PageText} PageText */
/** @typedef {import("../reader/reflow.js").Paragraph} Paragraph */
/** @typedef {import("../marks/types").Mark} Mark */
/** @typedef {{mark: Mark | undefined, said: string}} Run */

export class LargePrint extends ViewElement {
  /** The page that is meant. */
  key = "";
  /** @type {PageText | null | "away"} */
  text = null;
  /** @type {Paragraph[]} */
  paragraphs = [];

  started() {
    this.onDo("smaller", () => comfort.resize(-1));
    this.onDo("larger", () => comfort.resize(1));
    this.onDo("page", () => comfort.choose({ large: false }));
    this.onDo("on", (button) => first.turnTo(Number(button.dataset.page)));
  }

  update() {
    super.update(true);
  }

  draw() {
    const { place } = first;
    if (!place?.paper.revision) return html``;
    this.bring(place.paper.revision, place.page);
    const last = place.paper.pages ?? 1;
    return html`<div class="row large-bar" role="toolbar" aria-label="${t("large.tools")}">
        <button
          class="btn icon small-a"
          data-do="smaller"
          aria-label="${t("large.smaller")}"
          ?disabled=${comfort.step === 0}
        >
          A
        </button>
        <button
          class="btn icon large-a"
          data-do="larger"
          aria-label="${t("large.larger")}"
          ?disabled=${comfort.step === LARGE_SIZES.length - 1}
        >
          A
        </button>
        <b class="grow num">${t("large.page", { page: place.page, pages: last })}</b>
        <button class="btn" data-do="page">${icon("paper")}${t("large.page_itself")}</button>
      </div>
      <article
        class="large-text"
        tabindex="0"
        lang="vi"
        data-key="${this.key}"
        style="font-size: ${LARGE_SIZES[comfort.step]}rem"
        aria-label="${t("common.page", { page: place.page })}"
      >
        ${this.drawText(place.page)}
        ${place.page < last ? html`<p><button class="btn firm next-page" data-do="on" data-page="${place.page + 1}">${t("reader.next")}${icon("right")}</button></p>` : ""}
      </article>`;
  }

  /** @param {number} page */
  drawText(page) {
    const { text } = this;
    if (text === null) return html`<p class="soft">${t("reader.coming", { page })}</p>`;
    if (text === "away") return html`<p class="soft">${t("reader.not_here", { page })}</p>`;
    if (!text.words.length) return html`<p>${t(text.picture ? "large.scanned" : "large.empty")}</p>`;
    const here = marks.book.all().filter((mark) => `${mark.revision}/${mark.page}` === this.key);
    const lit = here.filter(({ body }) => body?.boxes);
    const notes = here.filter(({ kind }) => kind === "note");
    return html`${this.paragraphs.map((each) => html`<p class="${each.centred ? "centred" : ""}">${runsOf(each, text, lit).map(drawRun)}</p>`)}
    ${notes.map(({ body }) => html`<p class="large-note" data-colour="${body?.colour}">${icon("note")}<span>${body?.text}</span></p>`)}`;
  }

  /** @param {string} revision @param {number} page */
  bring(revision, page) {
    const key = `${revision}/${page}`;
    if (key === this.key && this.text !== "away") return;
    if (key !== this.key) this.text = null;
    this.key = key;
    pageText(revision, page).then(
      (text) => {
        this.brought(key, text);
        follow(revision, page, text, (now) => this.isConnected && this.brought(key, now));
      },
      () => this.text === null && this.brought(key, "away"),
    );
  }

  /** @param {string} key @param {PageText | "away"} text @returns {boolean} whether it is still the page that is meant */
  brought(key, text) {
    if (key !== this.key) return false;
    this.text = text;
    this.paragraphs = text === "away" ? [] : paragraphsOf(text.words, text.height);
    this.update();
    return true;
  }
}

/** @param {Run} run */
const drawRun = ({ mark, said }) =>
  mark
    ? mark.kind === "underline"
      ? html`<u data-colour="${mark.body?.colour}">${said}</u> `
      : html`<mark data-colour="${mark.body?.colour}">${said}</mark> `
    : `${said} `;

/** Words that follow each other under the same mark, or under none. @param {Paragraph} paragraph @param {PageText} text @param {Mark[]} lit */
function runsOf({ words }, text, lit) {
  /** @type {Run[]} */
  const runs = [];
  for (const index of words) {
    const word = text.words[index];
    const mark = markOn(word, lit);
    const last = runs.at(-1);
    if (last && last.mark === mark) last.said += ` ${word[4]}`;
    else runs.push({ mark, said: word[4] });
  }
  return runs;
}

/** @param {import("../reader/text.js").Word} word @param {Mark[]} lit */
function markOn([left, top, right, bottom], lit) {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return lit.find(({ body }) => body?.boxes?.some((box) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]));
}
