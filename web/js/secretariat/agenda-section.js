// <agenda-section>: the tree of items with their papers; moved by drag or by keys, filled by dropping files on it.

import { plannedMinutes } from "../lib/agenda.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { attends, byOrder, called, inOrder } from "../lib/people.js";
import { actions, confirmed, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { clock, t } from "../lib/words.js";
import { order } from "../console/order.js";
import { drop, step } from "./moves.js";
import { drawPapers, paperActs } from "./paper-rows.js";
import { TAKEN, upload } from "./uploads.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Item} Item */

const KINDS = ["information", "discussion", "decision"];
const WAYS = /** @type {const} */ ({ ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" });

export class AgendaSection extends ViewElement {
  static watch = ["agenda", "papers", "people", "meeting", "preparing", "rendering"];

  started() {
    this.onDo("add", (button) => edit(undefined, button.dataset.parent));
    this.onDo("edit", (button) => edit(button.dataset.item));
    this.onDo("remove", (button) => void remove(button.dataset.item ?? ""));
    for (const way of Object.values(WAYS)) this.onDo(way, (button) => void this.move(button.dataset.item ?? "", way));
    this.on("keydown", "li[data-item]", (event, row) => this.key(event, row));
    this.on("change", "input[type=file]", (_event, input) => this.choose(/** @type {HTMLInputElement} */ (input)));
    this.on("dragover", "li[data-item]", (event, row) => this.over(event, row));
    this.on("dragleave", "li[data-item]", (_event, row) => row.classList.remove("dropping"));
    this.on("drop", "li[data-item]", (event, row) => this.dropped(event, row));
    this.on("pointerdown", ".grip", (event, grip) => this.drag(event, grip));
    paperActs(this);
  }

  update() {
    super.update(true); // uploads are not part of the view
  }

  /** @param {View} view */
  draw(view) {
    const items = byOrder(view.agenda.items);
    const minutes = plannedMinutes(items);
    return html`<div class="row wrap">
        <h2 class="grow">${t("secretariat.agenda")}</h2>
        <span class="soft"
          >${t("secretariat.agenda.sum", { n: minutes, end: clock(view.meeting.starts + minutes * 60_000) })}</span
        ><button class="btn strong" data-do="add">${icon("plus")}${t("secretariat.agenda.add")}</button>
      </div>
      <p class="sr" aria-live="polite">${this.said ?? ""}</p>
      ${
        items.length
          ? html`<ol class="card tree">
              ${items.map(([key, item]) => this.drawItem(view, key, item))}
            </ol>`
          : html`<p class="card pad soft">${t("secretariat.agenda.none")}</p>`
      }`;
  }

  /** @param {View} view @param {string} key @param {Item} item */
  drawItem(view, key, item) {
    const can = (/** @type {"up" | "down" | "in" | "out"} */ way) => step(view.agenda.items, key, way);
    return html`<li
      data-key="${key}"
      data-item="${key}"
      tabindex="0"
      style="--level: ${item.level}"
      class="${item.state}"
    >
      <div class="line">
        <span class="grip" aria-hidden="true">${icon("grip")}</span><b class="num number">${item.number}</b>
        <span class="grow"
          ><b>${item.title}</b><br /><span class="small soft"
            >${[called(view.people[item.presenter ?? ""]), t(`kind.${item.kind}`), item.minutes ? t("common.minutes", { n: item.minutes }) : ""].filter(Boolean).join(" · ")}</span
          ></span
        >
        <span class="row tools"
          >${/** @type {const} */ (["up", "down", "in", "out"]).map((way) => html`<button class="btn quiet icon" data-do="${way}" data-item="${key}" ?disabled=${!can(way)} aria-label="${t(`secretariat.${way}`, { name: item.title })}" title="${t(`secretariat.${way}`, { name: item.title })}">${icon(way)}</button>`)}
          ${item.level < 2 ? html`<button class="btn quiet icon" data-do="add" data-parent="${key}" aria-label="${t("secretariat.agenda.add_under", { name: item.title })}" title="${t("secretariat.agenda.add_under", { name: item.title })}">${icon("plus")}</button>` : ""}<button
            class="btn quiet icon"
            data-do="edit"
            data-item="${key}"
            aria-label="${t("secretariat.edit_of", { name: item.title })}"
            title="${t("secretariat.edit_of", { name: item.title })}"
          >
            ${icon("edit")}</button
          ><button
            class="btn quiet icon"
            data-do="remove"
            data-item="${key}"
            aria-label="${t("secretariat.remove_of", { name: item.title })}"
            title="${t("secretariat.remove_of", { name: item.title })}"
          >
            ${icon("trash")}
          </button></span
        >
      </div>
      ${drawPapers(view, key)}
      <label class="dropzone"
        >${icon("upload")}<span>${t("secretariat.drop")}</span
        ><input type="file" accept="${TAKEN}" multiple data-into="${key}" class="sr"
      /></label>
    </li>`;
  }

  /** @param {string} item @param {"up" | "down" | "in" | "out"} way */
  async move(item, way) {
    const items = store.view?.agenda.items ?? {};
    const to = step(items, item, way);
    if (!to || !(await order("agenda.move_item", to))) return;
    setTimeout(() => {
      const moved = store.view?.agenda.items[item];
      this.said = moved ? t("secretariat.moved", { name: moved.title, number: moved.number }) : "";
      this.update();
    }, 300);
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} row */
  key(event, row) {
    const way = event.altKey ? WAYS[/** @type {keyof typeof WAYS} */ (event.key)] : undefined;
    if (!way) return;
    event.preventDefault();
    void this.move(row.dataset.item ?? "", way);
  }

  /** Moving by the grip, with mouse, pen or finger. @param {PointerEvent} down @param {HTMLElement} grip */
  drag(down, grip) {
    const row = grip.closest("li");
    const item = row?.dataset.item;
    if (!row || !item) return;
    down.preventDefault();
    grip.setPointerCapture(down.pointerId);
    row.classList.add("dragged");
    /** @type {{key: string, after: boolean} | null} */
    let target = null;
    const mark = (/** @type {Element | null} */ element, after = false) => {
      for (const each of this.querySelectorAll(".above, .below")) each.classList.remove("above", "below");
      element?.classList.add(after ? "below" : "above");
    };
    const move = (/** @type {PointerEvent} */ event) => {
      const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("li[data-item]");
      if (!(over instanceof HTMLElement)) return;
      const box = over.getBoundingClientRect();
      target = { key: over.dataset.item ?? "", after: event.clientY > box.top + box.height / 2 };
      mark(over, target.after);
    };
    const end = (/** @type {PointerEvent} */ event) => {
      grip.removeEventListener("pointermove", move);
      row.classList.remove("dragged");
      mark(null);
      const to =
        target && event.type === "pointerup"
          ? drop(store.view?.agenda.items ?? {}, item, target.key, target.after)
          : null;
      if (to) void order("agenda.move_item", to);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", end, { once: true });
    grip.addEventListener("pointercancel", end, { once: true });
  }

  /** @param {HTMLInputElement} input */
  choose(input) {
    const files = [...(input.files ?? [])];
    if (input.dataset.into) upload(files, { item: input.dataset.into });
    else if (input.dataset.replace) upload(files.slice(0, 1), { item: "", paper: input.dataset.replace });
    input.value = "";
  }

  /** @param {DragEvent} event @param {HTMLElement} row */
  over(event, row) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    row.classList.add("dropping");
  }

  /** @param {DragEvent} event @param {HTMLElement} row */
  dropped(event, row) {
    event.preventDefault();
    row.classList.remove("dropping");
    upload([...(event.dataTransfer?.files ?? [])], { item: row.dataset.item ?? "" });
  }
}

/** @param {string} [key] @param {string} [parent] */
function edit(key, parent) {
  const view = store.view;
  const item = key ? view?.agenda.items[key] : undefined;
  const people = inOrder(view?.people ?? {}).filter(([, person]) => attends(person));
  openSheet(
    html`<form method="dialog">
      <h2>${t(key ? "secretariat.agenda.edit" : "secretariat.agenda.add")}</h2>
      <div class="field">
        <label for="i-title">${t("secretariat.agenda.title")}</label
        ><textarea id="i-title" name="title" rows="2" maxlength="500" required>${item?.title ?? ""}</textarea>
      </div>
      <div class="two">
        <div class="field">
          <label for="i-kind">${t("secretariat.agenda.kind")}</label
          ><select id="i-kind" name="kind">
            ${KINDS.map((kind) => html`<option value="${kind}" ?selected=${kind === item?.kind}>${t(`kind.${kind}`)}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="i-minutes">${t("secretariat.agenda.minutes")}</label
          ><input
            id="i-minutes"
            name="minutes"
            type="number"
            inputmode="numeric"
            min="0"
            max="600"
            value="${item?.minutes ?? 10}"
          />
        </div>
      </div>
      <div class="field">
        <label for="i-presenter">${t("secretariat.agenda.presenter")}</label
        ><select id="i-presenter" name="presenter">
          <option value="">${t("secretariat.agenda.nobody")}</option>
          ${people.map(([id, person]) => html`<option value="${id}" ?selected=${id === item?.presenter}>${called(person)}</option>`)}
        </select>
      </div>
      ${actions("save", t("secretariat.save"))}
    </form>`,
    async (name, form) => {
      if (name !== "save") return undefined;
      const presenter = String(form.get("presenter") ?? "");
      const written = {
        title: String(form.get("title")),
        kind: String(form.get("kind")),
        minutes: Number(form.get("minutes")) || 0,
        ...(presenter ? { presenter } : {}),
      };
      return key
        ? order("agenda.change_item", { item: key, ...written })
        : order("agenda.add_item", { ...written, ...(parent ? { parent } : {}) });
    },
  );
}

/** @param {string} item */
async function remove(item) {
  const title = store.view?.agenda.items[item]?.title ?? "";
  if (
    await confirmed(
      t("secretariat.remove_of", { name: title }),
      t("secretariat.agenda.remove.text"),
      t("secretariat.remove"),
    )
  )
    await order("agenda.remove_item", { item });
}
