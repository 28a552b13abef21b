// An answer that came on paper to a question sent round, entered by the secretary for a member who has not answered on a device.

import { html, icon } from "../lib/html.js";
import { called, inOrder } from "../lib/people.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { order } from "../console/order.js";
import { isChoosing, isSingle, optionsOf } from "./marks.js";
import { answerWord, SIGN } from "./show.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Vote} Vote */

/** Whether answers on paper are taken: recorded questions that were sent round, while they are open. @param {Vote} vote */
export const takesPaper = (vote) => Boolean(vote.sent_round) && vote.phase === "open" && !vote.secret;

/** Whose answer may be entered: who has not answered, then who was entered before and may be put right. @param {View} view @param {Vote} vote */
export function enterable(view, vote) {
  const people = inOrder(view.people).filter(([key]) => vote.electors?.[key]);
  return {
    missing: people.filter(([key]) => !vote.voted_by?.[key]),
    entered: people.filter(([key]) => vote.entered?.[key]),
  };
}

/** @param {string} key */
export function enterPaper(key) {
  const view = store.view;
  const vote = view?.voting[key];
  if (!view || !vote) return;
  const { missing, entered } = enterable(view, vote);
  openSheet(
    html`<form method="dialog">
      <h2>${t("vote.paper.title")}</h2>
      <p><b>${vote.question}</b></p>
      <p class="soft">${t("vote.paper.text")}</p>
      <div class="field">
        <label for="paper-elector">${t("vote.paper.whose")}</label
        ><select id="paper-elector" name="elector" required>
          <option value="">${t("vote.paper.choose")}</option>
          ${missing.map(([person, entry]) => html`<option value="${person}">${called(entry)}</option>`)}${entered.length ? html`<optgroup label="${t("vote.paper.again")}">${entered.map(([person, entry]) => html`<option value="${person}">${called(entry)}</option>`)}</optgroup>` : ""}
        </select>
      </div>
      ${fields(vote)}${vote.answers.includes("other") ? html`<div class="field"><label for="paper-text">${t("answer.other")}</label><textarea id="paper-text" name="text" rows="2" maxlength="500"></textarea></div>` : ""}
      ${actions("enter", t("vote.paper.do"))}
    </form>`,
    async (name, form) => {
      if (name !== "enter") return undefined;
      const marks = [...form].flatMap(([field, value]) => {
        const [kind, option] = field.split(":");
        return kind === "a"
          ? [[option, value]]
          : kind === "n"
            ? Array.from({ length: Number(value) || 0 }, () => [option, "yes"])
            : [];
      });
      const other = marks.some(([, answer]) => answer === "other");
      return order("voting.enter_answer", {
        vote: key,
        elector: String(form.get("elector") ?? ""),
        marks,
        text: other ? String(form.get("text") ?? "").trim() : "",
      });
    },
  );
}

/** @param {Vote} vote */
function fields(vote) {
  if (vote.each > 1)
    return optionsOf(vote).map(
      ([option, { text }]) =>
        html`<div class="tallied">
          <label for="paper-${option}">${text}</label
          ><input
            id="paper-${option}"
            name="n:${option}"
            type="number"
            inputmode="numeric"
            min="0"
            max="${vote.each}"
            value="0"
          />
        </div>`,
    );
  if (isChoosing(vote))
    return html`<fieldset>
      <legend class="label">${t("vote.paper.answer")}</legend>
      ${optionsOf(vote).map(([option, { text }]) => html`<label class="check"><input type="checkbox" name="a:${option}" value="yes" />${text}</label>`)}
    </fieldset>`;
  return optionsOf(vote).map(
    ([option, { text }]) =>
      html`<fieldset>
        <legend class="label">${isSingle(vote) ? t("vote.paper.answer") : text}</legend>
        ${vote.answers.map((answer) => html`<label class="check choice ${answer}"><input type="radio" name="a:${option}" value="${answer}" />${icon(SIGN[answer])}${answerWord(vote, answer)}</label>`)}
      </fieldset>`,
  );
}
