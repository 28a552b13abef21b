// <prepare-page>: whom a unit has bring its papers: what is asked for, uploading it, submitting it, what came of it.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called } from "../lib/people.js";
import { store } from "../lib/store.js";
import { day, hasWord, moment, t } from "../lib/words.js";
import { address } from "../reader/images.js";
import { again, forget, isOffice, stop, TAKEN, upload, uploads } from "../secretariat/uploads.js";
import { openPagesOf } from "../tablet/pages-sheet.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {import("../lib/types").Brought} Brought */

export class PreparePage extends ViewElement {
  static watch = ["meeting", "people", "me", "line"];

  started() {
    this.onDo("submit", ({ dataset: { asked = "" } }) => void order("preparing.submit", { asked }));
    this.onDo("look", ({ dataset: { asked = "" } }) => look(asked));
    this.onDo("again", (button) => again(button.dataset.upload ?? ""));
    this.onDo("stop", (button) => stop(button.dataset.upload ?? ""));
    this.onDo("forget", (button) => forget(button.dataset.upload ?? ""));
    this.on("change", "input[type=file]", (_event, input) => choose(/** @type {HTMLInputElement} */ (input)));
  }

  update() {
    super.update(true); // uploads are not part of the view
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const rows = byOrder(me.preparing ?? {});
    const base = location.pathname.replace(/\/[^/]*$/, "");
    return html`<header class="stack">
        <p class="soft">${[view.meeting.organisation, day(view.meeting.starts)].filter(Boolean).join(" · ")}</p>
        <h1>${view.meeting.title}</h1>
        <p>${t("preparing.page.lead", { name: called(view.people[me.id]) })}</p>
        ${store.line === "open" ? "" : html`<p class="note warn">${t("line.lost")}</p>`}
      </header>
      ${rows.length ? rows.map(([key, asked]) => drawAsked(key, asked)) : html`<p class="card pad soft">${t("preparing.page.none")}</p>`}
      <p><a class="btn" href="${base}/tablet">${icon("open")}${t("preparing.page.meeting")}</a></p>`;
  }
}

/** @param {string} key @param {Brought} asked */
function drawAsked(key, asked) {
  const coming = uploads.find((one) => one.asked === key);
  const newest = Object.values(asked.file?.revisions ?? {}).sort((a, b) => b.no - a.no)[0];
  const late = asked.due && asked.due < store.now() && asked.state !== "submitted" && asked.state !== "approved";
  const chip = { draft: "", submitted: "warn", returned: "live", approved: "good" }[asked.state];
  return html`<article class="card pad stack" data-key="${key}" data-asked="${key}">
    <div class="row wrap">
      <span class="soft grow">${asked.of}</span
      ><span class="chip ${chip}"
        >${t(`preparing.state.${asked.state === "draft" && !newest ? "missing" : asked.state}`)}</span
      >
    </div>
    <h2>${asked.title}</h2>
    ${asked.due ? html`<p class="${late ? "late" : "soft"}">${t("preparing.until", { time: moment(asked.due) })}${late ? html` – <b>${t("preparing.late")}</b>` : ""}</p>` : ""}
    ${asked.state === "returned" ? html`<p class="note warn">${t("preparing.returned_because", { reason: asked.reason ?? "" })}</p>` : ""}
    ${newest ? drawFile(newest) : ""}${coming ? drawComing(coming) : ""}
    ${
      asked.state === "approved"
        ? html`<p class="note good">${t("preparing.page.approved")}</p>`
        : html`<div class="row wrap">
              <label class="btn ${newest ? "" : "strong"}"
                >${icon("upload")}${t(newest ? "preparing.another" : "preparing.choose")}<input
                  type="file"
                  accept="${TAKEN}"
                  class="sr"
                  data-into="${key}"
                  aria-label="${t("preparing.choose_for", { name: asked.title })}"
              /></label>
              ${asked.file?.revision ? html`<button class="btn" data-do="look" data-asked="${key}">${icon("eye")}${t("preparing.look")}</button>` : ""}
              ${asked.file?.revision && asked.state !== "submitted" ? html`<button class="btn strong" data-do="submit" data-asked="${key}" ?disabled=${newest?.state === "preparing" || Boolean(coming)}>${icon("check")}${t("preparing.submit")}</button>` : ""}
            </div>
            ${asked.state === "submitted" ? html`<p class="soft">${t("preparing.page.submitted")}</p>` : ""}`
    }
  </article>`;
}

/** @param {import("../lib/types").Revision} revision */
function drawFile(revision) {
  const word = `rejected.${revision.reason}`;
  if (revision.state === "rejected")
    return html`<p class="note bad" role="alert">
      <b>${revision.file_name}</b><br />${t(hasWord(word) ? word : "rejected.damaged", revision.numbers ?? {})}
    </p>`;
  return html`<p class="row">
    ${icon("paper")}<span
      ><b>${revision.file_name}</b> ·
      <span class="soft"
        >${revision.state === "preparing" ? t("papers.drawing") : t("common.pages", { n: revision.pages ?? 0 })}</span
      ></span
    >
  </p>`;
}

/** @param {import("../secretariat/uploads.js").Upload} one */
function drawComing(one) {
  if (one.error)
    return html`<div class="note bad stack" role="alert">
      <span><b>${one.file.name}</b><br />${one.error}</span
      ><span class="row wrap"
        ><button class="btn" data-do="again" data-upload="${one.id}">${t("secretariat.upload.again")}</button
        ><button class="btn quiet" data-do="forget" data-upload="${one.id}">${t("common.close")}</button></span
      >
    </div>`;
  const percent = Math.floor(one.part * 100);
  return html`<p>
    ${one.file.name} <progress max="100" value="${percent}" aria-label="${one.file.name}"></progress>
    <span class="soft num"
      >${t(percent === 100 && isOffice(one.file.name) ? "secretariat.upload.converting" : "secretariat.upload.sent", { percent })}</span
    >${percent < 100 ? html` <button class="btn quiet" data-do="stop" data-upload="${one.id}">${t("upkeep.cancel")}</button>` : ""}
  </p>`;
}

/** @param {HTMLInputElement} input */
function choose(input) {
  const asked = input.dataset.into ?? "";
  for (const old of uploads.filter((one) => one.asked === asked && one.error)) forget(old.id);
  upload([...(input.files ?? [])].slice(0, 1), { item: "", asked });
  input.value = "";
}

/** @param {string} key */
function look(key) {
  const file = store.me?.preparing?.[key]?.file;
  if (file?.revision)
    openPagesOf(/** @type {import("../lib/types").Paper} */ (file), 1, (page) =>
      window.open(address({ revision: file.revision ?? "", page, width: 1600 })),
    );
}
