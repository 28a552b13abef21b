// <minutes-section>: the minutes section by section, each beside what the journal says; saved while one writes.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { actions, confirmed, openSheet, say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";
import { give } from "../lib/commands.js";
import { answer, askDay, changeDay, drawRound, drawSaid, endComments, unanswered } from "../comments/office.js";
import { order } from "../console/order.js";
import { Drafts } from "./drafts.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {{at: number, kind: string, name: string, spent: number, about: string}} Fact */
/** @typedef {{key: string, title: string, text: string, draft: string, facts: Fact[]}} Section */
/** @typedef {{sections: Section[], revisions: Record<string, number>, seen: string}} Loaded */

const IDLE = 1_500; // ms without a key after which what was written is saved
const HEAD = ["form.superior", "form.issuer", "form.number"];
const ONE_LINE = [...HEAD, "form.begins", "form.place", "form.chair", "form.secretary"];

const base = () => location.pathname.replace(/\/[^/]*$/, "");

export class MinutesSection extends ViewElement {
  static watch = [
    "minutes",
    "meeting",
    "agenda",
    "people",
    "papers",
    "voting",
    "notices",
    "conclusions",
    "drawings",
    "floor",
    "comments",
    "me",
  ]; // all the text is made of

  started() {
    /** @type {Loaded | null} */
    this.loaded = null;
    /** @type {string | undefined} what was last fetched, to notice that nothing changed */
    this.last = undefined;
    this.drafts = new Drafts();
    /** @type {Map<string, ReturnType<typeof setTimeout>>} */
    this.timers = new Map();
    this.on("input", "textarea[data-section]", (_event, area) => this.typed(/** @type {HTMLTextAreaElement} */ (area)));
    this.on("change", "textarea[data-section]", (_event, area) => void this.save(area.dataset.section ?? ""));
    this.onDo("retake", (button) => void this.retake(button.dataset.section ?? ""));
    this.onDo("mine", (button) => this.keepMine(button.dataset.section ?? ""));
    this.onDo("theirs", (button) => this.takeTheirs(button.dataset.section ?? ""));
    this.onDo("drop-drawing", (button) => void order("drawings.drop", { drawing: button.dataset.drawing }));
    this.onDo("submit", () => void this.submit());
    this.onDo("approve", () => void this.approve());
    this.onDo("back", sendBack);
    this.onDo("circulate", () => this.circulate());
    this.onDo("comments-day", changeDay);
    this.onDo("comments-end", () => void endComments());
    this.onDo("take-comment", ({ dataset: { comment = "" } }) => answer(comment, true));
    this.onDo("decline-comment", ({ dataset: { comment = "" } }) => answer(comment, false));
    this.onDo("note", ({ dataset: { who = "", at } }) => noteSpeech(who, Number(at)));
    window.addEventListener("hashchange", () => setTimeout(() => this.reload()), { signal: this.signal }); // after it is shown
    window.addEventListener("beforeunload", (event) => this.drafts?.any && event.preventDefault(), {
      signal: this.signal,
    });
  }

  update(always = false) {
    super.update(always);
    if (!always) this.reload();
  }

  /** Soon, and once for a burst of changes; a section nobody looks at asks for nothing. */
  reload() {
    if (this.hidden || this.asking) return;
    this.asking = setTimeout(async () => {
      this.asking = undefined;
      const answer = await fetch(`${base()}/minutes`, { headers: { accept: "application/json" } }).catch(() => null);
      if (!answer?.ok) return; // the line says so; the next change asks again
      const text = await answer.text();
      if (text === this.last) return;
      this.last = text;
      this.loaded = JSON.parse(text);
      this.update(true);
    }, 300);
  }

