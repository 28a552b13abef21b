// <room-screen>: welcome, agenda, page, speaker, vote and result; readable from ten metres.

import { around } from "../lib/agenda.js";
import { ViewElement } from "../lib/element.js";
import { html, icon, Markup } from "../lib/html.js";
import { byOrder, pageSize } from "../lib/people.js";
import { store } from "../lib/store.js";
import { clock, day, duration, t } from "../lib/words.js";
import { Light } from "../presenting/light.js";
import { placeOfRegion } from "../presenting/region.js";
import { onSignal, regionShown } from "../presenting/signals.js";
import { address } from "../reader/images.js";
import { TilesLayer } from "../reader/tiles-layer.js";
import { isRunning } from "../voting/show.js";
import { seatScene } from "./seat-scene.js";
import { speakerScene, speakerStrip } from "./speaker-scene.js";
import { voteScene } from "./vote-scenes.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Vote} Vote */

/** Of the agency, while nothing else is on. */
const emblem = () => {
  const { emblem: source } = document.body.dataset;
  return source ? html`<img class="emblem" src="${source}" alt="" />` : "";
};

const MOST_POINTS = 11; // of the agenda, readable from ten metres
const MOST_NOTICES = 2; // the latest

export class RoomScreen extends ViewElement {
  static watch = [
    "meeting",
    "agenda",
    "stage",
    "papers",
    "floor",
    "voting",
    "screen",
    "notices",
    "people",
    "attendance",
    "line",
    "seating",
    "tick",
  ];

  /** @type {Light | undefined} */
  light = undefined;
  /** @type {AbortController | undefined} */
  until = undefined;

  started() {
    onSignal((name) => name === "look" && this.update(true), this.signal);
  }

  /** @param {View} view */
  draw(view) {
    const { shows } = view.screen;
    const vote = view.screen.vote ? view.voting[view.screen.vote] : undefined;
    return html`<header>
        <b class="one-line grow">${view.meeting.title}</b
        >${store.line === "open" ? "" : html`<span class="chip warn">${icon("nowifi")}${t(`line.${store.line}.short`)}</span>`}
        ${shows === "vote" && vote && isRunning(vote) ? html`<span class="chip live"><i class="dot"></i>${t(`vote.bar.${vote.phase}`)}</span>` : ""}<time
          class="num"
          >${clock(store.now())}</time
        >
      </header>
      <main class="scene-${shows}">${this.drawScene(view, shows, vote)}</main>
      ${Object.entries(view.notices)
        .slice(-MOST_NOTICES)
        .map(
          ([key, notice]) =>
            html`<p class="wall-notice" data-key="${key}" role="status">${icon("bell")}<span>${notice.text}</span></p>`,
        )}
      ${shows !== "speaker" && shows !== "vote" && view.floor.speech ? speakerStrip(view, view.floor.speech) : ""}`;
  }

  /** @param {View} view @param {string} shows @param {Vote | undefined} vote */
  drawScene(view, shows, vote) {
    if (shows === "vote" && vote) return voteScene(view, vote);
    if (shows === "stage" && view.stage.paper) return this.drawPage(view);
    if (shows === "seats") return seatScene(view);
    if (shows === "speaker" && view.floor.speech) return speakerScene(view, view.floor.speech);
    if (shows === "agenda" || shows === "speaker" || (shows !== "welcome" && view.meeting.phase === "in_session"))
      return this.drawAgenda(view);
    return this.drawWelcome(view);
  }

  /** @param {View} view */
  drawWelcome({ meeting, attendance }) {
    if (meeting.phase === "adjourned") {
      const rest = meeting.resumes_at ? meeting.resumes_at - store.now() : null;
      return html`<div class="centre">
        <p class="soft">${t("phase.adjourned")}</p>
        <h1>${meeting.resumes_at ? t("screen.resumes", { time: clock(meeting.resumes_at) }) : t("screen.recess")}</h1>
        ${rest !== null && rest > 0 ? html`<p class="giant num">${duration(rest)}</p>` : ""}
      </div>`;
    }
    if (meeting.phase === "closed")
      return html`<div class="centre">
        ${emblem()}
        <p class="soft">${meeting.organisation}</p>
        <h1>${t("screen.closed")}</h1>
        <p class="lead">${t("screen.thanks")}</p>
      </div>`;
    return html`<div class="centre">
      ${emblem()}
      <p class="soft">${[meeting.organisation, meeting.room].filter(Boolean).join(" · ")}</p>
      <p class="soft">${day(meeting.starts)}, ${clock(meeting.starts)}</p>
      <h1 class="title">${meeting.title}</h1>
      <div class="card join">
        ${joinCode()}
        <div>
          <b>${t("screen.join")}</b><span class="address">${document.body.dataset.join}</span
          ><span class="num"
            >${t("screen.checked_in", { present: attendance.members_present, total: attendance.total_members })}</span
          >
        </div>
      </div>
    </div>`;
  }

