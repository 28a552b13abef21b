// One conversation: what was said, and a line to say more.

import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";
import { desk } from "./desk.js";
import { isOurs } from "./threads.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

/** @param {View} view @param {Me} me @param {string} peer "": the secretariat */
export function drawThread(view, me, peer) {
  const messages = desk.threads().find((each) => each.peer === peer)?.messages ?? [];
  const waiting = desk.waiting.filter((each) => each.say && each.say.to === peer);
  return html`<ol class="thread" data-key="thread-${peer}" tabindex="0" aria-label="${t("support.messages")}">
      ${messages.map((message) => {
        const ours = isOurs(message, me, view.people);
        return html`<li data-key="${message.id}" class="${ours ? "ours" : ""}">
          <span class="small soft"
            >${ours && message.from === me.id ? "" : html`${called(view.people[message.from])} · `}<time
              >${clock(message.at)}</time
            ></span
          >
          <p>${message.text}</p>
        </li>`;
      })}${waiting.map(
        ({ say }) =>
          html`<li data-key="${say.id}" class="ours waits">
            <span class="small soft">${t("support.waits")}</span>
            <p>${say.text}</p>
          </li>`,
      )}
      ${messages.length || waiting.length ? "" : html`<li class="soft none">${t("support.no_messages")}</li>`}
    </ol>
    <form class="row say" data-peer="${peer}">
      <label class="grow"
        ><span class="sr">${t("support.write")}</span
        ><input name="text" maxlength="500" autocomplete="off" placeholder="${t("support.write")}" required /></label
      ><button class="btn strong">${icon("right")}${t("support.send")}</button>
    </form>`;
}

/** Sends what was typed. @param {Event} event @param {HTMLElement} form */
export function sendTyped(event, form) {
  event.preventDefault();
  event.stopPropagation(); // a sheet closes when a form in it is sent
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=text]"));
  const text = field?.value.trim();
  if (!field || !text) return;
  field.value = "";
  desk.send("say", { text, to: form.dataset.peer ?? "" });
}

/** The newest line is seen. @param {Element} root */
export function scrollDown(root) {
  const list = root.querySelector(".thread");
  const lines = list?.childElementCount ?? 0;
  if (list instanceof HTMLElement && list.dataset.lines !== String(lines)) {
    list.dataset.lines = String(lines);
    list.scrollTop = list.scrollHeight;
  }
}

/** Whether the page is looked at: only then a message counts as read. */
export const looked = () => document.visibilityState === "visible" && store.line === "open";
