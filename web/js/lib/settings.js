// Reading comfort: text size, light, language; and the way out. Kept on this device.

import { hasHelp, openHelp } from "../help/help-sheet.js";
import { setSize, setTheme, size, SIZES, theme } from "./display.js";
import { html, icon } from "./html.js";
import { openSheet } from "./sheet.js";
import { store } from "./store.js";
import { t } from "./words.js";

export const openSettings = () => openSettingsWith("", () => false);

/** @param {import("./html.js").Markup | string} own what a page adds, on top @param {(button: HTMLButtonElement) => boolean} act whether a button was its own */
export function openSettingsWith(own, act) {
  const other = document.documentElement.lang === "vi" ? "en" : "vi";
  const mine = Object.keys(store.me?.devices ?? {}).length;
  const dialog = openSheet(
    html`<div class="inside">
      <div class="row">
        <h2 class="grow">${t("settings.title")}</h2>
        <button class="btn quiet icon" type="button" data-act="" aria-label="${t("common.close")}">
          ${icon("cross")}
        </button>
      </div>
      ${own}
      <fieldset class="stack">
        <legend class="label">${t("settings.size")}</legend>
        <div class="row wrap">
          ${SIZES.map((percent) => html`<button type="button" class="btn" data-size="${percent}" aria-pressed="${percent === size()}">${percent} %</button>`)}
        </div>
      </fieldset>
      <fieldset class="stack">
        <legend class="label">${t("settings.theme")}</legend>
        <div class="row wrap">
          ${["light", "dark"].map((name) => html`<button type="button" class="btn" data-theme-name="${name}" aria-pressed="${name === theme()}">${t(`settings.${name}`)}</button>`)}
        </div>
      </fieldset>
      ${document.fullscreenEnabled ? html`<div><button type="button" class="btn" data-full aria-pressed="${Boolean(document.fullscreenElement)}">${t("settings.full")}</button></div>` : ""}
      <form method="post" action="/language" class="row wrap" data-plain>
        <input type="hidden" name="next" value="${location.pathname}" />
        <button class="btn" name="language" value="${other}" lang="${other}">
          ${other === "en" ? "English" : "Tiếng Việt"}
        </button>
      </form>
      <div class="row wrap">
        <form method="post" action="/sign-out" data-plain>
          <button class="btn danger">${t("common.sign_out")}</button>
        </form>
        <a class="btn" href="${location.pathname.replace(/[^/]*$/, "devices")}"
          >${icon("device")}${t("devices.title")}${mine > 1 ? html` <span class="chip num">${mine}</span>` : ""}</a
        >
        ${hasHelp() ? html`<button type="button" class="btn" data-act="help">${t("help.open")}</button>` : ""}
        <a class="btn quiet" href="${document.body.dataset.source}" target="_blank" rel="noopener"
          >${t("app.source")}</a
        >
        <span class="grow"></span>
        <button class="btn strong" type="button" data-act="">${t("common.done")}</button>
      </div>
    </div>`,
    (name) => {
      if (name === "help") openHelp();
    },
  );
  dialog.addEventListener("submit", (event) => event.stopImmediatePropagation(), { capture: true });
  dialog.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button && act(button)) return;
    if (button?.dataset.size) setSize(Number(button.dataset.size));
    else if (button?.dataset.themeName) setTheme(button.dataset.themeName);
    else if (button?.dataset.full === "") {
      dialog.close(); // it would lie unseen under the page that fills the screen, and nothing on that could be touched
      return void turnFull();
    } else return;
    for (const each of dialog.querySelectorAll("[data-size], [data-theme-name]")) {
      const { size: percent, themeName } = /** @type {HTMLElement} */ (each).dataset;
      each.setAttribute("aria-pressed", String(percent ? Number(percent) === size() : themeName === theme()));
    }
  });
}

/** The browser's own bars away, or back. */
function turnFull() {
  return document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
}
