// <draft-page>: the draft of the minutes as it was sent, section by section, what one has said to it, and agreeing.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called } from "../lib/people.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { day, moment, t } from "../lib/words.js";
import { answerLine, stateChip } from "./show.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */
/** @typedef {{key: string, title: string, text: string}} Section */

const base = () => location.pathname.replace(/\/[^/]*$/, "");

export class DraftPage extends ViewElement {
  static watch = ["meeting", "people", "comments", "minutes", "me", "line", "tick"];

  started() {
    /** @type {Section[] | null} */
    this.sections = null;
    this.of = 0; // when what is shown was sent
    this.onDo("comment", ({ dataset: { section = "" } }) => this.write(section));
    this.onDo("take-back", ({ dataset: { comment } }) => void order("comments.take_back", { comment }));
    this.onDo("agree", () => void order("comments.agree"));
  }

  update(always = false) {
    super.update(always);
    void this.load();
  }

  /** What was sent, once for each sending. */
  async load() {
    const sent = store.view?.comments.sent_at;
    if (!sent || this.of === sent || this.asking) return;
    this.asking = true;
    const answer = await fetch(`${base()}/minutes/draft`, { headers: { accept: "application/json" } }).catch(
      () => null,
    );
    this.asking = false;
    if (!answer?.ok) return; // asked again at the next tick
    const told = await answer.json();
    [this.sections, this.of] = [told.sections, told.sent_at];
    super.update(true);
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const { meeting, comments } = view;
    const open = isOpen(view);
    return html`<header class="stack">
        <p class="soft">${[meeting.organisation, day(meeting.starts)].filter(Boolean).join(" · ")}</p>
        <h1>${meeting.title}</h1>
        <p>${comments.sent_at ? t("comments.page.lead", { name: called(view.people[me.id]) }) : ""}</p>
        ${drawState(view, open)}${store.line === "open" ? "" : html`<p class="note warn">${t("line.lost")}</p>`}
      </header>
      ${this.sections?.map((section) => drawSection(view, me, section, open)) ?? ""}
      <p><a class="btn" href="${base()}/tablet">${icon("open")}${t("preparing.page.meeting")}</a></p>
      ${open && me.member && this.sections ? html`<div class="row wrap agreeing">${me.agreed ? html`<p class="note good grow">${t("comments.agreed_at", { time: moment(me.agreed) })}</p>` : html`<button class="btn strong" data-do="agree">${icon("check")}${t("comments.agree")}</button>`}</div>` : ""}`;
  }

  /** @param {string} key */
  write(key) {
    const section = this.sections?.find((each) => each.key === key);
    const mine = Object.values(store.me?.comments ?? {}).find(
      (each) => each.section === key && each.state === "waiting",
    );
    openSheet(
      html`<form method="dialog">
        <h2>${t("comments.on", { title: section?.title ?? "" })}</h2>
        <div class="field">
          <label for="c-text">${t("comments.mine")}</label
          ><textarea id="c-text" name="text" rows="6" maxlength="4000" required>${mine?.text ?? ""}</textarea>
        </div>
        ${actions("give", t("comments.give"))}
      </form>`,
      async (name, form) =>
        name === "give"
          ? order("comments.give", { section: key, text: String(form.get("text") ?? "").trim() })
          : undefined,
    ).classList.add("wide");
  }
}

/** @param {View} view */
const isOpen = ({ comments, minutes }) =>
  Boolean(comments.open) && minutes.state !== "approved" && store.now() < (comments.due ?? 0);

/** @param {View} view @param {boolean} open */
function drawState({ comments, minutes }, open) {
  if (minutes.state === "approved")
    return html`<p class="note good">
      ${t("comments.page.approved")} <a href="${base()}/documents/minutes.pdf">${t("comments.page.minutes")}</a>
    </p>`;
  if (!comments.sent_at) return html`<p class="note">${t("comments.page.none")}</p>`;
  return open
    ? html`<p class="note">${t("comments.page.until", { time: moment(comments.due ?? 0) })}</p>`
    : html`<p class="note warn">${t("comments.page.over")}</p>`;
}

/** @param {View} view @param {Me} me @param {Section} section @param {boolean} open */
function drawSection(view, me, { key, title, text }, open) {
  const mine = byOrder(me.comments ?? {}).filter(([, each]) => each.section === key);
  const waits = mine.some(([, each]) => each.state === "waiting");
  return html`<article class="card pad" data-key="${key}">
    <h2>${title}</h2>
    <p class="prose">${text || "–"}</p>
    ${mine.map(
      ([id, each]) =>
        html`<div class="said" data-key="${id}">
          <p class="row wrap"><b class="grow">${t("comments.mine")}</b>${stateChip(each)}</p>
          <p class="prose">${each.text}</p>
          ${answerLine(each)}${open && each.state === "waiting" ? html`<p><button class="btn quiet" data-do="take-back" data-comment="${id}">${t("comments.take_back")}</button></p>` : ""}
        </div>`,
    )}
    ${open && me.member ? html`<p><button class="btn" data-do="comment" data-section="${key}" aria-label="${t("comments.on", { title })}">${icon("edit")}${t(waits ? "comments.change" : "comments.write")}</button></p>` : ""}
  </article>`;
}
