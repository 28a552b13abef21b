// A new plan from a few numbers: the shape of the tables, how many seats; filled by precedence if wished.

import { order } from "../console/order.js";
import { html, icon } from "../lib/html.js";
import { actions, openSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { total, usual } from "./plan.js";
import { attends } from "../lib/people.js";

/** @typedef {import("../lib/types").SeatShape} SeatShape */

const SHAPES = /** @type {SeatShape[]} */ (["u", "round", "rows", "classroom"]);
const NUMBERS = /** @type {const} */ (["head", "rows", "columns"]);

export function openShapes() {
  const { view } = store;
  if (!view) return;
  const people = Object.values(view.people).filter((person) => attends(person)).length;
  const shape = view.seating.shape ?? "u";
  const form = usual(shape, people);
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t("seating.make")}</h2>
      ${view.seating.shape ? html`<p class="note warn row">${icon("info")}<span>${t("seating.make.again")}</span></p>` : ""}
      <fieldset class="kinds two">
        <legend class="label">${t("seating.shape")}</legend>
        ${SHAPES.map((each) => html`<label class="check"><input type="radio" name="shape" value="${each}" ?checked=${each === shape} />${icon(`seats-${each}`)}<b>${t(`seating.shape.${each}`)}</b></label>`)}
      </fieldset>
      <div class="three-numbers">
        ${NUMBERS.map((name) => html`<div class="field of-${name}"><label for="s-${name}">${t(`seating.${name}`)}</label><input id="s-${name}" name="${name}" type="number" inputmode="numeric" min="0" max="120" value="${form[name]}" /></div>`)}
      </div>
      <p role="status" class="soft sum">${sum(total(form), people)}</p>
      <label class="check"><input type="checkbox" name="fill" checked />${t("seating.make.fill")}</label
      >${actions("make", t("seating.make.do"))}
    </form>`,
    async (name, values) => {
      if (name !== "make") return undefined;
      if (!(await order("seating.arrange", read(values)))) return false;
      return values.has("fill") ? order("seating.fill", { keep: false }) : undefined;
    },
  );
  dialog.classList.add("shapes");
  const fields = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  fields.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "shape") {
      const now = usual(/** @type {SeatShape} */ (event.target.value), people);
      for (const name of NUMBERS)
        /** @type {HTMLInputElement} */ (fields.elements.namedItem(name)).value = String(now[name]);
    }
    /** @type {HTMLElement} */ (fields.querySelector(".sum")).textContent = sum(
      total(read(new FormData(fields))),
      people,
    );
  });
}

/** @param {number} seats @param {number} people */
const sum = (seats, people) => t(seats < people ? "seating.make.too_few" : "seating.make.sum", { seats, people });

/** @param {FormData} values */
function read(values) {
  const number = (/** @type {string} */ name) => Math.min(120, Math.max(0, Math.round(Number(values.get(name)) || 0)));
  return {
    shape: /** @type {SeatShape} */ (String(values.get("shape"))),
    head: number("head"),
    rows: number("rows"),
    columns: number("columns"),
  };
}
