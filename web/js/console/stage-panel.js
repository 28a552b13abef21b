// <stage-panel>: what all see, and what they see next. Turning is shown at once and told as fast as the wire takes it.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called, inOrder } from "../lib/people.js";
import { openSheet, say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, duration, t } from "../lib/words.js";
import { Light } from "../presenting/light.js";
import { sendSignal } from "../presenting/signals.js";
import { drawTools, onTools } from "../presenting/tools.js";
import { address } from "../reader/images.js";
import { TilesLayer } from "../reader/tiles-layer.js";
import { openPagesOf } from "../tablet/pages-sheet.js";
import { voteInMiddle } from "./middle.js";
import { order } from "./order.js";

/** @typedef {import("../lib/types").View} View */

export class StagePanel extends ViewElement {
  static watch = ["stage", "papers", "agenda", "people", "presence", "meeting", "minutes", "me", "voting", "tick"];

  started() {
    /** @type {{paper: string, page: number} | null} the page asked for, until the server shows it */
    this.wanted = null;
    this.telling = false;
    this.onDo("before", () => this.turnBy(-1));
    this.onDo("next", () => this.turnBy(1));
    this.onDo("pages", () => this.pages());
    this.onDo("clear", () => void order("stage.clear"));
    this.onDo("show", (button) => void order("stage.show", { paper: button.dataset.paper, page: 1 }));
    this.onDo("papers", openPapers);
    this.onDo("check-in", () => void order("attendance.check_in"));
    this.onDo("hand-over", handOver);
    this.onDo("call", () => say(t(sendSignal("call", {}) ? "console.called" : "common.dropped")));
    onTools(this);
    this.onDo("switch", () => void order("papers.switch", { paper: store.view?.stage.paper }));
    this.onDo("put-off", () => {
      const paper = store.view?.stage.paper ?? "";
      this.putOff = `${paper}/${store.view?.papers[paper]?.waiting_no}`;
      this.update(true);
    });
    this.onDo("take-back", () => void order("stage.take_back"));
    this.on("change", "input[name=page]", (_event, input) =>
      this.turnTo(Number(/** @type {HTMLInputElement} */ (input).value)),
    );
    this.addEventListener("turn", (event) => this.turnTo(/** @type {CustomEvent} */ (event).detail.page), {
      signal: this.signal,
    });
    document.addEventListener("keydown", (event) => this.key(event), { signal: this.signal });
  }

  /** @type {Light | undefined} */
  light = undefined;
  putOff = ""; // paper and number of the revision that comes after this item

  /** @returns {import("../reader/page-reader.js").PageReader | null} */
  get reader() {
    return this.querySelector("page-reader");
  }

  get presents() {
    const presenter = store.view?.stage.presenter;
    return !presenter || presenter === store.me?.id;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const elsewhere =
      event.target instanceof Element && event.target.closest("input, select, textarea, dialog, .ballot");
    if (!elsewhere && !this.hidden) this.reader?.key(event);
  }

  /** @param {View} view */
  draw(view) {
    this.hidden = Boolean(voteInMiddle(view));
    if (view.meeting.phase === "closed") return drawEnd(view);
    const { stage } = view;
    const paper = stage.paper ? view.papers[stage.paper] : undefined;
    if (this.wanted && (this.wanted.paper !== stage.paper || (!this.telling && this.wanted.page === stage.page)))
      this.wanted = null;
    const page = this.wanted?.page ?? stage.page ?? 1;
    const of = paper?.pages ?? 0;
    return html`<div class="stage">
        <page-reader data-key="reader" data-keep ?hidden=${!paper}></page-reader
        >${paper ? "" : this.drawEmpty(view)}${paper && this.light ? drawTools(this.light) : ""}
      </div>
      <aside class="beside">
        ${
          paper && page < of
            ? html`<p class="small soft">${t("console.next_page")}</p>
                <button class="preview" data-do="next" aria-label="${t("console.next_page")}">
                  <img alt="" src="${address({ revision: paper.revision ?? "", page: page + 1, width: 270 })}" />
                </button>`
            : ""
        }
        ${paper?.waiting_no && this.putOff !== `${stage.paper}/${paper.waiting_no}` ? this.drawWaiting(paper.waiting_no) : ""}
        ${this.drawFollowing(view)}${this.drawPresenter(view)}
        <div class="others">
          <p class="small soft">${t("console.papers_of_item")}</p>
          ${this.papersOf(view).map(([key, other]) => html`<button class="linkish" data-do="show" data-paper="${key}" aria-current="${key === stage.paper}">${other.title}</button>`)}
          <button class="btn quiet" data-do="papers">${icon("paper")}${t("console.all_papers")}</button>
        </div>
      </aside>
      <div class="turning">
        <button class="btn tall" data-do="before" ?disabled=${!paper || page <= 1}>
          ${icon("left")}<span class="long">${t("console.before")}</span><span class="sr">${t("console.before")}</span>
        </button>
        <button class="btn strong tall" data-do="next" ?disabled=${!paper || page >= of}>
          ${t("console.next")}${icon("right")}
        </button>
        <label class="row"
          ><span class="sr">${t("reader.go_to")}</span
          ><input
            name="page"
            type="number"
            inputmode="numeric"
            min="1"
            max="${of || 1}"
            value="${paper ? page : ""}"
            ?disabled=${!paper}
          /><span class="soft num">/ ${of}</span></label
        >
        <button class="btn" data-do="pages" ?disabled=${!paper}>
          ${icon("pages")}<span class="long">${t("console.pages")}</span><span class="sr">${t("console.pages")}</span>
        </button>
        <button class="btn" data-do="clear" ?disabled=${!paper}>
          ${icon("cross")}<span class="long">${t("console.clear")}</span><span class="sr">${t("console.clear")}</span>
        </button>
        <button class="btn" data-do="hand-over">
          ${icon("swap")}<span class="long">${t("console.hand_over")}</span
          ><span class="sr">${t("console.hand_over")}</span>
        </button>
      </div>`;
  }

