// Moving rows of a list by a grip, with mouse, pen or finger; the row under it shows where it would go.

/**
 * @param {HTMLElement} root holds the rows, marked data-row="id", each with a .grip
 * @param {PointerEvent} down @param {HTMLElement} grip
 * @param {(row: string, over: string, after: boolean) => void} dropped
 */
export function dragRow(root, down, grip, dropped) {
  const row = grip.closest("[data-row]");
  if (!(row instanceof HTMLElement)) return;
  down.preventDefault();
  grip.setPointerCapture(down.pointerId);
  row.classList.add("dragged");
  /** @type {{over: string, after: boolean} | null} */
  let target = null;
  const mark = (/** @type {Element | null} */ element, after = false) => {
    for (const each of root.querySelectorAll(".above, .below")) each.classList.remove("above", "below");
    element?.classList.add(after ? "below" : "above");
  };
  const move = (/** @type {PointerEvent} */ event) => {
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-row]");
    if (!(over instanceof HTMLElement) || !root.contains(over)) return;
    const box = over.getBoundingClientRect();
    target = { over: over.dataset.row ?? "", after: event.clientY > box.top + box.height / 2 };
    mark(over, target.after);
  };
  const end = (/** @type {PointerEvent} */ event) => {
    grip.removeEventListener("pointermove", move);
    grip.removeEventListener("pointerup", end);
    grip.removeEventListener("pointercancel", end);
    row.classList.remove("dragged");
    mark(null);
    const key = row.dataset.row ?? "";
    if (target && event.type === "pointerup" && target.over !== key) dropped(key, target.over, target.after);
  };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", end);
  grip.addEventListener("pointercancel", end);
}

/**
 * The row before which a row goes: undefined means last, null that it stays where it is.
 * @param {string[]} rows @param {string} row @param {string} over @param {boolean} after @returns {string | undefined | null}
 */
export function placeBefore(rows, row, over, after) {
  const others = rows.filter((key) => key !== row);
  const before = others[others.indexOf(over) + (after ? 1 : 0)];
  return rows[rows.indexOf(row) + 1] === before ? null : before;
}

/** One step up or down by key or button, in the same terms. @param {string[]} rows @param {string} row @param {"up" | "down"} way */
export function stepBefore(rows, row, way) {
  const at = rows.indexOf(row);
  if (way === "up") return at > 0 ? rows[at - 1] : null;
  return at < rows.length - 1 ? rows[at + 2] : null;
}
