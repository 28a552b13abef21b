// <people-section>: who takes part, in the order of precedence.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called, inOrder, under } from "../lib/people.js";
import { actions, confirmed, openSheet, say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { figure, t } from "../lib/words.js";
import { order } from "../console/order.js";
import { readPeople } from "./paste.js";

/** @typedef {import("../lib/types").Person} Person */

const ROLES = ["chair", "secretary", "delegate", "guest", "staff", "screen"];

export class PeopleSection extends ViewElement {
  static watch = ["people", "attendance", "presence", "meeting"];

  started() {
    this.onDo("add", () => edit());
    this.onDo("edit", (button) => edit(button.dataset.person));
    this.onDo("paste", paste);
    this.onDo("remove", (button) => void remove(button.dataset.person ?? ""));
    this.onDo("up", (button) => void swap(button.dataset.person ?? "", -1));
    this.onDo("down", (button) => void swap(button.dataset.person ?? "", 1));
    this.on(
      "change",
      "[data-present]",
      (_event, box) =>
        void order("attendance.mark", {
          participant: box.dataset.person,
          present: /** @type {HTMLInputElement} */ (box).checked,
        }),
    );
  }

  /** @param {import("../lib/types").View} view */
  draw(view) {
    const people = inOrder(view.people);
    const base = location.pathname.replace(/\/[^/]*$/, "");
    const { total_members: total, quorum, members_present: present, votes } = view.attendance;
    return html`<div class="row wrap">
        <h2 class="grow">${t("secretariat.people")}</h2>
        <div class="row wrap">
          <a class="btn" href="${base}/invitations" target="_blank">${icon("qr")}${t("secretariat.invitations")}</a
          ><a class="btn" href="${base}/letters">${icon("mail")}${t("letters.link")}</a>
          <a class="btn" href="${base}/directory">${icon("people")}${t("choose.link")}</a
          ><a class="btn" href="${base}/import">${icon("upload")}${t("import.link")}</a
          ><button class="btn" data-do="paste">${icon("list")}${t("secretariat.people.paste")}</button
          ><button class="btn strong" data-do="add">${icon("plus")}${t("secretariat.people.add")}</button>
        </div>
      </div>
      <p class="soft">
        ${votes ? t("secretariat.people.votes", { total: figure(votes.total), quorum: figure(quorum), present: figure(votes.present) }) : t("secretariat.people.count", { total, quorum, present })}
      </p>
      ${view.meeting.phase === "closed" || view.meeting.written || view.meeting.template ? "" : html`<planning-notice data-key="planning"></planning-notice>`}
      <div class="card tablewrap" data-key="table" tabindex="0" role="region" aria-label="${t("secretariat.people")}">
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">${t("secretariat.people.who")}</th>
              <th scope="col">${t("secretariat.people.role")}</th>
              <th scope="col">${t("secretariat.people.seat")}</th>
              <th scope="col">${t("secretariat.people.present")}</th>
              <th scope="col"><span class="sr">${t("secretariat.actions")}</span></th>
            </tr>
          </thead>
          <tbody>
            ${people.map(
              ([key, person], index) =>
                html`<tr data-key="${key}">
                  <td class="num">${index + 1}</td>
                  <td><b>${called(person)}</b><br /><span class="soft">${under(person)}</span></td>
                  <td>
                    ${t(`role.${person.role}`)}${person.member ? html`<br /><span class="chip accent">${t("secretariat.people.member")}</span>` : ""}
                  </td>
                  <td class="num">${person.seat ?? ""}</td>
                  <td>
                    ${["screen", "staff"].includes(person.role) ? "" : html`<label class="check"><input type="checkbox" data-present data-person="${key}" ?checked=${Boolean(view.attendance.present[key])} /><span class="sr">${t("console.mark_present")} ${called(person)}</span></label>`}
                  </td>
                  <td>
                    <div class="row tools">
                      <button
                        class="btn quiet icon"
                        data-do="up"
                        data-person="${key}"
                        ?disabled=${!index}
                        aria-label="${t("secretariat.up", { name: called(person) })}"
                      >
                        ${icon("up")}</button
                      ><button
                        class="btn quiet icon"
                        data-do="down"
                        data-person="${key}"
                        ?disabled=${index === people.length - 1}
                        aria-label="${t("secretariat.down", { name: called(person) })}"
                      >
                        ${icon("down")}
                      </button>
                      <button
                        class="btn quiet icon"
                        data-do="edit"
                        data-person="${key}"
                        aria-label="${t("secretariat.edit_of", { name: called(person) })}"
                      >
                        ${icon("edit")}</button
                      ><button
                        class="btn quiet icon"
                        data-do="remove"
                        data-person="${key}"
                        aria-label="${t("secretariat.remove_of", { name: called(person) })}"
                      >
                        ${icon("trash")}
                      </button>
                    </div>
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

/** The arguments of people.change for a person as they are. @param {Person} person */
const asIs = ({ office, unit = "", name = "", role, member = false, seat = "", rank, account = "" }) => ({
  office,
  unit,
  name,
  role,
  member,
  seat,
  rank,
  account,
});

/** @param {string} [key] */
function edit(key) {
  const person = key ? store.view?.people[key] : undefined;
  const field = (/** @type {"office" | "unit" | "name" | "seat" | "account"} */ name, hint = "") =>
    html`<div class="field">
      <label for="p-${name}">${t(`secretariat.people.${name}`)}</label
      >${hint ? html`<span class="hint">${hint}</span>` : ""}<input
        id="p-${name}"
        name="${name}"
        value="${person?.[name] ?? ""}"
        maxlength="300"
        autocomplete="off"
      />
    </div>`;
  openSheet(
    html`<form method="dialog">
      <h2>${t(key ? "secretariat.people.edit" : "secretariat.people.add")}</h2>
      ${field("office", t("secretariat.people.office.hint"))}${field("unit")}${field("name", t("secretariat.people.name.hint"))}
      <div class="two">
        <div class="field">
          <label for="p-role">${t("secretariat.people.role")}</label
          ><select id="p-role" name="role">
            ${ROLES.map((role) => html`<option value="${role}" ?selected=${role === (person?.role ?? "delegate")}>${t(`role.${role}`)}</option>`)}
          </select>
        </div>
        ${field("seat")}
      </div>
      ${field("account", t("secretariat.people.account.hint"))}
      <label class="check may-vote"
        ><input
          type="checkbox"
          name="member"
          ?checked=${person ? Boolean(person.member) : true}
        />${t("secretariat.people.vote")}</label
      >${actions("save", t("secretariat.save"))}
    </form>`,
    async (name, form) => {
      if (name !== "save") return undefined;
      const text = (/** @type {string} */ part) => String(form.get(part) ?? "");
      const role = text("role");
      const written = {
        office: text("office"),
        unit: text("unit"),
        name: text("name"),
        seat: text("seat"),
        account: text("account"),
        role,
        member: form.has("member") && !["guest", "staff", "screen"].includes(role),
      };
      return order(
        key ? "people.change" : "people.add",
        key ? { participant: key, ...written, rank: person?.rank ?? 0 } : written,
      );
    },
  );
}

/** @param {string} key */
async function remove(key) {
  const person = store.view?.people[key];
  if (
    await confirmed(
      t("secretariat.remove_of", { name: called(person) }),
      t("secretariat.people.remove.text"),
      t("secretariat.remove"),
    )
  )
    await order("people.remove", { participant: key });
}

/** Two neighbours change places in the order of precedence. @param {string} key @param {1 | -1} way */
async function swap(key, way) {
  const people = inOrder(store.view?.people ?? {});
  const at = people.findIndex(([other]) => other === key);
  const [mine, other] = [people[at], people[at + way]];
  if (!mine || !other) return;
  const ranks = mine[1].rank === other[1].rank ? [mine[1].rank + way, other[1].rank] : [other[1].rank, mine[1].rank];
  await order("people.change", { participant: mine[0], ...asIs(mine[1]), rank: Math.max(1, ranks[0]) });
  await order("people.change", { participant: other[0], ...asIs(other[1]), rank: Math.max(1, ranks[1]) });
}

/** Nothing is saved until the preview has been seen and confirmed. */
function paste() {
  openSheet(
    html`<form method="dialog">
      <h2>${t("secretariat.people.paste")}</h2>
      <p class="hint">${t("secretariat.people.paste.hint")}</p>
      <div class="field">
        <label for="lines">${t("secretariat.people.lines")}</label
        ><textarea id="lines" name="lines" rows="8" required></textarea>
      </div>
      ${actions("preview", t("secretariat.people.preview"))}
    </form>`,
    (name, form) => {
      if (name === "preview") preview(String(form.get("lines") ?? ""));
    },
  );
}

/** @param {string} text */
function preview(text) {
  const seats = new Set(
    Object.values(store.view?.people ?? {})
      .map((person) => person.seat ?? "")
      .filter(Boolean),
  );
  const rows = readPeople(text, seats);
  const good = rows.filter((row) => !row.error);
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("secretariat.people.preview")}</h2>
      <p>${t("secretariat.people.preview.text", { n: good.length, bad: rows.length - good.length })}</p>
      <div class="tablewrap" tabindex="0">
        <table>
          <tbody>
            ${rows.map(
              ({ line, row, error }) =>
                html`<tr>
                  <td class="num">${line}</td>
                  <td>
                    <b>${row.name || row.office}</b><br /><span class="soft"
                      >${[row.name ? row.office : "", row.unit].filter(Boolean).join(" · ")}</span
                    >
                  </td>
                  <td>${t(`role.${row.role}`)}${row.member ? ` · ${t("secretariat.people.member")}` : ""}</td>
                  <td>${row.seat}</td>
                  <td>
                    ${error ? html`<span class="error">${t(`secretariat.people.error.${error}`)}</span>` : icon("check")}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${actions("add", t("secretariat.people.add_n", { n: good.length }))}
    </form>`,
    async (name) => {
      if (name !== "add") return undefined;
      for (const { row } of good) if (!(await order("people.add", row))) return false;
      say(t("secretariat.people.added", { n: good.length }), "good");
      return undefined;
    },
  );
  dialog.classList.add("wide");
}
