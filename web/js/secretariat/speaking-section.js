// <speaking-section>: who has spoken and who not; the rules of the floor beside it.

import { openRules } from "../floor/rules-sheet.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { t } from "../lib/words.js";

export class SpeakingSection extends ViewElement {
  started() {
    this.onDo("rules", openRules);
  }

  draw() {
    return html`<div class="row wrap">
        <h2 class="grow">${t("floor.statistics")}</h2>
        <a class="btn" href="/speaking" target="_blank">${icon("chart")}${t("statistics.link")}</a
        ><button class="btn" data-do="rules">${icon("tune")}${t("floor.rules")}</button>
      </div>
      <div class="card pad"><speaking-table></speaking-table></div>`;
  }
}
