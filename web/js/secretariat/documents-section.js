// <documents-section>: what is made of the meeting, each as PDF to read and as DOCX to edit.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { say } from "../lib/sheet.js";
import { figure, moment, t } from "../lib/words.js";
import { drawIssued, issueOne, takeOther } from "./issued.js";

/** @typedef {import("../lib/types").View} View */

const base = () => location.pathname.replace(/\/[^/]*$/, "");

/** Every document, and whether there is something to put in it yet. @type {[string, (view: View) => boolean][]} */
const DOCUMENTS = [
  ["invitations", () => true],
  ["plates", () => true],
  ["attendance", (view) => view.meeting.opened_at !== undefined],
  ["forms", (view) => Boolean(view.meeting.written) && Object.values(view.voting).some((vote) => !vote.secret)],
  ["opinions", (view) => Object.keys(view.opinions ?? {}).length > 0],
  [
    "ballots",
    (view) => Object.values(view.voting).some(({ method, phase }) => method === "paper" && phase !== "cancelled"),
  ],
  ["results", (view) => Object.values(view.voting).some((vote) => vote.result)],
  ["conclusions", (view) => Object.values(view.conclusions).some((each) => each.state !== "draft")],
  ["minutes", (view) => view.meeting.opened_at !== undefined],
];

export class DocumentsSection extends ViewElement {
  static watch = ["meeting", "voting", "minutes", "signing", "issuing", "conclusions", "opinions"];

  started() {
    /** @type {{state: string, done?: number, of?: number, bytes?: number} | null} how far the archive is */
    this.archive = null;
    this.sending = false;
    this.on(
      "change",
      "input[data-signed]",
      (_event, input) => void this.takeBack(/** @type {HTMLInputElement} */ (input)),
    );
    this.onDo("issue", (button) => issueOne(base(), button.dataset.corrects ?? ""));
    this.onDo("other", () => takeOther(base()));
    this.onDo("archive", () => void this.follow("POST"));
    this.onDo("stop-archive", () => void this.follow("DELETE"));
  }

  /** Asks for the archive or how far it is, again and again until it is there. @param {"POST" | "GET" | "DELETE"} method */
  async follow(method) {
    const answer = await fetch(`${base()}/archive`, { method, headers: { accept: "application/json" } }).catch(
      () => null,
    );
    const told = answer ? await answer.json() : null;
    if (!answer?.ok) return say(told?.text ?? t("common.dropped"), "warn");
    this.archive = told;
    this.update(true);
    if (told.state === "making") setTimeout(() => void this.follow("GET"), 500);
  }

  /** @param {View} view */
  draw(view) {
    const later = DOCUMENTS.filter(([, ready]) => !ready(view)).map(([name]) => t(`documents.${name}`));
    return html`<h2>${t("secretariat.documents")}</h2>
      <p class="soft">${t("documents.lead")}</p>
      <ul class="card documents">
        ${DOCUMENTS.filter(([, ready]) => ready(view)).map(
          ([name]) =>
            html`<li data-key="${name}">
              <span class="grow"
                ><b>${t(`documents.${name}`)}</b><br /><span class="soft small"
                  >${t(`documents.${name}.text`)}</span
                ></span
              >
              <a class="btn" href="${base()}/documents/${name}.pdf" target="_blank"
                >${icon("open")}PDF<span class="sr"> ${t(`documents.${name}`)}</span></a
              >${name === "plates" ? "" : html`<a class="btn" href="${base()}/documents/${name}.docx" download>${icon("edit")}DOCX<span class="sr"> ${t(`documents.${name}`)}</span></a>`}
            </li>`,
        )}
        ${view.minutes.state === "approved" ? this.drawSigning(view) : ""}
        ${
          document.body.dataset.exchange === undefined
            ? ""
            : html`<li data-key="exchange">
                <span class="grow"
                  ><b>${t("exchange.link")}</b><br /><span class="soft small">${t("exchange.link.text")}</span></span
                ><a class="btn" href="${base()}/exchange"
                  >${icon("open")}${t("exchange.open")}<span class="sr"> ${t("exchange.link")}</span></a
                >
              </li>`
        }
        ${view.meeting.phase === "closed" ? this.drawArchive() : ""}
        ${later.length ? html`<li data-key="later"><span class="soft small">${t("documents.not_yet", { names: later.join(", ") })}</span></li>` : ""}
      </ul>
      ${view.meeting.template ? "" : drawIssued(view, base(), Boolean(this.sending))}`;
  }

  /** The minutes signed elsewhere come back. @param {View} view */
  drawSigning({ signing }) {
    const names = Object.values(signing.signers ?? {}).join("; ");
    return html`<li data-key="signing">
      <span class="grow" role="status"
        ><b>${t("signing.title")}</b>
        ${names ? html`<span class="chip good">${t("signing.signed")}</span>` : ""}<br /><span class="soft small"
          >${names ? t("signing.signed.text", { names, time: moment(signing.at ?? 0) }) : t("signing.text")}</span
        ></span
      >
      <label class="btn"
        >${icon("upload")}${t(this.sending ? "signing.reading" : names ? "signing.another" : "signing.choose")}<input
          type="file"
          accept="application/pdf,.pdf"
          class="sr"
          data-signed=""
          ?disabled=${Boolean(this.sending)}
      /></label>
    </li>`;
  }

  /** @param {HTMLInputElement} input */
  async takeBack(input) {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    this.sending = true;
    this.update(true);
    const address = input.dataset.signed ? `issued/${input.dataset.signed}.pdf` : "minutes/signed";
    const answer = await fetch(`${base()}/${address}`, {
      method: "PUT",
      body: file,
      headers: { accept: "application/json" },
    }).catch(() => null);
    this.sending = false;
    this.update(true);
    if (!answer?.ok) say(answer ? (await answer.json()).text : t("common.dropped"), "warn");
  }

  drawArchive() {
    const { state = "none", done = 0, of = 1, bytes = 0 } = this.archive ?? {};
    const said =
      state === "making"
        ? t("archive.making", { done, of })
        : state === "ready"
          ? t("archive.ready", { size: figure(Math.round(bytes / 100_000) / 10) })
          : t(state === "failed" ? "archive.failed" : "archive.text");
    return html`<li data-key="archive">
      <span class="grow" role="status"
        ><b>${t("archive.title")}</b><br /><span class="soft small">${said}</span
        >${state === "making" ? html`<progress value="${done}" max="${of}" aria-label="${t("archive.title")}"></progress>` : ""}</span
      >
      ${state === "ready" ? html`<a class="btn" href="${base()}/archive?file" download>${icon("open")}ZIP</a>` : state === "making" ? html`<button class="btn" data-do="stop-archive">${t("upkeep.cancel")}</button>` : html`<button class="btn" data-do="archive">${t("archive.make")}</button>`}
    </li>`;
  }
}