  drawn() {
    if (!this.reader) return; // the meeting is over
    const view = store.view;
    const paper = view?.stage.paper ? view.papers[view.stage.paper] : undefined;
    this.reader?.show(
      paper?.revision
        ? {
            revision: paper.revision,
            page: this.wanted?.page ?? view?.stage.page ?? 1,
            pages: paper.pages ?? 1,
            sizes: paper.sizes,
            title: paper.title,
          }
        : null,
    );
    this.lit().update();
  }

  lit() {
    const reader = /** @type {import("../reader/page-reader.js").PageReader} */ (this.reader);
    if (this.light) return this.light;
    new TilesLayer(reader);
    return (this.light = new Light(reader, {
      presents: () => this.presents,
      follows: () => true,
      signal: this.signal,
    }));
  }

  /** @param {View} view */
  drawEmpty(view) {
    const { meeting } = view;
    const item = view.agenda.items[view.agenda.current ?? ""];
    const rest = meeting.resumes_at ? meeting.resumes_at - store.now() : null;
    return html`<div class="empty">
      <p class="soft">${t(`console.empty.${meeting.phase}`)}</p>
      <h2>${item ? `${item.number}. ${item.title}` : meeting.title}</h2>
      ${
        store.me?.member && !store.me.present && meeting.phase !== "closed"
          ? html`<p>${t("console.not_there")}</p>
              <button class="btn firm" data-do="check-in">${icon("check")}${t("tablet.check_in")}</button>`
          : ""
      }
      ${
        meeting.phase === "adjourned" && rest !== null
          ? html`<p class="big num">${duration(rest)}</p>
              <p>${t("tablet.adjourned_until", { time: clock(meeting.resumes_at ?? 0) })}</p>`
          : ""
      }
    </div>`;
  }

  /** @param {View} view */
  drawFollowing(view) {
    const tablets = Object.entries(store.presence.connected).filter(([key]) =>
      ["delegate", "guest"].includes(view.people[key]?.role ?? ""),
    );
    const following = tablets.filter(([key]) => store.presence.following[key]).length;
    return html`<div>
      <p class="small soft">${t("console.following")}</p>
      <p class="lead num"><b>${following} / ${tablets.length}</b></p>
      ${following < tablets.length && view.stage.paper ? html`<button class="btn wide" data-do="call">${t("console.call")}</button>` : ""}
    </div>`;
  }

  /** Nothing changes before the chair says so: who answers "after this item" is not asked again. @param {number} number */
  drawWaiting(number) {
    return html`<div class="note warn" data-key="waiting" role="status">
      <p><b>${t("console.revision_waits", { number })}</b></p>
      <p class="small">${t("console.revision_waits.text")}</p>
      <button class="btn strong wide" data-do="switch">${t("console.revision_now")}</button
      ><button class="btn wide" data-do="put-off">${t("console.revision_later")}</button>
    </div>`;
  }

  /** @param {View} view */
  drawPresenter(view) {
    if (!view.stage.presenter) return "";
    return html`<div class="note">
      <p class="small">${t("console.presenter")}</p>
      <p><b>${called(view.people[view.stage.presenter])}</b></p>
      <button class="btn wide" data-do="take-back">${t("console.take_back")}</button>
    </div>`;
  }

