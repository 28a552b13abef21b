// Sheets: <dialog> over the page, filled anew each time it opens; Escape and a tap beside it close it.

import { html, render } from "./html.js";
import { t } from "./words.js";

/**
 * Opens a sheet. `act(name, form)` is called for buttons with data-act; returning false (or a promise of it) keeps it open.
 * @param {import("./html.js").Markup} content
 * @param {(name: string, form: FormData, dialog: HTMLDialogElement, button: HTMLElement) => void | boolean | Promise<void | boolean>} [act]
 * @returns {HTMLDialogElement}
 */
export function openSheet(content, act) {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  render(dialog, content);
  document.body.append(dialog);
  const heading = dialog.querySelector("h2");
  if (heading) {
    heading.id ||= `sheet-${Math.random().toString(36).slice(2)}`;
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter ?? dialog.querySelector("[data-act]");
    if (button instanceof HTMLElement) void finish(button);
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-act]") : null;
    if (button instanceof HTMLButtonElement && button.type === "button") void finish(button);
  });
  /** @param {HTMLElement} button */
  const finish = async (button) => {
    const form = dialog.querySelector("form");
    const stays = await act?.(button.dataset.act ?? "", new FormData(form ?? undefined), dialog, button);
    if (stays !== false) dialog.close();
  };
  dialog.showModal();
  return dialog;
}

/** The row of buttons at the foot of a sheet. @param {string} act @param {string} label @param {string} [kind] */
export const actions = (act, label, kind = "strong") =>
  html`<div class="actions">
    <button class="btn" type="button" data-act="">${t("common.cancel")}</button>
    <button class="btn ${kind}" data-act="${act}">${label}</button>
  </div>`;

/** Asks before something that cannot be taken back. @param {string} title @param {string} text @param {string} label @returns {Promise<boolean>} */
export function confirmed(title, text, label, kind = "danger") {
  return new Promise((answer) => {
    let said = false;
    const dialog = openSheet(
      html`<form method="dialog">
        <h2>${title}</h2>
        <p>${text}</p>
        ${actions("yes", label, kind)}
      </form>`,
      (name) => {
        said = name === "yes";
      },
    );
    dialog.addEventListener("close", () => answer(said));
  });
}

const SAID = 7_000; // ms a sentence stays
const READ = 1_500; // ms it stays at least, whatever is pressed

/**
 * Says a sentence calmly, for some seconds or until the next press: inside the sheet that is open, else over the head of
 * the page, where it lets every press through.
 * @param {string} text @param {string} [kind]
 */
export function say(text, kind = "") {
  const sheet = [...document.querySelectorAll("dialog.sheet[open]")]
    .at(-1)
    ?.querySelector(":scope > form, :scope > .inside");
  let place = (sheet ?? document.body).querySelector(":scope > .sayings");
  if (!place) {
    place = document.createElement("div");
    place.className = sheet ? "sayings inside-sheet" : "sayings";
    place.setAttribute("role", "status");
    const foot = sheet?.querySelector(":scope > .actions");
    if (sheet && foot) foot.before(place);
    else (sheet ?? document.body).append(place);
  }
  for (const same of place.children) if (same.textContent === text) same.remove();
  const saying = document.createElement("p");
  saying.className = `note ${kind}`;
  saying.textContent = text;
  place.append(saying);
  if (sheet) saying.scrollIntoView({ block: "nearest" });
  const said = Date.now();
  const away = new AbortController();
  const end = () => {
    saying.remove();
    away.abort();
  };
  setTimeout(end, SAID);
  document.addEventListener("pointerdown", () => Date.now() - said > READ && end(), { signal: away.signal });
}

/** Says why a command was not carried out, if it was not. @param {import("./types").Answer} answer @returns {boolean} done */
export function sayRefusal(answer) {
  if (answer.done) return true;
  if (answer.refused) say(answer.text ?? answer.code ?? "", "warn");
  else if (answer.code === "dropped") say(t("common.dropped"), "warn");
  return false;
}
