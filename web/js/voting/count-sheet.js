// The count of a vote by hand: the numbers that tellers report, entered by the secretary or the chair.

import { html, icon } from "../lib/html.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { order } from "../console/order.js";
import { isChoosing, optionsOf } from "./marks.js";
import { answerWord, SIGN } from "./show.js";

const NUMBERS = /** @type {const} */ (["issued", "returned", "valid", "invalid", "blank"]);

/** @param {string} key */
export function enterCount(key) {
  const vote = store.view?.voting[key];
  if (!vote) return;
  const { report } = vote;
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("vote.count.title")}</h2>
      <p class="soft">${vote.question} · ${t("vote.count.entitled", { n: vote.electorate ?? 0 })}</p>
      ${vote.method === "paper" ? html`<div class="three">${NUMBERS.map((name) => html`<div class="field"><label for="count-${name}">${t(`vote.count.${name}`)}</label><input id="count-${name}" name="${name}" type="number" inputmode="numeric" min="0" required value="${report?.[name] ?? 0}" /></div>`)}</div>` : ""}
      ${
        isChoosing(vote)
          ? html`<fieldset class="stack">
              <legend class="label">${t("vote.count.each")}</legend>
              ${optionsOf(vote).map(([option, { text, note }]) => html`<div class="tallied"><label for="count-${option}-yes">${text}${note ? html`<br /><span class="soft small">${note}</span>` : ""}</label><input id="count-${option}-yes" name="n:${option}:yes" type="number" inputmode="numeric" min="0" required value="${report?.counts[option]?.yes ?? 0}" /></div>`)}
            </fieldset>`
          : optionsOf(vote).map(
              ([option, { text }]) =>
                html`<fieldset class="stack">
                  <legend class="label">${text}</legend>
                  <div class="three">
                    ${vote.answers.map((answer) => html`<div class="field choice ${answer}"><label class="row" for="count-${option}-${answer}">${icon(SIGN[answer])}${answerWord(vote, answer)}</label><input id="count-${option}-${answer}" name="n:${option}:${answer}" type="number" inputmode="numeric" min="0" required value="${report?.counts[option]?.[answer] ?? 0}" /></div>`)}
                  </div>
                </fieldset>`,
            )
      }
      <div class="field">
        <label for="count-tellers">${t("vote.count.tellers")}</label
        ><input id="count-tellers" name="tellers" maxlength="300" value="${report?.tellers ?? ""}" />
      </div>
      ${actions("enter", t("vote.count.do"))}
    </form>`,
    async (name, form) => {
      if (name !== "enter") return undefined;
      const counts = [...form]
        .filter(([field]) => field.startsWith("n:"))
        .map(([field, number]) => [...field.split(":").slice(1), Number(number) || 0]);
      const numbers = Object.fromEntries(NUMBERS.map((number) => [number, Number(form.get(number)) || 0]));
      return order("voting.enter_count", { vote: key, counts, ...numbers, tellers: String(form.get("tellers") ?? "") });
    },
  );
  dialog.classList.add("wide");
}
