// The sheet behind "Aa" on a tablet: how papers are read, above what every page has.

import { html, icon } from "../lib/html.js";
import { openSettingsWith } from "../lib/settings.js";
import { t } from "../lib/words.js";
import { openKeys } from "./keyboard.js";
import { comfort, hasRoom, PAPERS } from "./comfort.js";

export function openComfort() {
  openSettingsWith(drawChoices(), (button) => {
    const { choice } = button.dataset;
    if (choice === "keys") return (openKeys(), true);
    if (choice === "paper") comfort.choose({ paper: button.value });
    else if (choice === "layout")
      comfort.choose({ layout: /** @type {import("./comfort.js").Layout} */ (button.value) });
    else if (choice === "split") comfort.choose({ split: button.value === "on" });
    else if (choice === "large") comfort.choose({ large: button.value === "on" });
    else return false;
    for (const each of button.parentElement?.children ?? []) each.setAttribute("aria-pressed", String(each === button));
    return true;
  });
}

function drawChoices() {
  return html`${group(
      "comfort.print",
      "large",
      [
        ["off", "paper"],
        ["on", "text"],
      ],
      comfort.large ? "on" : "off",
    )}
    ${group(
      "comfort.layout",
      "layout",
      [
        ["single", "paper"],
        ["scroll", "list"],
        ["spread", "pages"],
      ],
      comfort.layout,
    )}
    ${
      hasRoom.matches
        ? group(
            "comfort.split",
            "split",
            [
              ["off", "paper"],
              ["on", "swap"],
            ],
            comfort.split ? "on" : "off",
          )
        : ""
    }
    ${group(
      "comfort.paper",
      "paper",
      PAPERS.map((name) => [name, ""]),
      comfort.paper,
    )} <button type="button" class="btn quiet for-keys" data-choice="keys">${t("keys.title")}</button>`;
}

/** @param {string} legend @param {string} choice @param {string[][]} options name and picture @param {string} chosen */
function group(legend, choice, options, chosen) {
  return html`<fieldset class="stack">
    <legend class="label">${t(legend)}</legend>
    <div class="segments">
      ${options.map(
        ([name, sign]) =>
          html`<button
            type="button"
            class="segment"
            data-choice="${choice}"
            value="${name}"
            aria-pressed="${name === chosen}"
          >
            ${sign ? icon(sign) : html`<i class="paper-colour ${name}"></i>`}<span>${t(`${legend}.${name}`)}</span>
          </button>`,
      )}
    </div>
  </fieldset>`;
}
