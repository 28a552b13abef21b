// <lobby-page>: before the meeting opens: who I am, I am here, and the papers may be read already.

import { give } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called, under } from "../lib/people.js";
import { startTour } from "../help/tour.js";
import { openSettings } from "../lib/settings.js";
import { sayRefusal } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, day, t } from "../lib/words.js";
import { secure } from "../offline/installed.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

const encrypted = location.protocol === "https:"; // a secure context is not: http://127.0.0.1 is one too

export class LobbyPage extends ViewElement {
  static watch = ["meeting", "people", "papers", "attendance", "me", "line"];

  started() {
    this.reading = false; // the reader went ahead to the papers
    this.onDo("check-in", () => void give("attendance.check_in", {}, { patience: "keep" }).then(sayRefusal));
    this.onDo("read", () => {
      this.reading = true;
      this.update(true);
      document.querySelector("agenda-list")?.dispatchEvent(new Event("open"));
    });
    this.addEventListener(
      "aside",
      () => {
        this.reading = true;
        this.update(true);
      },
      { signal: this.signal },
    );
    this.onDo("settings", openSettings);
    this.onDo("tour", startTour);
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const early = view.meeting.phase === "draft" || view.meeting.phase === "published";
    const shown = early && !this.reading;
    this.classList.toggle("shown", shown);
    if (!shown) return html``;
    const { meeting } = view;
    const person = view.people[me.id];
    const papers = Object.keys(view.papers).length + Object.keys(me.papers).length;
    return html`<section class="inside" aria-label="${t("lobby.title")}">
      <div>
        <p class="soft">${[meeting.organisation, meeting.room].filter(Boolean).join(" · ")}</p>
        <p class="soft">${day(meeting.starts)}, ${clock(meeting.starts)}</p>
        <h1>${meeting.title}</h1>
      </div>
      <div class="card pad who">
        <p class="small">${t("lobby.as")}</p>
        <h2>${called(person)}</h2>
        <p>
          ${[under(person), t(me.member ? "lobby.member" : "lobby.guest"), person?.seat ? t("common.seat", { seat: person.seat }) : ""].filter(Boolean).join(" · ")}
        </p>
      </div>
      <ul class="card ready">
        <li class="${store.line === "open" ? "good" : "warn"}">
          ${icon(store.line === "open" ? "check" : "nowifi")}<span
            >${t(store.line === "open" ? "lobby.connected" : "line.lost")}</span
          >
        </li>
        ${meeting.written ? "" : html`<li class="${me.present ? "good" : ""}">${icon(me.present ? "check" : "person")}<span>${t(me.present ? "lobby.checked_in" : "lobby.not_checked_in")}</span></li>`}
        <li>${icon("paper")}<span>${t("lobby.papers", { n: papers })}</span></li>
        <li class="${secure ? "good" : ""}">
          ${icon(secure ? "check" : "info")}<span
            >${t(secure ? (encrypted ? "mode.secure" : "mode.kept") : "mode.plain.short")}</span
          >
        </li>
      </ul>
      ${me.present || meeting.written ? "" : html`<button class="btn strong wide tall" data-do="check-in">${icon("check")}${t("tablet.check_in")}</button>`}
      ${meeting.written ? "" : html`<my-reply></my-reply>`}
      <p class="soft">${t(meeting.written ? "lobby.wait.written" : "lobby.wait")}</p>
      ${Object.keys(me.preparing ?? {}).length ? html`<a class="btn wide" href="prepare">${icon("upload")}${t("preparing.mine", { n: Object.keys(me.preparing ?? {}).length })}</a>` : ""}
      ${papers ? html`<button class="btn wide ${me.present ? "strong" : ""}" data-do="read">${t("lobby.read")}</button>` : ""}
      <div class="row wrap">
        <button class="btn quiet" data-do="tour">${icon("question")}${t("help.open")}</button
        ><button class="btn quiet" data-do="settings">${icon("text")}${t("settings.title")}</button>
        <form method="post" action="/sign-out"><button class="btn quiet">${t("lobby.not_me")}</button></form>
      </div>
    </section>`;
  }
}
