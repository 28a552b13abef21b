// How many votes each member has and who casts them for whom: for bodies whose rules know such things.

import { html, icon } from "../lib/html.js";
import { called, inOrder } from "../lib/people.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { figure, t } from "../lib/words.js";
import { order } from "../console/order.js";

/** @typedef {import("../lib/types").View} View */

const MAY_HOLD = ["chair", "secretary", "delegate"];

/** @param {View} view */
export function rightsCard(view) {
  const { weights = {}, proxies = {} } = view.rights;
  const members = inOrder(view.people).filter(([, { member }]) => member);
  const used =
    Object.keys(weights).length + Object.keys(proxies).length > 0 ||
    Object.values(view.voting).some(({ rule }) => rule.weighted || rule.by_proxy);
  const total = members.reduce((sum, [member]) => sum + (weights[member] ?? 1), 0);
  return html`<details class="card pad rights-card" ?open=${used}>
    <summary>${t("rights.title")}</summary>
    <div class="stack">
      <p class="soft">${t("rights.hint")}</p>
      <div class="row wrap">
        <p class="grow">${t("rights.total", { total: figure(total) })}</p>
        <a class="btn" href="rights/import">${icon("upload")}${t("rights.import.link")}</a>
      </div>
      <div class="tablewrap" tabindex="0" role="region" aria-label="${t("rights.title")}">
        <table>
          <thead>
            <tr>
              <th scope="col">${t("vote.sheet.voter")}</th>
              <th scope="col">${t("rights.votes")}</th>
              <th scope="col">${t("rights.proxy")}</th>
            </tr>
          </thead>
          <tbody>
            ${members.map(
              ([member, person]) =>
                html`<tr data-key="${member}">
                  <th scope="row">${called(person)}</th>
                  <td>
                    <input
                      type="number"
                      inputmode="numeric"
                      min="1"
                      max="1000000000000"
                      data-weigh="${member}"
                      value="${weights[member] ?? 1}"
                      aria-label="${t("rights.weight", { name: called(person) })}"
                    />
                  </td>
                  <td>
                    <div class="row wrap">
                      ${
                        proxies[member]
                          ? html`<span class="grow"
                                ><b>${called(view.people[proxies[member].holder])}</b>
                                <span class="soft">${proxies[member].note ?? ""}</span></span
                              ><button
                                class="btn quiet"
                                data-do="withdraw"
                                data-person="${member}"
                                aria-label="${t("rights.withdraw", { name: called(person) })}"
                              >
                                ${icon("cross")}${t("rights.withdraw.short")}
                              </button>`
                          : html`<button
                              class="btn quiet"
                              data-do="entrust"
                              data-person="${member}"
                              aria-label="${t("rights.entrust_of", { name: called(person) })}"
                            >
                              ${t("rights.entrust")}
                            </button>`
                      }
                    </div>
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </div>
  </details>`;
}

/** The actions of the card. @param {import("../lib/element.js").ViewElement} element */
export function listenToRights(element) {
  element.on("change", "[data-weigh]", (_event, input) => {
    const weight = Math.trunc(Number(/** @type {HTMLInputElement} */ (input).value));
    if (weight >= 1) void order("rights.weigh", { participant: input.dataset.weigh, weight });
    else element.update(true);
  });
  element.onDo("entrust", (button) => entrust(button.dataset.person ?? ""));
  element.onDo("withdraw", (button) => void order("rights.withdraw", { participant: button.dataset.person }));
}

/** @param {string} member */
function entrust(member) {
  const view = store.view;
  if (!view) return;
  const given = view.rights.proxies ?? {};
  const may = inOrder(view.people).filter(
    ([person, { role }]) => person !== member && MAY_HOLD.includes(role) && !given[person],
  );
  openSheet(
    html`<form method="dialog">
      <h2>${t("rights.entrust_of", { name: called(view.people[member]) })}</h2>
      <div class="field">
        <label for="right-holder">${t("rights.holder")}</label
        ><select id="right-holder" name="holder">
          ${may.map(([person, entry]) => html`<option value="${person}">${called(entry)}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="right-note">${t("rights.note")}</label
        ><input id="right-note" name="note" maxlength="300" autocomplete="off" />
      </div>
      ${actions("entrust", t("rights.entrust.do"))}
    </form>`,
    async (name, form) =>
      name === "entrust"
        ? order("rights.entrust", {
            participant: member,
            holder: String(form.get("holder") ?? ""),
            note: String(form.get("note") ?? ""),
          })
        : undefined,
  );
}
