// What hangs under the layers of a reader: the best image that is here at once, the sharp one as soon as it is decoded.

import { t } from "../lib/words.js";
import { further, neighbours, WIDTHS } from "./geometry.js";
import { load, ready } from "./images.js";
import { Gone } from "./kept.js";

/** @typedef {import("./page-reader.js").Shown} Shown */
/** Image widths, pixels: for the size it has now, and for the size its neighbours will be shown in. @typedef {{now: number, fitting: number}} Widths */

const PATIENCE = 140; // ms: on a good network the sharp image is here sooner, and nothing blurred is ever seen
const LONG = 350; // ms the page before may stay in sight before the sheet says what is coming
const HURRY = 150; // ms between two turns: who leafs through quickly sees small images first
const AGAIN = 2_500; // ms before a failed image is asked for again

export class PagePicture {
  /** @param {HTMLElement} frame where it hangs @param {HTMLElement} reader */
  constructor(frame, reader) {
    this.frame = frame;
    this.reader = reader;
    /** @type {Shown | null} */
    this.shown = null;
    this.width = 0; // of the image that hangs
    this.turned = 0;
    /** @type {Set<ReturnType<typeof setTimeout>>} */
    this.timers = new Set();
  }

  clear() {
    this.stop();
    this.shown = null;
    this.width = 0;
    this.frame.replaceChildren();
    delete this.reader.dataset.page;
  }

  stop() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** @param {number} ms @param {() => void} act unless another page or size is shown by then */
  after(ms, act) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
  }

  /** @param {Shown} shown @param {Widths} widths */
  show(shown, widths) {
    this.stop();
    const isNew = this.shown?.revision !== shown.revision || this.shown.page !== shown.page;
    const hurried = isNew && performance.now() - this.turned < HURRY;
    if (isNew) {
      this.turned = performance.now();
      this.width = 0;
    }
    this.shown = shown;
    this.hangBest();
    if (this.width >= widths.now) return this.prefetch(shown, widths.fitting);
    if (!this.width) this.wait(hurried);
    if (hurried) this.after(HURRY, () => this.sharpen(shown, widths));
    else this.sharpen(shown, widths);
  }

  /** Hangs the widest image that is decoded. */
  hangBest() {
    const { revision, page } = /** @type {Shown} */ (this.shown);
    for (const width of [...WIDTHS].reverse()) {
      if (width <= this.width) return;
      const image = ready({ revision, page, width });
      if (image) return this.hang(image, width);
    }
  }

  /** @param {Shown} shown */
  isStill(shown) {
    return this.shown?.revision === shown.revision && this.shown.page === shown.page;
  }

  /** Nothing of this page is here yet: a small image meanwhile, and words if that takes long, too. @param {boolean} hurried */
  wait(hurried) {
    const shown = /** @type {Shown} */ (this.shown);
    const small = () =>
      void load({ revision: shown.revision, page: shown.page, width: WIDTHS[0] }).then(
        (image) => this.isStill(shown) && !this.width && this.hang(image, WIDTHS[0]),
        () => {},
      );
    if (hurried) small();
    else this.after(PATIENCE, small);
    if (this.frame.querySelector(".page-bare")) this.say("reader.coming"); // not what was said of the page before
    this.after(LONG, () => !this.width && this.say("reader.coming"));
  }

  /** @param {Shown} shown @param {Widths} widths */
  sharpen(shown, widths) {
    const wanted = { revision: shown.revision, page: shown.page, width: widths.now };
    load(wanted).then(
      (image) => {
        if (!this.isStill(shown)) return;
        if (widths.now > this.width) this.hang(image, widths.now);
        this.prefetch(shown, widths.fitting);
      },
      (error) => this.isStill(shown) && this.failed(shown, widths, error),
    );
  }

  /** @param {Shown} shown @param {Widths} widths @param {unknown} error */
  failed(shown, widths, error) {
    if (error instanceof Gone) {
      this.width = 0;
      return this.say("reader.gone");
    }
    this.prefetch(shown, widths.fitting);
    // Another size of the page may have been kept; else say so, and ask again.
    if (!this.width) void this.anyKept(shown);
    this.after(AGAIN, () => this.sharpen(shown, widths));
  }

  /** @param {Shown} shown */
  async anyKept(shown) {
    for (const width of [...WIDTHS].reverse()) {
      const image = await load({ revision: shown.revision, page: shown.page, width }).catch(() => null);
      if (!this.isStill(shown) || this.width) return;
      if (image) return this.hang(image, width);
    }
    this.say("reader.not_here");
  }

  /** @param {HTMLImageElement} image @param {number} width */
  hang(image, width) {
    const shown = /** @type {Shown} */ (this.shown);
    // One image may hang in two readers of a page, as in a console that shows it large and small.
    const elsewhere = image.isConnected && image.parentElement !== this.frame;
    const hung = elsewhere ? /** @type {HTMLImageElement} */ (image.cloneNode()) : image;
    hung.alt = t("reader.page_of", { title: shown.title, page: shown.page, pages: shown.pages });
    this.width = width;
    this.reader.dataset.page = `${shown.revision}/${shown.page}`; // what really hangs
    if (this.frame.firstChild !== hung) this.frame.replaceChildren(hung);
  }

  /** @param {string} key */
  say(key) {
    const note = document.createElement("p");
    note.className = "page-bare";
    note.textContent = t(key, { page: this.shown?.page ?? 0 });
    this.frame.replaceChildren(note);
  }

  /**
   * Neighbours are decoded before they are asked for, so that a turn needs no request; of the pages after them small images,
   * so that there is something to see for who leafs through. Whoever waits for a page is served first.
   * @param {Shown} shown @param {number} width
   */
  async prefetch(shown, width) {
    const near = neighbours(shown.page, shown.pages).map((page) => ({ revision: shown.revision, page, width }));
    const far = further(shown.page, shown.pages).map((page) => ({ revision: shown.revision, page, width: WIDTHS[0] }));
    for (const wanted of [...near, ...far]) {
      if (!this.isStill(shown)) return;
      await load(wanted, "low").catch(() => {});
    }
  }
}
