// <seat-editor>: single seats moved by finger, mouse or arrow keys, added, numbered, removed; and who sits on them.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { attends, called, inOrder } from "../lib/people.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { drawHall } from "./hall.js";
import { DEPTH, shortNames, WIDTH } from "./plan.js";

/** @typedef {import("../lib/types").View} View */

const STEP = 10; // of the plan; a key with Shift moves five of them
const WAYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

export class SeatEditor extends ViewElement {
  static watch = ["seating", "people"];

  picked = "";
  moving = false;

  started() {
    this.on("pointerdown", ".seat", (event, seat) => this.drag(event, seat));
    this.on("keydown", ".seat", (event, seat) => this.key(event, seat));
    this.on("click", ".seat", (_event, seat) => this.pick(seat.dataset.seat ?? ""));
    this.on(
      "change",
      "select[name=person]",
      (_event, select) => void this.place(/** @type {HTMLSelectElement} */ (select).value),
    );
    this.on(
      "change",
      "input[name=number]",
      (_event, input) => void this.rename(/** @type {HTMLInputElement} */ (input).value),
    );
    this.onDo("remove-seat", () => void order("seating.remove", { seat: this.picked }));
  }

  update(always = false) {
    if (!this.moving) super.update(always);
  }

  /** @param {string} seat */
  pick(seat) {
    this.picked = seat;
    this.update(true);
  }

  /** @param {View} view */
  draw(view) {
    const names = shortNames(view.people);
    return html`${drawHall(
      view,
      (seat, key, style) =>
        html`<button
          type="button"
          class="seat ${key ? "is-present" : "is-free"}"
          data-key="${seat}"
          data-seat="${seat}"
          style="${style}"
          aria-pressed="${seat === this.picked}"
          aria-label="${[t("common.seat", { seat }), key ? called(view.people[key]) : t("seating.free")].join(", ")}"
        >
          <span class="seat-top"><span class="num">${seat}</span></span
          >${key ? html`<span class="name">${names[key]}</span>` : ""}
        </button>`,
    )}
    ${this.drawPicked(view)}`;
  }

  /** @param {View} view */
  drawPicked(view) {
    const seat = this.picked ?? "";
    if (!(seat in view.seating.places)) return html`<p class="picked soft">${t("seating.edit.hint")}</p>`;
    const people = inOrder(view.people).filter(([, person]) => attends(person));
    return html`<div class="picked row wrap" data-key="${seat}">
      <label class="field number"
        >${t("seating.number")}<input name="number" value="${seat}" maxlength="12" autocomplete="off"
      /></label>
      <label class="field grow"
        >${t("seating.who")}<select name="person">
          <option value="">${t("seating.free")}</option>
          ${people.map(([key, person]) => html`<option value="${key}" ?selected=${person.seat === seat}>${called(person)}${person.seat && person.seat !== seat ? ` – ${t("common.seat", { seat: person.seat })}` : ""}</option>`)}
        </select></label
      >
      <button type="button" class="btn danger" data-do="remove-seat">
        ${icon("trash")}${t("seating.remove_seat")}
      </button>
    </div>`;
  }

  /** @param {string} person */
  async place(person) {
    const seat = this.picked ?? "";
    const before = Object.keys(store.view?.people ?? {}).find((key) => store.view?.people[key].seat === seat);
    if (person) await order("seating.place", { participant: person, seat });
    else if (before) await order("seating.place", { participant: before });
  }

  /** @param {string} number */
  async rename(number) {
    const seat = this.picked ?? "";
    if (number && number !== seat && (await order("seating.rename", { seat, number }))) this.picked = number;
    this.update(true);
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} seat */
  key(event, seat) {
    const way = WAYS[event.key];
    const place = store.view?.seating.places[seat.dataset.seat ?? ""];
    if (!way || !place) return;
    event.preventDefault();
    const far = STEP * (event.shiftKey ? 5 : 1);
    void order(
      "seating.move",
      { seat: seat.dataset.seat, ...within(place.x + way[0] * far, place.y + way[1] * far) },
      `seat-${seat.dataset.seat}`,
    );
  }

  /** A seat under a finger goes with it; the server is told where it was left. @param {PointerEvent} down @param {HTMLElement} seat */
  drag(down, seat) {
    const plan = seat.parentElement?.getBoundingClientRect();
    const place = store.view?.seating.places[seat.dataset.seat ?? ""];
    if (!plan || !place || down.button) return;
    seat.setPointerCapture(down.pointerId);
    /** @type {{x: number, y: number} | null} */
    let to = null;
    const move = (/** @type {PointerEvent} */ event) => {
      const [right, under] = [event.clientX - down.clientX, event.clientY - down.clientY];
      if (!this.moving && Math.hypot(right, under) < 6) return;
      this.moving = true;
      to = within(place.x + (right / plan.width) * WIDTH, place.y + (under / plan.height) * DEPTH);
      seat.style.left = `${(100 * to.x) / WIDTH}%`;
      seat.style.top = `${(100 * to.y) / DEPTH}%`;
    };
    const end = async (/** @type {PointerEvent} */ event) => {
      for (const [name, listener] of /** @type {const} */ ([
        ["pointermove", move],
        ["pointerup", end],
        ["pointercancel", end],
      ]))
        seat.removeEventListener(name, /** @type {EventListener} */ (listener));
      if (to && event.type === "pointerup") await order("seating.move", { seat: seat.dataset.seat, ...to });
      this.moving = false;
      this.update(true);
    };
    seat.addEventListener("pointermove", move);
    seat.addEventListener("pointerup", end);
    seat.addEventListener("pointercancel", end);
  }
}

/** On the grid of the plan, and on the plan. @param {number} x @param {number} y */
function within(x, y) {
  const on = (/** @type {number} */ value, /** @type {number} */ most) =>
    Math.min(most, Math.max(0, Math.round(value / STEP) * STEP));
  return { x: on(x, WIDTH), y: on(y, DEPTH) };
}
