// What keys do on a tablet's page, and the sheet that says so.

import { html } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { toggleBookmark } from "../marks/bookmarks.js";
import { tools } from "../marks/tools.js";
import { LAYOUTS } from "../reader/layouts.js";
import { openSearch } from "../search/search-sheet.js";
import { comfort } from "./comfort.js";
import { actOf, KEYS } from "./keys.js";
import { openPages } from "./pages-sheet.js";
import { back, first, follow, forward, reader, shownNow, turnTo } from "./place.js";

const STEP = 90; // px an arrow key scrolls
const SCREENFUL = 0.85; // of the height
const CLOSER = 1.25;
const SIGNS = /** @type {Record<string, string>} */ ({
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowDown: "↓",
  ArrowUp: "↑",
  PageDown: "Page Down",
  PageUp: "Page Up",
});

/** @type {Record<string, () => void>} */
const ACTS = {
  next: () => reader()?.turn(1),
  before: () => reader()?.turn(-1),
  down: () => scroll(STEP),
  up: () => scroll(-STEP),
  on: () => screenful(1),
  off: () => screenful(-1),
  first: () => reader()?.turnTo(1),
  last: () => reader()?.turnTo(reader()?.shown?.pages ?? 1),
  larger: () => (printed() ? comfort.resize(1) : reader()?.zoomBy(CLOSER)),
  smaller: () => (printed() ? comfort.resize(-1) : reader()?.zoomBy(1 / CLOSER)),
  fit: () => reader()?.fit(),
  pages: openPages,
  papers: () => document.querySelector("agenda-list")?.dispatchEvent(new Event("open")),
  search: () => openSearch(),
  back,
  forward,
  follow,
  bookmark: () => {
    const place = shownNow();
    if (place?.paper.revision)
      void toggleBookmark({ paper: place.id, revision: place.paper.revision, page: place.page });
  },
  layout: () => comfort.choose({ layout: LAYOUTS[(LAYOUTS.indexOf(comfort.layout) + 1) % LAYOUTS.length] }),
  night: () => comfort.choose({ paper: comfort.paper === "night" ? "white" : "night" }),
  large: () => comfort.choose({ large: !comfort.large }),
  mark: () => tools.choose({ open: !tools.open }),
  keys: openKeys,
};

/** Large print is in the first half only. */
const printed = () => comfort.large && first.inHand;

/** @param {number} dy px @returns {boolean} whether there was anything left */
function scroll(dy) {
  const text = printed() ? document.querySelector(".large-text") : null;
  if (!text) return reader()?.scrollDown(dy) ?? false;
  const before = text.scrollTop;
  text.scrollBy(0, dy);
  return Math.abs(text.scrollTop - before) > 1;
}

/** @param {number} way */
function screenful(way) {
  const place = shownNow();
  if (!place || scroll(way * SCREENFUL * (reader()?.view.height ?? 0))) return;
  if (printed()) turnTo(Math.max(1, Math.min(place.paper.pages ?? 1, place.page + way)));
  else reader()?.turn(way);
}

/** @param {KeyboardEvent} event */
export function pressed(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (
    event.defaultPrevented ||
    document.querySelector("dialog[open], ballot-sheet.shown") ||
    target?.closest("input, textarea, select")
  )
    return;
  const act = ACTS[actOf(event, comfort.letters) ?? ""];
  // Space presses the button that has the focus; arrows move within a list of tabs.
  if (!act || (event.key === " " && target?.closest("button, a, summary")) || target?.closest("[role=tablist]")) return;
  event.preventDefault();
  act();
}

export function openKeys() {
  openSheet(
    html`<form method="dialog">
      <h2 tabindex="-1" autofocus>${t("keys.title")}</h2>
      <div class="keys">
        ${KEYS.map(
          ([group, keys]) =>
            html`<section>
              <h3>${t(`keys.${group}`)}</h3>
              <dl>
                ${keys.map(
                  ({ act, keys: names, letter }) =>
                    html`<div class="${letter && !comfort.letters ? "off" : ""}">
                      <dt>${t(`keys.${group}.${act}`)}</dt>
                      <dd>${names.map((name) => html`<kbd>${said(name)}</kbd> `)}</dd>
                    </div>`,
                )}
              </dl>
            </section>`,
        )}
      </div>
      <label class="check"
        ><input type="checkbox" name="letters" ?checked=${comfort.letters} /><span class="grow"
          >${t("keys.letters")}<span class="small soft">${t("keys.letters.hint")}</span></span
        ></label
      >
      <div class="actions"><button class="btn strong" data-act="done">${t("common.done")}</button></div>
    </form>`,
    (_act, form) => comfort.choose({ letters: form.has("letters") }),
  ).classList.add("wide");
}

/** @param {string} name */
const said = (name) =>
  name
    .split(/\+(?=.)/)
    .map((part) => SIGNS[part] ?? part)
    .join(" + ");
