// The page /verify: a published file, a receipt, a journal; what agrees and what does not. Nothing leaves the browser.

import { html, render } from "../lib/html.js";
import { loadWords, t } from "../lib/words.js";
import { brokenAt, faults, outcomes } from "./recount.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#verify"));
const found = /** @type {HTMLElement} */ (document.querySelector("#found"));

/** @param {string} name @returns {Promise<Record<string, any> | null>} */
async function chosen(name) {
  const [file] = /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).files ?? [];
  return file ? JSON.parse(await file.text()) : null;
}

async function check() {
  try {
    const [vote, journal] = [await chosen("file"), await chosen("journal")];
    const receipt = String(new FormData(form).get("receipt") ?? "").trim();
    render(found, html`${vote ? recounted(vote, receipt) : ""}${journal ? await chain(journal) : ""}`);
  } catch {
    render(found, html`<p class="note bad">${t("verify.unreadable")}</p>`);
  }
}

/** @param {Record<string, any>} vote @param {string} receipt */
function recounted(vote, receipt) {
  const wrong = faults(vote, receipt);
  if (wrong.length) return wrong.map((fault) => html`<p class="note bad">${t(fault)}</p>`);
  const decided = outcomes(vote);
  return html`<p class="note good"><b>${t("verify.agrees", { n: vote.result.voted })}</b> ${vote.question}</p>
    ${receipt ? html`<p class="note good">${t("verify.has_receipt")}</p>` : ""}
    <ul class="stack">
      ${vote.options.map((/** @type {{id: string, text: string}} */ { id, text }) => html`<li><b>${text}</b>: ${vote.answers.map((/** @type {string} */ answer) => `${t(vote.decides === "places" ? "result.votes" : `answer.${answer}`)} ${vote.result.tally[id][answer]}`).join(", ")}${decided[id] ? html` – ${t(decided[id].carried ? "verify.carried" : "verify.lost")} ${t(`by.${decided[id].by}`)}` : ""}</li>`)}
    </ul>`;
}

/** @param {Record<string, any>} journal */
async function chain(journal) {
  if (!globalThis.crypto?.subtle) return html`<p class="note warn">${t("verify.no_hashes")}</p>`;
  const place = await brokenAt(journal);
  if (place) return html`<p class="note bad">${t("verify.broken", { place })}</p>`;
  return html`<p class="note good">
    ${t("verify.chain", { n: journal.entries.length })} <code>${journal.entries.at(-1)?.hash ?? ""}</code>
  </p>`;
}

document.documentElement.dataset.words = form.dataset.words;
await loadWords();
form.addEventListener("input", () => void check());
form.addEventListener("submit", (event) => event.preventDefault());
