// The results of the questions that were sent round, for everyone who was asked.

import { html } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { resultCard } from "../voting/result.js";
import { questions } from "./answers.js";

export function openResults() {
  const { view } = store;
  if (!view) return;
  openSheet(
    html`<div class="inside">
      <h2>${t("circulation.results")}</h2>
      ${questions(view).map(
        ([key, vote]) =>
          html`<section class="card pad stack">
            <h3>${vote.question}</h3>
            ${vote.result ? resultCard(vote) : html`<p class="soft">${vote.reason || t(`vote.phase.${vote.phase}`)}</p>`}
            ${vote.result ? html`<a class="btn" href="votes/${encodeURIComponent(key)}" target="_blank" rel="noopener">${t("vote.sheet")}</a>` : ""}
          </section>`,
      )}
      <div class="actions"><button type="button" class="btn" data-act="">${t("common.done")}</button></div>
    </div>`,
  );
}