  /** The items around the current one; a long agenda is not made small. @param {View} view */
  drawAgenda(view) {
    const items = byOrder(view.agenda.items);
    const at = Math.max(
      0,
      items.findIndex(([key]) => key === view.agenda.current),
    );
    const { shown, before, after } = around(items, at, MOST_POINTS);
    return html`<ol class="points ${shown.length > 8 ? "many" : ""}">
      ${before ? html`<li class="done" aria-hidden="true"><span></span>…</li>` : ""}${shown.map(([key, item]) => html`<li data-key="${key}" class="${item.state}" style="--level: ${item.level}"><span class="num">${item.number}</span><span>${item.title}</span></li>`)}${after ? html`<li class="done" data-key="more"><span></span>${t("screen.more_items", { n: after })}</li>` : ""}
    </ol>`;
  }

  /** The whole page, still, as large as it fits: or the part the presenter shows, with a small map of the page. @param {View} view */
  drawPage(view) {
    const paper = view.papers[view.stage.paper ?? ""];
    if (!paper?.revision) return html``;
    const page = view.stage.page ?? 1;
    const size = pageSize(paper.sizes, page);
    const item = view.agenda.items[paper.item];
    const part = regionShown();
    const map = size.width < size.height || part;
    return html`${
        map
          ? html`<aside class="map ${part ? "" : "whole"}">
              <p class="number num">${item?.number ?? ""}</p>
              <h1>${item?.title ?? ""}</h1>
              <p class="soft">${paper.title}</p>
              ${part ? html`<div class="small-page"><img alt="" src="${address({ revision: paper.revision, page, width: 270 })}" /><i style="${edges(part, size)}"></i></div>` : ""}
              <p class="num"><b>${t("tablet.page_of", { page, pages: paper.pages ?? 1 })}</b></p>
            </aside>`
          : ""
      } <page-reader data-key="page" data-keep></page-reader>`;
  }

  drawn() {
    const view = store.view;
    const reader = /** @type {import("../reader/page-reader.js").PageReader | null} */ (
      this.querySelector("page-reader")
    );
    const paper = view?.papers[view.stage.paper ?? ""];
    if (!view || !reader || !paper?.revision) return;
    const page = view.stage.page ?? 1;
    if (this.light?.reader !== reader) {
      this.until?.abort();
      this.until = new AbortController();
      new TilesLayer(reader);
      this.light = new Light(reader, { presents: () => false, follows: () => true, signal: this.until.signal });
    }
    reader.show({ revision: paper.revision, page, pages: paper.pages ?? 1, sizes: paper.sizes, title: paper.title });
    this.light.update();
    if (regionShown() || !reader.view.width) return;
    const place = placeOfRegion(
      { x: 0, y: 0, width: reader.size.width, height: reader.size.height },
      reader.view,
      reader.size,
    );
    if (Math.abs(place.y - reader.place.y) + Math.abs(place.scale - reader.place.scale) > 0.5) reader.glideTo(place);
  }
}

/** @param {import("../presenting/region.js").Region} part @param {{width: number, height: number}} size */
function edges(part, size) {
  const share = (/** @type {number} */ value, /** @type {number} */ of) => `${(100 * value) / of}%`;
  return `left: ${share(part.x, size.width)}; top: ${share(part.y, size.height)}; width: ${share(part.width, size.width)}; height: ${share(part.height, size.height)}`;
}

/** The address to join at as the page brought it: a QR code made by the server. */
function joinCode() {
  const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector("#join-code"));
  return html`<div class="qr" data-key="qr">${new Markup(template?.innerHTML ?? "")}</div>`;
}
