// <call-notice>: the chair asks everyone back to the page on the stage. A moment to finish, once a later; never in a ballot.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";
import { onSignal } from "../presenting/signals.js";
import { first, follow, reading, second } from "./place.js";

const MOMENT = 5; // seconds to finish
const LATER = 30; // seconds for who asks for them

export class CallNotice extends ViewElement {
  left = -1; // seconds until this tablet follows; below 0: not called
  resting = 0; // seconds of "later" still to go
  mayPutOff = true;

  started() {
    onSignal((name) => name === "call" && this.called(), this.signal);
    this.onDo("follow-now", () => this.obey());
    this.onDo("later", () => this.putOff());
    const timer = setInterval(() => this.second(), 1_000);
    this.signal.addEventListener("abort", () => clearInterval(timer));
  }

  called() {
    if (reading.following || this.left >= 0) return;
    this.mayPutOff = this.resting === 0;
    this.resting = 0;
    this.left = MOMENT;
    this.update(true);
  }

  putOff() {
    this.mayPutOff = false;
    this.left = -1;
    this.resting = LATER;
    this.update(true);
  }

  second() {
    if (reading.following) {
      if (this.left >= 0) this.update(true);
      this.left = -1;
      this.resting = 0;
    } else if (document.querySelector("ballot-sheet.shown") || first.reader?.isTouched || second.reader?.isTouched) {
      return; // a ballot, and a hand on the page, come first
    } else if (this.resting > 0) {
      this.resting -= 1;
      if (this.resting === 0) this.left = MOMENT;
      this.update(true);
    } else if (this.left > 0) {
      this.left -= 1;
      this.update(true);
    } else if (this.left === 0) this.obey();
  }

  obey() {
    this.left = -1;
    this.resting = 0;
    follow();
    this.update(true);
  }

  draw() {
    if (this.left < 0 || reading.following) return html``;
    return html`<div class="called" role="alert">
      ${icon("stage")}<span class="grow"
        ><b>${t("call.text")}</b> <span class="num">${t("call.left", { n: this.left })}</span></span
      >
      ${this.mayPutOff ? html`<button class="btn" data-do="later">${t("call.later")}</button>` : ""}<button
        class="btn strong"
        data-do="follow-now"
      >
        ${t("call.now")}
      </button>
    </div>`;
  }
}
