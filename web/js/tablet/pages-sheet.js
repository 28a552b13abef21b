// All pages of the paper as small pictures, and a page by its number.

import { html, icon } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { countsByPage } from "../marks/lists.js";
import { marks } from "../marks/marks.js";
import { address } from "../reader/images.js";
import { shownNow, turnTo } from "./place.js";

export function openPages() {
  const place = shownNow();
  if (!place?.paper.revision) return;
  openPagesOf(place.paper, place.page, turnTo);
}

/** @param {import("../lib/types").Paper} paper @param {number} current @param {(page: number) => void} go */
export function openPagesOf(paper, current, go) {
  const pages = Array.from({ length: paper.pages ?? 0 }, (_, index) => index + 1);
  const notes = countsByPage(marks.book.all().filter((mark) => mark.revision === paper.revision));
  const dialog = openSheet(
    html`<form method="dialog"><h2>${paper.title}</h2>
      <div class="row"><label class="label" for="go-to">${t("reader.go_to")}</label>
        <input id="go-to" name="page" type="number" inputmode="numeric" min="1" max="${pages.length}" value="${current}" style="max-width: 7rem">
        <button class="btn strong" data-act="go">${t("reader.go")}</button><span class="grow"></span>
        <button class="btn" type="button" data-act="">${t("common.close")}</button></div>
      <div class="thumbs">${pages.map((page) => html`<button type="button" class="thumb" data-act="page" value="${page}" aria-label="${t("common.page", { page })}${notes.has(page) ? `, ${t("marks.count", { n: notes.get(page) ?? 0 })}` : ""}" aria-current="${page === current ? "true" : null}">
        <img loading="lazy" alt="" src="${address({ revision: paper.revision ?? "", page, width: 270 })}"><span class="num">${page}</span>${notesBadge(notes.get(page))}</button>`)}</div></form>`,
    (name, form, _dialog, button) => {
      if (name === "go") go(Math.min(pages.length, Math.max(1, Number(form.get("page")) || current)));
      if (name === "page") go(Number(/** @type {HTMLButtonElement} */ (button).value));
    },
  );
  dialog.classList.add("wide");
  for (const thumb of dialog.querySelectorAll('.thumb[aria-current=""]')) thumb.removeAttribute("aria-current");
  dialog.querySelector(".thumb[aria-current]")?.scrollIntoView({ block: "center" });
}

/** @param {number | undefined} n */
const notesBadge = (n) => (n ? html`<span class="has-notes num">${icon("edit")}${n}</span>` : "");
