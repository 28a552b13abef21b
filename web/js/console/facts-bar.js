// <facts-bar>: the meeting in one line: phase, quorum, devices, the clock; and what is done to the whole of it.

import { openAttendance } from "../attendance/attendance-list.js";
import { hereShort } from "../attendance/quorum.js";
import { give } from "../lib/commands.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { openSettings } from "../lib/settings.js";
import { confirmed, openSheet, say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { wayHome } from "../lib/way-home.js";
import { clock, duration, figure, t } from "../lib/words.js";
import { openNotice, sentNotices, withdrawNotice } from "../notices/sheet.js";
import { toggleSeats } from "./seat-panel.js";
import { order } from "./order.js";

/** @typedef {import("../lib/types").View} View */

const SCENES = ["auto", "welcome", "agenda", "stage", "speaker", "vote", "seats"];

export class FactsBar extends ViewElement {
  static watch = ["meeting", "attendance", "presence", "notices", "screen", "line", "tick"];

  started() {
    this.onDo("publish", () => void order("meeting.publish"));
    this.onDo("open", () => void open());
    this.onDo("adjourn", adjourn);
    this.onDo("resume", () => void order("meeting.resume"));
    this.onDo("close", () => void close());
    this.onDo("notice", openNotice);
    this.onDo("people", openAttendance);
    this.onDo("screen", openScenes);
    this.onDo("seats", toggleSeats);
    this.onDo("settings", openSettings);
    this.onDo("menu", () => openMenu(this));
    this.onDo("withdraw", withdrawNotice);
  }

  /** @param {View} view */
  draw(view) {
    const { meeting, attendance } = view;
    const devices = Object.values(store.presence.connected).reduce((sum, count) => sum + count, 0);
    return html`<div class="bar top">
        ${wayHome()}
        <div class="grow where">
          <h1 class="one-line">${meeting.title}</h1>
          <p class="small soft one-line">${meeting.room}</p>
        </div>
        ${phaseChip(meeting)}
        <button class="chip fact ${attendance.quorate ? "good" : "warn"}" data-do="people">
          ${icon("people")}<span
            ><b class="num">${hereShort(attendance)}</b>
            <span class="long"
              >${t(attendance.quorate ? "console.quorate" : "console.not_quorate", { quorum: figure(attendance.quorum) })}</span
            ></span
          >
        </button>
        <span class="chip long">${icon("device")}<span>${t("console.devices", { n: devices })}</span></span>
        <time class="now num">${clock(store.now())}</time>
        ${phaseBegins(meeting)}
        <div class="run">
          ${tool("seats", "seats", "console.seats")}${tool("screen", "stage", "console.screen.short", "console.screen")}${tool("notice", "bell", "console.notice")}
          ${phaseButtons(meeting)}${tool("settings", "text", "console.text.short", "settings.title", "quiet")}
        </div>
        <button class="btn menu" data-do="menu">${icon("list")}${t("console.menu")}</button>
      </div>
      ${drawLine()}
      <quorum-notice></quorum-notice>
      ${sentNotices(view)}`;
  }
}

/** @param {import("../lib/types").Sitting} meeting */
function phaseChip(meeting) {
  const since = meeting.phase === "in_session" ? meeting.opened_at : meeting.adjourned_at;
  const kind = { in_session: "live", adjourned: "warn" }[/** @type {string} */ (meeting.phase)] ?? "";
  return html`<span class="chip ${kind}"
    >${kind === "live" ? html`<i class="dot"></i>` : ""}${t(`phase.${meeting.phase}`)}${since ? html` <b class="num">${duration(store.now() - since)}</b>` : ""}</span
  >`;
}

/** @param {import("../lib/types").Sitting} meeting */
function phaseButtons(meeting) {
  if (["draft", "published", "closed"].includes(meeting.phase) || meeting.written) return "";
  return html`${meeting.phase === "adjourned" ? "" : tool("adjourn", "pause", "console.adjourn")}
  ${tool("close", "stop", "console.close.short", "console.close", "danger")}`;
}

/** What begins or goes on stands by itself, also where the tools are folded. @param {import("../lib/types").Sitting} meeting */
function phaseBegins(meeting) {
  if (meeting.phase === "draft")
    return html`<button class="btn strong" data-do="publish">${t("console.publish")}</button>`;
  if (meeting.written) return "";
  if (meeting.phase === "published")
    return html`<button class="btn strong" data-do="open">${icon("play")}${t("console.open")}</button>`;
  return meeting.phase === "adjourned"
    ? html`<button class="btn strong" data-do="resume">${icon("play")}${t("console.resume")}</button>`
    : "";
}

/** A sign with its word under it: nobody guesses what a red square does. @param {string} act @param {string} sign @param {string} word @param {string} [whole] @param {string} [kind] */
const tool = (act, sign, word, whole = word, kind = "") =>
  html`<button class="btn tool ${kind}" data-do="${act}" aria-label="${t(whole)}" title="${t(whole)}">
    ${icon(sign)}<span>${t(word)}</span>
  </button>`;

/** Without a line what is done here waits a moment, and is then dropped: both are said. */
function drawLine() {
  if (store.line === "open") return "";
  const waits = store.line === "lost" && store.waiting > 0;
  const text = waits
    ? t("console.pending", { n: store.waiting })
    : store.line === "lost"
      ? t("console.offline")
      : t(`line.${store.line}`);
  return html`<p class="sent warn" role="status" data-key="line">
    ${icon("nowifi")}<span class="grow">${text}</span>
  </p>`;
}

/** Where the row of tools has no room: the same as a list. @param {FactsBar} bar */
function openMenu(bar) {
  const tools = [...bar.querySelectorAll(".run [data-do]")].map((button) => /** @type {HTMLButtonElement} */ (button));
  openSheet(
    html`<form method="dialog">
      <h2>${t("console.menu")}</h2>
      ${tools.map((button, place) => html`<button type="button" class="btn wide ${button.classList.contains("danger") ? "danger" : ""}" data-act="do" value="${place}">${button.getAttribute("aria-label") ?? button.textContent ?? ""}</button>`)}
      <div class="actions"><button class="btn" type="button" data-act="">${t("common.close")}</button></div>
    </form>`,
    (name, _form, dialog, button) => {
      if (name !== "do") return;
      dialog.close();
      tools[Number(/** @type {HTMLButtonElement} */ (button).value)]?.click();
    },
  );
}

/** Opening without a quorum is possible, said in words, and stands in the record. */
async function open() {
  const answer = await give("meeting.open");
  if (answer.code?.startsWith("meeting.no_quorum")) {
    const sure = await confirmed(
      t("console.no_quorum"),
      `${answer.text} ${t("console.no_quorum.text")}`,
      t("console.open_anyway"),
    );
    if (sure) await order("meeting.open", { regardless: true });
  } else if (answer.text) say(answer.text, "warn");
}

function adjourn() {
  openSheet(
    html`<form method="dialog">
      <h2>${t("console.adjourn")}</h2>
      <p>${t("console.adjourn.text")}</p>
      <div class="row wrap">
        ${[5, 10, 15, 30].map((minutes) => html`<button type="button" class="btn strong" data-act="for" value="${minutes}">${t("common.minutes", { n: minutes })}</button>`)}
        <button type="button" class="btn" data-act="for" value="0">${t("console.adjourn.open")}</button>
      </div>
      <div class="actions"><button class="btn" type="button" data-act="">${t("common.cancel")}</button></div>
    </form>`,
    (name, _form, _dialog, button) => {
      const minutes = Number(/** @type {HTMLButtonElement} */ (button).value);
      if (name === "for") void order("meeting.adjourn", minutes ? { minutes } : {});
    },
  );
}

async function close() {
  if (await confirmed(t("console.close"), t("console.close.text"), t("console.close.do"))) await order("meeting.close");
}

function openScenes() {
  const now = store.view?.screen;
  openSheet(
    html`<form method="dialog">
      <h2>${t("console.screen")}</h2>
      <p class="soft">${t("console.screen.now", { scene: t(`scene.${now?.shows}`) })}</p>
      <div class="row wrap">
        ${SCENES.map((scene) => html`<button type="button" class="btn" data-act="scene" value="${scene}" aria-pressed="${scene === now?.scene}">${t(`scene.${scene}`)}</button>`)}
      </div>
      <div class="actions"><button class="btn" type="button" data-act="">${t("common.close")}</button></div>
    </form>`,
    (name, _form, _dialog, button) => {
      if (name === "scene") void order("screen.show", { scene: /** @type {HTMLButtonElement} */ (button).value });
    },
  );
}