  /** @param {View} view @param {import("../lib/types").Me} me */
  draw(view, me) {
    const { minutes, meeting } = view;
    const chair = me.role === "chair";
    const state = minutes.state ?? "draft";
    const closed = meeting.phase === "closed";
    const kind = { draft: "", submitted: "accent", approved: "good" }[state];
    return html`<div class="row wrap">
        <h2 class="grow">${t("secretariat.minutes")} <span class="chip ${kind}">${t(`minutes.${state}`)}</span></h2>
        ${closed && state === "draft" ? html`<button class="btn ${chair ? "" : "strong"}" data-do="submit">${t("minutes.submit")}</button>` : ""}
        ${closed && state === "submitted" && chair ? html`<button class="btn" data-do="back">${t("minutes.send_back")}</button>` : ""}
        ${closed && state !== "approved" && chair ? html`<button class="btn strong" data-do="approve">${icon("lock")}${t("minutes.approve")}</button>` : ""}
      </div>
      ${minutes.reason ? html`<p class="note warn"><b>${t("minutes.sent_back")}</b> ${minutes.reason}</p>` : ""}
      <p class="${state === "approved" ? "note good" : "soft"}">
        ${state === "approved" ? t("minutes.approved.text", { time: clock(minutes.approved_at ?? 0), name: called(view.people[minutes.approved_by ?? ""]) }) : t(closed ? `minutes.${state}.text` : "minutes.running.text")}
      </p>
      ${drawSpeaking(view)}${drawRound(view)} ${this.drawDrawings(view)}
      ${this.loaded ? this.drawSections(view, this.loaded, state === "approved") : html`<p class="card pad soft">${t("minutes.loading")}</p>`}`;
  }

  /** What was drawn for the room and goes with the minutes. @param {View} view */
  drawDrawings(view) {
    const kept = Object.entries(view.drawings).sort(([, a], [, b]) => a.kept_at - b.kept_at);
    if (!kept.length) return "";
    return html`<section class="card pad stack">
      <h3>${t("drawings.with_minutes")}</h3>
      <ul>
        ${kept.map(
          ([id, { paper, page, kept_at }]) =>
            html`<li class="row wrap" data-key="${id}">
              <a class="grow" href="${base()}/drawings/${id}" target="_blank"
                >${t("drawings.heading", { title: view.papers[paper]?.title ?? "", page })}
                <span class="num soft">${clock(kept_at)}</span></a
              >
              ${view.minutes.state === "approved" ? "" : html`<button class="btn quiet danger" data-do="drop-drawing" data-drawing="${id}">${t("drawings.drop")}</button>`}
            </li>`,
        )}
      </ul>
    </section>`;
  }

  /** @param {View} view @param {Loaded} loaded @param {boolean} locked */
  drawSections(view, loaded, locked) {
    const head = loaded.sections.filter((section) => HEAD.includes(section.key));
    const rest = loaded.sections.filter((section) => !HEAD.includes(section.key));
    return html`<details class="card pad">
        <summary><b>${t("minutes.head")}</b></summary>
        <div class="three-fields">
          ${head.map((section) => html`<div data-key="${section.key}">${this.drawText(view, section, locked)}</div>`)}
        </div>
      </details>
      ${rest.map(
        (section) =>
          html`<article class="card minutes-part" data-key="${section.key}">
            <div class="stack">${this.drawText(view, section, locked)}</div>
            ${this.drawFacts(view, section, locked)}
          </article>`,
      )}`;
  }

  /** @param {View} view @param {Section} section @param {boolean} locked */
  drawText(view, section, locked) {
    const { key, title } = section;
    if (locked)
      return html`<h3>${title}</h3>
        <p class="prose">${section.text || "–"}</p>`;
    const written = view.minutes.sections?.[key];
    const state = this.drafts?.state(key);
    const rows = Math.min(
      16,
      Math.max(ONE_LINE.includes(key) ? 1 : 2, section.text.split("\n").length + Math.floor(section.text.length / 90)),
    );
    const said =
      state === "typed"
        ? t("minutes.writing")
        : written
          ? t("minutes.by", { name: called(view.people[written.by]), time: clock(written.at) })
          : t("minutes.follows");
    return html`<label for="m-${key}"><b>${title}</b></label
      ><textarea id="m-${key}" data-section="${key}" rows="${rows}" maxlength="15000" spellcheck="false">
${section.text}</textarea>
      <p class="small row wrap ${state === "conflict" ? "" : "soft"}" aria-live="polite">
        <span class="grow">${said}</span
        >${written && state === undefined ? html`<button class="btn quiet" data-do="retake" data-section="${key}">${t("minutes.retake")}</button>` : ""}
      </p>
      ${
        state === "conflict"
          ? html`<div class="note warn stack" role="alert">
              <b>${t("minutes.conflict")}</b>
              <p class="prose">${section.text}</p>
              <div class="row wrap">
                <button class="btn" data-do="mine" data-section="${key}">${t("minutes.keep_mine")}</button
                ><button class="btn" data-do="theirs" data-section="${key}">${t("minutes.take_theirs")}</button>
              </div>
            </div>`
          : ""
      }`;
  }

