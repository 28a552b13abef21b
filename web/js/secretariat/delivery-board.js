// <delivery-board>: which tablets have which papers, who has opened them, and what is missing before the meeting starts.

import { connection } from "../lib/connection.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { clock, t } from "../lib/words.js";
import { mayStay } from "../tablet/wanted.js";
import { devices, missing, papers } from "./delivery.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("./delivery.js").Row} Row */

/** @type {import("../lib/types").Deliveries} */
let deliveries = {};

export class DeliveryBoard extends ViewElement {
  static watch = ["people", "papers", "agenda"];

  started() {
    connection.onFrame((frame) => {
      if (!frame.delivery) return;
      deliveries = frame.delivery;
      this.update(true);
    });
    const watch = () => connection.send({ signal: "delivery", with: { watch: true } });
    connection.onOpen(watch);
    watch();
  }

  /** @param {View} view */
  draw(view) {
    const rows = devices(view, deliveries);
    return html`<section class="card pad stack">
        <h3>${t("delivery.title")}</h3>
        ${this.drawMissing(rows)}
      </section>
      <div class="card tablewrap" tabindex="0" role="region" aria-label="${t("delivery.devices")}">
        <table>
          <thead>
            <tr>
              ${["who", "device", "kept", "opened", "delay", "state"].map((name) => html`<th scope="col">${t(`delivery.${name}`)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map((row) => this.drawRow(row))}
          </tbody>
        </table>
      </div>
      <div class="card tablewrap" tabindex="0" role="region" aria-label="${t("delivery.papers")}">
        <table>
          <thead>
            <tr>
              ${["paper", "complete", "opened_by"].map((name) => html`<th scope="col">${t(`delivery.${name}`)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${papers(view, deliveries).map((line) => this.drawPaper(line))}
          </tbody>
        </table>
      </div>`;
  }

  /** @param {Row[]} rows */
  drawMissing(rows) {
    const found = missing(rows);
    if (!rows.length) return html`<p class="soft">${t("delivery.nobody")}</p>`;
    if (!found.length) return html`<p class="row good">${icon("check")}<b>${t("delivery.all")}</b></p>`;
    return html`<ul class="tasks">
      ${found.map(([key, n]) => html`<li>${icon(key === "plain" ? "info" : "clock")}<span class="grow">${t(`delivery.missing.${key}`, { n })}</span></li>`)}
    </ul>`;
  }

  /** @param {Row} row */
  drawRow(row) {
    const { device, person } = row;
    const chip = { ready: "good", loading: "warn", slow: "warn", away: "", none: "" }[row.state];
    const percent = row.allPages ? Math.floor((100 * row.pages) / row.allPages) : 100;
    return html`<tr data-key="${row.key}">
      <td>
        <b>${called(person)}</b
        >${person.seat ? html`<br /><span class="small soft">${t("common.seat", { seat: person.seat })}</span>` : ""}
      </td>
      <td>${device ? t(`delivery.kind.${device.kind}`) : html`<span class="soft">–</span>`}</td>
      <td>
        ${device ? html`<span class="row"><progress class="held ${row.whole === row.of ? "whole" : ""}" max="100" value="${percent}" aria-label="${t("delivery.kept")}"></progress><span class="num">${row.whole} / ${row.of}</span></span>` : "–"}
      </td>
      <td class="num">${device ? row.opened : "–"}</td>
      <td class="num">
        ${device?.delay === undefined ? "–" : t("delivery.seconds", { s: (device.delay / 1000).toFixed(1).replace(".", document.documentElement.lang === "vi" ? "," : ".") })}
      </td>
      <td>
        <span class="chip ${chip}"><i class="dot"></i>${t(`delivery.state.${row.state}`)}</span>
      </td>
    </tr>`;
  }

  /** @param {import("./delivery.js").Line} line */
  drawPaper({ id, paper, readers, whole, opened, missing: lacking, unopened }) {
    const names = (/** @type {import("../lib/types").Person[]} */ people, /** @type {string} */ key) =>
      people.length
        ? html`<details>
            <summary class="small">${t(key, { n: people.length })}</summary>
            <ul class="small">
              ${people.map((person) => html`<li>${called(person)}</li>`)}
            </ul>
          </details>`
        : "";
    return html`<tr data-key="${id}">
      <td>
        <b>${paper.title}</b><br /><span class="small soft"
          >${t("papers.revision", { no: paper.revision_no ?? 1, time: clock(paper.updated_at ?? 0) })}</span
        >
      </td>
      <td>
        ${mayStay(paper) ? html`<span class="num">${whole} / ${readers}</span>${names(lacking, "delivery.lacking")}` : html`<span class="soft">${t("papers.not_kept.short")}</span>`}
      </td>
      <td><span class="num">${opened} / ${readers}</span>${names(unopened, "delivery.unopened")}</td>
    </tr>`;
  }
}
