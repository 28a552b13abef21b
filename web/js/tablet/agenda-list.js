// <agenda-list>: the agenda with every paper one tap away. A drawer in portrait, always there in landscape.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { byOrder, called } from "../lib/people.js";
import { clock, t } from "../lib/words.js";
import { marks } from "../marks/marks.js";
import { factsOf } from "../reader/described.js";
import "../reader/page-thumb.js";
import { mayGive, openOpinions, opinionsOn } from "../opinions/sheet.js";
import { taskLine } from "../conclusions/show.js";
import { jump, reading, shownNow } from "./place.js";
import { Reading } from "./reading.js";
import { mayStay } from "./wanted.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

const LATE = 100; // ms

export class AgendaList extends ViewElement {
  static watch = ["agenda", "papers", "conclusions", "opinions", "stage", "people", "meeting", "me"];

  started() {
    /** @type {boolean} */
    this.opened = false;
    /** @type {string | null | undefined} an item that somebody came for */
    this.sought = null;
    this.addEventListener("open", (event) => this.open(true, /** @type {CustomEvent} */ (event).detail), {
      signal: this.signal,
    });
    this.onDo("close", () => this.open(false));
    this.onDo("opinions", (button) => openOpinions(button.dataset.item ?? ""));
    this.only = ""; // the kind of paper one looks for
    this.on("change", "select.kind", (_event, chosen) => {
      this.only = /** @type {HTMLSelectElement} */ (chosen).value;
      this.update();
    });
    this.onDo("paper", (button) => {
      jump(button.dataset.paper ?? "");
      this.open(false);
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false), {
      signal: this.signal,
    });
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  late = undefined;

  /** A page that is turned is in sight before the list says which one it is. */
  update(always = false) {
    if (always) return super.update(true);
    this.late ??= setTimeout(() => {
      this.late = undefined;
      super.update(true);
    }, LATE);
  }

  /** @param {boolean} opened @param {string | null} [item] which to bring into sight; else the present one */
  open(opened, item) {
    if (this.opened === opened) return;
    this.opened = opened;
    this.sought = item;
    this.classList.toggle("opened", opened);
    this.update(true);
    if (opened) this.querySelector(item ? ".sought" : ".now, .close")?.scrollIntoView({ block: "center" });
    if (opened) /** @type {HTMLElement | null} */ (this.querySelector(".close"))?.focus();
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const { meeting } = view;
    const since = meeting.opened_at ? t("tablet.since", { time: clock(meeting.opened_at) }) : clock(meeting.starts);
    const items = byOrder(view.agenda.items);
    return html`<div class="scrim" data-do="close"></div>
      <nav class="drawer" aria-label="${t("common.agenda")}">
        <header>
          <div class="grow">
            <h2>${meeting.title}</h2>
            <p class="small soft">${t(`phase.${meeting.phase}`)} · ${since}</p>
            ${this.drawKinds(view, me)}
          </div>
          <button class="btn quiet icon close" data-do="close" aria-label="${t("common.close")}">
            ${icon("cross")}
          </button>
        </header>
        ${
          items.length
            ? html`<ol class="agenda">
                ${items.map(([key, item]) => this.drawItem(view, me, key, item))}
              </ol>`
            : html`<p class="agenda none soft">${t("tablet.no_items")}</p>`
        }
        <kept-papers data-keep></kept-papers>
      </nav>`;
  }

  /** Where there are papers of several kinds, one of them can be looked for. @param {View} view @param {Me} me */
  drawKinds(view, me) {
    const kinds = [...new Set(Object.values(Reading.papers(view, me)).flatMap(({ kind }) => kind ?? []))].sort((a, b) =>
      a.localeCompare(b, "vi"),
    );
    if (this.only && !kinds.includes(this.only)) this.only = "";
    return kinds.length < 2
      ? ""
      : html`<select class="kind" data-key="kinds" aria-label="${t("papers.kind")}">
          <option value="">${t("papers.kind.all")}</option>
          ${kinds.map((kind) => html`<option value="${kind}" ?selected=${kind === this.only}>${kind}</option>`)}
        </select>`;
  }

  /** @param {View} view @param {Me} me @param {string} key @param {import("../lib/types").Item} item */
  drawItem(view, me, key, item) {
    const papers = byOrder(Reading.papers(view, me)).filter(
      ([, paper]) => paper.item === key && paper.revision && (!this.only || paper.kind === this.only),
    );
    const voted = Object.values(view.voting).some((vote) => vote.item === key);
    return html`<li
      data-key="${key}"
      class="${item.state === "current" ? "now" : item.state === "done" ? "done" : ""}${key === this.sought ? " sought" : ""}"
      style="--level: ${item.level}"
      aria-current="${item.state === "current" ? "step" : "false"}"
    >
      <span class="no num">${item.number}</span>
      <span class="what"
        ><span class="name">${item.title}</span
        >${item.state === "current" ? html` <span class="chip accent"><i class="dot"></i>${t("tablet.now")}</span>` : ""}
        <span class="small soft by"
          >${[called(view.people[item.presenter ?? ""]), item.minutes ? t("common.minutes", { n: item.minutes }) : ""].filter(Boolean).join(" · ")}</span
        ></span
      >
      ${item.state === "done" ? html`<span class="mark">${icon("check")}<span class="sr">${t("tablet.done")}</span></span>` : voted ? html`<span class="mark">${icon("vote")}</span>` : ""}
      ${drawConclusions(view, key)}${
        papers.length
          ? html`<ul>
              ${papers.map(([id, paper]) => this.drawPaper(view, id, paper))}
            </ul>`
          : ""
      }${drawOpinions(view, me, key, papers.length > 0)}
    </li>`;
  }

  /** @param {View} view @param {string} id @param {import("../lib/types").Paper} paper */
  drawPaper(view, id, paper) {
    const onStage = view.stage.paper === id;
    const last = reading.lastPage(id);
    const here = shownNow()?.id === id;
    const note = onStage
      ? t("tablet.presented_at", { page: view.stage.page ?? 1 })
      : last
        ? t("tablet.read_to", { page: last })
        : paper.readers === "everyone"
          ? ""
          : t(`papers.readers.${paper.readers}`);
    const notes = marks.book.all().filter((mark) => mark.paper === id).length;
    const renewed =
      (paper.revision_no ?? 1) > 1
        ? t("tablet.revision", { no: paper.revision_no ?? 1, time: clock(paper.updated_at ?? 0) })
        : "";
    return html`<li data-key="${id}">
      <button class="paper" data-do="paper" data-paper="${id}" aria-current="${here ? "true" : "false"}">
        <page-thumb revision="${paper.revision ?? ""}" page="1"></page-thumb>
        <span class="grow"
          ><b>${paper.title}</b
          ><span class="small soft"
            >${paper.kind ? `${paper.kind} · ` : ""}${t("common.pages", { n: paper.pages ?? 0 })}${note ? ` · ${note}` : ""}</span
          >
          ${notes ? html`<span class="small has-notes">${icon("edit")}${t("marks.count", { n: notes })}</span>` : ""}
          ${factsOf(paper).map(({ sign, kind, key, n }) => html`<span class="small described ${kind}">${icon(sign)}${t(key, { n })}</span>`)}
          ${mayStay(paper) ? "" : html`<span class="small soft">${t("papers.not_kept.short")}</span>`}
          ${renewed ? html`<span class="small renewed">${renewed}</span>` : ""}</span
        >${icon("right")}
      </button>
    </li>`;
  }
}

/** Before the opening one may say what one thinks of an item's papers; later what was said stays to be read. @param {View} view @param {Me} me @param {string} item @param {boolean} papers */
function drawOpinions(view, me, item, papers) {
  const said = opinionsOn(view, me, item).length;
  const early = view.meeting.phase === "published" || view.meeting.phase === "circulating";
  if (!said && !(papers && early && mayGive(view))) return "";
  return html`<button class="btn quiet opinions" data-do="opinions" data-item="${item}">
    ${icon("debate")}${said ? t("opinions.n", { n: said }) : t("opinions.write")}
  </button>`;
}

/** What was concluded at an item. @param {View} view @param {string} item */
function drawConclusions(view, item) {
  const concluded = byOrder(view.conclusions).filter(([, each]) => each.item === item && each.state !== "draft");
  return concluded.map(
    ([key, each]) =>
      html`<p class="concluded" data-key="${key}">
        <b>${t("secretariat.conclusions")}:</b> ${each.text} <span class="small soft">${taskLine(each)}</span>
      </p>`,
  );
}
