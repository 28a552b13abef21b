// The sheet behind "more" in the bar below: where words are large only what is needed most has a place there.

import { html, icon } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { bookmarksAt, toggleBookmark } from "../marks/bookmarks.js";
import { openSearch } from "../search/search-sheet.js";
import { desk } from "../support/desk.js";
import { openSupport } from "../support/my-support.js";
import { comfort } from "./comfort.js";
import { openComfort } from "./comfort-sheet.js";
import { openPages } from "./pages-sheet.js";
import { shownNow } from "./place.js";

/** @type {Record<string, () => void>} */
const ACTS = {
  pages: openPages,
  search: () => openSearch(),
  large: () => comfort.choose({ large: !comfort.large }),
  bookmark: () => {
    const spot = spotNow();
    if (spot) void toggleBookmark(spot);
  },
  support: openSupport,
  settings: openComfort,
};

export function openMore() {
  const spot = spotNow();
  const set = spot ? bookmarksAt(spot).length > 0 : false;
  openSheet(
    html`<form method="dialog">
      <div class="row">
        <h2 class="grow">${t("tablet.more")}</h2>
        <button class="btn quiet icon" type="button" data-act="" aria-label="${t("common.close")}">
          ${icon("cross")}
        </button>
      </div>
      <div class="more-list">
        ${spot ? html`${choice("large", comfort.large ? "paper" : "text", t(comfort.large ? "large.page_itself" : "large.read"))}${choice("pages", "pages", t("tablet.pages"))}${choice("bookmark", set ? "bookmarked" : "bookmark", t(set ? "bookmarks.remove" : "bookmarks.this_page", { page: spot.page }))}` : ""}
        ${choice("search", "search", t("search.title"))}${choice("support", "desk", t("support.tab"), desk.unread)}${choice("settings", "tune", t("settings.title"))}
      </div>
    </form>`,
    (name, _form, dialog) => {
      dialog.close(); // the next sheet stands alone
      ACTS[name]?.();
    },
  );
}

function spotNow() {
  const place = shownNow();
  return place?.paper.revision ? { paper: place.id, revision: place.paper.revision, page: place.page } : null;
}

/** @param {string} act @param {string} sign @param {string} label @param {number} [unread] */
const choice = (act, sign, label, unread = 0) =>
  html`<button class="btn" type="button" data-act="${act}">
    ${icon(sign)}<span class="grow">${label}</span
    >${unread ? html`<span class="unread num">${unread}<span class="sr"> ${t("support.unread")}</span></span>` : ""}
  </button>`;