  /** @param {View} view @param {Section} section @param {boolean} locked */
  drawFacts(view, section, locked) {
    const facts = section.facts.map(
      (fact) =>
        html`<li>
          <time class="num">${clock(fact.at)}</time
          ><span
            >${t(`fact.${fact.kind}`, { name: fact.name, time: t("common.minutes", { n: Math.max(1, Math.round(fact.spent / 60_000)) }) })}${fact.kind === "speech" ? drawNote(view, fact.about, fact.at, locked) : ""}</span
          >
        </li>`,
    );
    const differs = !locked && view.minutes.sections?.[section.key] && section.draft !== section.text;
    const said = drawSaid(view, section.key, locked);
    if (!facts.length && !differs && !said) return "";
    return html`<div class="beside-text">
      ${said}${
        facts.length
          ? html`<h4 class="small soft">${t("minutes.facts")}</h4>
              <ol class="facts" tabindex="0" aria-label="${t("minutes.facts")}">
                ${facts}
              </ol>`
          : ""
      }
      ${
        differs
          ? html`<details>
              <summary class="small">${t("minutes.journal_text")}</summary>
              <p class="prose small">${section.draft || "–"}</p>
            </details>`
          : ""
      }
    </div>`;
  }

  /** A text area keeps what is being written; one that nobody writes in shows what the server has. */
  drawn() {
    for (const area of this.querySelectorAll("textarea")) {
      const key = area.dataset.section ?? "";
      const section = this.loaded?.sections.find((each) => each.key === key);
      if (!section) continue;
      const revision = this.loaded?.revisions[key] ?? 0;
      if (this.drafts?.mayShow(key, revision, area === document.activeElement)) {
        if (area.value !== section.text) area.value = section.text;
        this.drafts.showing(key, revision);
      }
    }
  }

  /** @param {HTMLTextAreaElement} area */
  typed(area) {
    const key = area.dataset.section ?? "";
    const first = this.drafts?.typed(key, area.value);
    clearTimeout(this.timers?.get(key));
    this.timers?.set(
      key,
      setTimeout(() => void this.save(key), IDLE),
    );
    if (first) this.update(true);
  }

  /** @param {string} key */
  async save(key) {
    clearTimeout(this.timers?.get(key));
    const sending = this.drafts?.begin(key);
    if (!sending) return;
    const answer = await give("minutes.change", { section: key, text: sending.text, over: sending.over });
    if (answer.done) this.drafts?.saved(key);
    else {
      this.drafts?.failed(key, answer.code === "minutes.changed_meanwhile");
      if (answer.code !== "minutes.changed_meanwhile") say(answer.text ?? t("common.dropped"), "warn");
    }
    this.last = undefined;
    this.reload();
    this.update(true);
    if (this.drafts?.state(key) === "typed")
      this.timers?.set(
        key,
        setTimeout(() => void this.save(key), IDLE),
      );
  }

  /** @param {string} key */
  async retake(key) {
    if (await confirmed(t("minutes.retake"), t("minutes.retake.text"), t("minutes.retake"), "strong"))
      await order("minutes.retake", { section: key });
  }

  /** @param {string} key */
  keepMine(key) {
    this.drafts?.showing(key, this.loaded?.revisions[key] ?? 0);
    this.drafts?.resolve(key);
    void this.save(key);
  }

  /** @param {string} key */
  takeTheirs(key) {
    this.drafts?.forget(key);
    this.update(true);
  }

