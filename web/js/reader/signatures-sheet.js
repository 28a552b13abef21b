// The digital signatures of a paper: who, when, whether it covers the whole file, what came after, and whether the issuer is trusted.

import { html, icon, render } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { clock, day, t } from "../lib/words.js";

/**
 * @typedef {{name: string, organisation?: string, issuer?: string, at?: number, stamped?: boolean, intact: boolean, whole: boolean,
 *   since: "nothing" | "added" | "changed" | "unknown", trusted?: boolean}} Signature
 */

/** @param {string} revision */
export async function openSignatures(revision) {
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("signatures.title")}</h2>
      <div class="stack" data-list><p class="soft">${t("signatures.coming")}</p></div>
      <div class="actions"><button class="btn strong" data-act="">${t("common.close")}</button></div>
    </form>`,
  );
  const list = /** @type {HTMLElement} */ (dialog.querySelector("[data-list]"));
  render(list, await brought(revision));
}

/** @param {string} revision */
async function brought(revision) {
  const { meeting, participant } = document.body.dataset;
  try {
    const answer = await fetch(`/m/${meeting}/${participant}/signatures/${revision}`, {
      headers: { Accept: "application/json" },
    });
    const said = await answer.json();
    if (!answer.ok) return html`<p>${said.text}</p>`;
    return drawSignatures(said);
  } catch {
    return html`<p>${t("signatures.no_network")}</p>`;
  }
}

/** @param {Signature[]} signatures */
function drawSignatures(signatures) {
  if (!signatures.length) return html`<p>${t("signatures.none")}</p>`;
  return html`<ol class="stack">
      ${signatures.map(drawSignature)}
    </ol>
    <p class="hint">${t("signatures.hint")}</p>`;
}

/** @param {Signature} signature */
function drawSignature({ name, organisation, issuer, at, stamped, intact, whole, since, trusted }) {
  const facts = intact
    ? [
        whole
          ? ["good", "signatures.whole"]
          : since === "nothing" || since === "added"
            ? ["good", `signatures.since.${since}`]
            : ["warn", `signatures.since.${since}`],
      ]
    : [];
  if (trusted !== undefined) facts.push(trusted ? ["good", "signatures.trusted"] : ["warn", "signatures.not_trusted"]);
  else if (intact) facts.push(["", "signatures.no_roots"]);
  return html`<li class="card pad stack">
    <div>
      <b>${name}</b
      >${organisation && organisation !== name ? html`<br /><span class="small soft">${organisation}</span>` : ""}
    </div>
    ${at ? html`<p class="small">${t(stamped ? "signatures.stamped" : "signatures.said", { time: `${clock(at)}, ${day(at)}` })}</p>` : ""}
    ${issuer ? html`<p class="small soft">${t("signatures.issuer", { name: issuer })}</p>` : ""}
    <ul class="stack small">
      <li class="signed ${intact ? "good" : "bad"}">
        ${icon(intact ? "check" : "cross")}<span>${t(intact ? "signatures.intact" : "signatures.broken")}</span>
      </li>
      ${facts.map(([kind, key]) => html`<li class="signed ${kind}">${icon(kind === "good" ? "check" : "info")}<span>${t(key)}</span></li>`)}
    </ul>
  </li>`;
}
