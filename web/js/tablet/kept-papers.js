// <kept-papers>: how many pages are on this tablet, so that one knows before the network is lost.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { provision } from "./keeping.js";

export class KeptPapers extends ViewElement {
  static watch = ["papers", "line", "tick"];

  draw() {
    const [done, of] = [provision.done, provision.list.length];
    if (!of) return html``;
    if (done === of) return html`<p class="small good">${icon("check")}<span>${t("kept.all", { of })}</span></p>`;
    const why = store.line !== "open" ? t("kept.waits") : provision.full ? t("kept.full") : "";
    return html`<p class="small">
        ${icon("device")}<span><span class="num">${t("kept.some", { done, of })}</span> ${why}</span>
      </p>
      <progress max="${of}" value="${done}" aria-label="${t("kept.progress")}"></progress>`;
  }
}