  async submit() {
    await this.settle("submission", "minutes.submit", `${t("minutes.submit.text")} ${this.unfinished()}`);
  }

  /** Where the draft left words to be filled in. */
  unfinished() {
    const open = this.loaded?.sections.filter((section) => section.text.includes("…")).length ?? 0;
    return open ? t("minutes.approve.open", { n: open }) : "";
  }

  async approve() {
    const waiting = store.view ? unanswered(store.view) : 0;
    await this.settle(
      "approval",
      "minutes.approve",
      `${t("minutes.approve.text")} ${this.unfinished()} ${waiting ? t("comments.approve.waiting", { n: waiting }) : ""}`,
    );
  }

  /** The draft goes to the members as the page shows it before it asks until when. */
  circulate() {
    const seen = this.loaded?.seen ?? "";
    askDay(
      t("comments.send"),
      t("comments.send.text"),
      t("comments.send"),
      (due) => void this.ask("draft", JSON.stringify({ seen, due })),
    );
  }

  /** With the text as it was before the question: what arrives while somebody thinks it over has not been read. @param {string} path @param {string} key @param {string} text */
  async settle(path, key, text) {
    const seen = this.loaded?.seen ?? "";
    if (await confirmed(t(key), text, t(key), "strong")) await this.ask(path, seen);
  }

  /** @param {string} path @param {string} body */
  async ask(path, body) {
    const answered = await fetch(`${base()}/minutes/${path}`, {
      method: "POST",
      body,
      headers: { accept: "application/json" },
    }).catch(() => null);
    if (!answered?.ok) say(answered ? (await answered.json()).text : t("common.dropped"), "warn");
    this.last = undefined;
    this.reload();
  }
}

/** Who speaks now, so that what they say is noted while they say it. @param {View} view */
function drawSpeaking({ floor, people, minutes }) {
  const speech = floor.speech;
  if (!speech || minutes.state === "approved") return "";
  const note = minutes.notes?.[`${speech.participant}-${speech.started_at}`];
  return html`<section class="card pad row wrap">
    <span class="grow"
      ><b>${t("minutes.speaking", { name: called(people[speech.participant]) })}</b
      >${note ? html`<br /><span class="prose">${note}</span>` : ""}</span
    ><button class="btn firm" data-do="note" data-who="${speech.participant}" data-at="${speech.started_at}">
      ${icon("edit")}${t("minutes.note")}
    </button>
  </section>`;
}

/** @param {View} view @param {string} who @param {number} at @param {boolean} locked */
function drawNote(view, who, at, locked) {
  const note = view.minutes.notes?.[`${who}-${at}`];
  return html`${note ? html`<br /><span class="prose">${note}</span>` : ""}${locked ? "" : html` <button class="btn quiet" data-do="note" data-who="${who}" data-at="${at}">${icon("edit")}${t("minutes.note")}</button>`}`;
}

/** @param {string} participant @param {number} at */
function noteSpeech(participant, at) {
  const view = store.view;
  openSheet(
    html`<form method="dialog">
      <h2>${t("minutes.note_of", { name: called(view?.people[participant]) })}</h2>
      <div class="field">
        <label for="note">${t("minutes.note.label")}</label
        ><textarea id="note" name="note" rows="6" maxlength="4000">
${view?.minutes.notes?.[`${participant}-${at}`] ?? ""}</textarea>
      </div>
      ${actions("save", t("secretariat.save"))}
    </form>`,
    async (name, form) =>
      name === "save"
        ? order("minutes.note", { participant, at, text: String(form.get("note") ?? "").trim() })
        : undefined,
  );
}

function sendBack() {
  openSheet(
    html`<form method="dialog">
      <h2>${t("minutes.send_back")}</h2>
      <div class="field">
        <label for="reason">${t("minutes.send_back.reason")}</label
        ><textarea id="reason" name="reason" rows="3" maxlength="500"></textarea>
      </div>
      ${actions("back", t("minutes.send_back"))}
    </form>`,
    async (name, form) =>
      name === "back" ? order("minutes.send_back", { reason: String(form.get("reason") ?? "") }) : undefined,
  );
}
