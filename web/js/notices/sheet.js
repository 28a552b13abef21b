// A notice to everybody: the sheet it is written in, and taking it back. On the console and in the secretariat.

import { order } from "../console/order.js";
import { html, icon } from "../lib/html.js";
import { actions, openSheet } from "../lib/sheet.js";
import { clock, t } from "../lib/words.js";

export function openNotice() {
  openSheet(
    html`<form method="dialog">
      <h2>${t("console.notice")}</h2>
      <div class="field">
        <label for="notice-text">${t("console.notice.text")}</label
        ><span class="hint">${t("console.notice.hint")}</span>
        <input id="notice-text" name="text" maxlength="300" required autocomplete="off" />
      </div>
      ${actions("send", t("console.notice.send"))}
    </form>`,
    async (name, form) => (name === "send" ? order("notices.send", { text: String(form.get("text")) }) : undefined),
  );
}

/** What everybody sees now, each with a button to take it back. @param {import("../lib/types").View} view */
export const sentNotices = (view) =>
  Object.entries(view.notices).map(
    ([key, sent]) =>
      html`<p class="sent" data-key="${key}">
        ${icon("bell")}<span class="grow">${sent.text}</span><span class="small">${clock(sent.sent_at)}</span>
        <button class="btn quiet" data-do="withdraw" data-notice="${key}">${t("console.notice.withdraw")}</button>
      </p>`,
  );

/** @param {HTMLElement} button of a sent notice */
export const withdrawNotice = (button) => void order("notices.withdraw", { notice: button.dataset.notice });
