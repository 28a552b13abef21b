// What people think of an item before it comes up: what others have said to everybody, and one's own.

import { order } from "../console/order.js";
import { html } from "../lib/html.js";
import { byOrder, called } from "../lib/people.js";
import { openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { moment, t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

/** All on an item that this person may read, their own among them. @param {View} view @param {Me} me @param {string} item */
export const opinionsOn = (view, me, item) =>
  byOrder({ ...view.opinions, ...me.opinions }).filter(([, each]) => each.item === item);

/** Whether one may still say something: before it is over, and the agenda is known. @param {View} view */
export const mayGive = (view) => !["draft", "closed"].includes(view.meeting.phase);

/** @param {string} item */
export function openOpinions(item) {
  const { view, me } = store;
  if (!view || !me) return;
  const all = opinionsOn(view, me, item);
  const mine = all.find(([, each]) => each.participant === me.id);
  const base = location.pathname.replace(/\/[^/]*$/, "");
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("opinions.on", { number: view.agenda.items[item]?.number ?? "" })}</h2>
      <p class="soft">${view.agenda.items[item]?.title ?? ""}</p>
      ${all
        .filter(([, each]) => each.participant !== me.id)
        .map(
          ([key, each]) =>
            html`<div class="note" data-key="${key}">
              <b>${called(view.people[each.participant])}</b>
              <span class="small">${moment(each.at)}${each.public ? "" : ` · ${t("opinions.office_only")}`}</span>
              <p class="prose">${each.text}</p>
            </div>`,
        )}
      ${
        mayGive(view)
          ? html`<div class="field">
                <label for="o-text">${t("opinions.mine")}</label
                ><textarea id="o-text" name="text" rows="4" maxlength="4000">${mine?.[1].text ?? ""}</textarea>
              </div>
              <fieldset class="field">
                <legend>${t("opinions.to")}</legend>
                <label class="check"
                  ><input
                    type="radio"
                    name="public"
                    value="yes"
                    ?checked=${Boolean(mine?.[1].public)}
                  />${t("opinions.public")}</label
                ><label class="check"
                  ><input
                    type="radio"
                    name="public"
                    value="no"
                    ?checked=${!mine?.[1].public}
                  />${t("opinions.office")}</label
                >
              </fieldset>`
          : ""
      }
      ${Object.keys(me.opinions ?? {}).length ? html`<p><a href="${base}/documents/opinions.docx" download>${t("opinions.take")}</a></p>` : ""}
      <div class="actions">
        <button class="btn" type="button" data-act="">${t("common.close")}</button
        >${mine && mayGive(view) ? html`<button class="btn danger" type="button" data-act="back">${t("opinions.take_back")}</button>` : ""}${mayGive(view) ? html`<button class="btn strong" data-act="give">${t("opinions.give")}</button>` : ""}
      </div>
    </form>`,
    async (name, form) => {
      if (name === "give")
        return order("opinions.give", {
          item,
          text: String(form.get("text") ?? "").trim(),
          public: form.get("public") === "yes",
        });
      return name === "back" && mine ? order("opinions.take_back", { opinion: mine[0] }) : undefined;
    },
  );
  dialog.classList.add("wide");
}