  /** @param {View} view */
  papersOf(view) {
    return byOrder(view.papers).filter(([, paper]) => paper.item === view.agenda.current && presentable(paper));
  }

  /** @param {number} step */
  turnBy(step) {
    const stage = store.view?.stage;
    if (stage?.paper) this.turnTo((this.wanted?.page ?? stage.page ?? 1) + step);
  }

  /** The newest wish wins: while one turn is on its way, later ones are not sent one by one. @param {number} page */
  turnTo(page) {
    const view = store.view;
    const paper = view?.stage.paper;
    const most = paper ? (view?.papers[paper]?.pages ?? 0) : 0;
    if (!paper || !Number.isInteger(page) || page < 1 || page > most) return;
    this.wanted = { paper, page };
    this.update(true);
    if (!this.telling) void this.tell();
  }

  async tell() {
    this.telling = true;
    while (this.wanted) {
      const { paper, page } = this.wanted;
      const done = await order("stage.turn_page", { paper, page }, "turn");
      if (!done || (this.wanted?.page === page && this.wanted.paper === paper)) this.wanted = null;
    }
    this.telling = false;
    this.update(true);
  }

  pages() {
    const view = store.view;
    const paper = view?.stage.paper ? view.papers[view.stage.paper] : undefined;
    if (paper) openPagesOf(paper, view?.stage.page ?? 1, (page) => this.turnTo(page));
  }
}

/** What is left to do when the meeting is over: the minutes, which wait for the chair once they are submitted. @param {View} view */
function drawEnd({ meeting, minutes }) {
  const submitted = minutes.state === "submitted";
  const base = location.pathname.replace(/\/[^/]*$/, "");
  return html`<div class="stage end">
    <div class="empty">
      <p class="soft">${t("console.empty.closed")}</p>
      <h2>${meeting.title}</h2>
      <p>${t(`console.minutes.${minutes.state ?? "draft"}`)}</p>
      <a
        class="btn tall ${submitted && store.me?.role === "chair" ? "strong" : "firm"}"
        href="${base}/secretariat#minutes"
        >${icon("edit")}${t(submitted && store.me?.role === "chair" ? "console.minutes.approve" : "console.minutes.open")}</a
      >
    </div>
  </div>`;
}

/** @param {import("../lib/types").Paper} paper */
const presentable = (paper) =>
  Boolean(paper.revision && paper.released && !paper.withdrawn && paper.readers !== "named");

function openPapers() {
  const view = store.view;
  if (!view) return;
  openSheet(
    html`<form method="dialog">
      <div class="row">
        <h2 class="grow">${t("console.all_papers")}</h2>
        <button class="btn" type="button" data-act="">${t("common.close")}</button>
      </div>
      ${byOrder(view.agenda.items).map(([key, item]) => {
        const papers = byOrder(view.papers).filter(([, paper]) => paper.item === key && presentable(paper));
        return papers.length
          ? html`<div class="stack">
              <p class="soft">${item.number}. ${item.title}</p>
              ${papers.map(([id, paper]) => html`<button type="button" class="btn" data-act="show" value="${id}">${paper.title} (${t("common.pages", { n: paper.pages ?? 0 })})</button>`)}
            </div>`
          : "";
      })}
    </form>`,
    (name, _form, _dialog, button) => {
      if (name === "show")
        void order("stage.show", { paper: /** @type {HTMLButtonElement} */ (button).value, page: 1 });
    },
  );
}

function handOver() {
  const view = store.view;
  if (!view) return;
  const presenter = view.agenda.items[view.agenda.current ?? ""]?.presenter;
  const people = inOrder(view.people).filter(
    ([key, person]) =>
      (person.role === "delegate" || person.role === "guest") &&
      (view.attendance.present[key] || store.presence.connected[key]),
  );
  const first = people.filter(([key]) => key === presenter);
  openSheet(
    html`<form method="dialog">
      <div class="row">
        <h2 class="grow">${t("console.hand_over")}</h2>
        <button class="btn" type="button" data-act="">${t("common.close")}</button>
      </div>
      <p class="soft">${t("console.hand_over.text")}</p>
      ${people.length ? "" : html`<p>${t("console.nobody_here")}</p>`}
      <div class="names">
        ${[...first, ...people.filter(([key]) => key !== presenter)].map(([key, person]) => html`<button type="button" class="btn ${key === presenter ? "strong" : ""}" data-act="to" value="${key}">${called(person)}</button>`)}
      </div>
    </form>`,
    (name, _form, _dialog, button) => {
      if (name === "to")
        void order("stage.hand_over", { participant: /** @type {HTMLButtonElement} */ (button).value });
    },
  );
}
