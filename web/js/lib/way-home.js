// The way back to the list of meetings, for who has one: who came with a code for this meeting only has none.

import { html, icon } from "./html.js";
import { t } from "./words.js";

export const wayHome = () =>
  "account" in document.body.dataset
    ? html`<a class="btn quiet icon" href="/" aria-label="${t("home.title")}" title="${t("home.title")}"
        >${icon("left")}</a
      >`
    : "";
