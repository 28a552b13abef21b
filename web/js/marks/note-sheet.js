// A note: its words, its colour; kept while they are typed.

import { freshId } from "../lib/commands.js";
import { html } from "../lib/html.js";
import { openSheet } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { marks } from "./marks.js";
import { COLOURS } from "./tools.js";

/** @typedef {import("./types").Mark} Mark */

const PAUSE = 600; // ms without a key after which what is typed is kept

/** @param {string} id "" for a new one @param {{place: {paper: string, revision: string, page: number}, body: import("./types").Body}} [fresh] */
export function openNote(id, fresh) {
  const before = marks.book.get(id) ?? null;
  /** @type {Mark | undefined} */
  let note = before ?? (fresh && { ...fresh.place, id: freshId(), kind: "note", body: fresh.body, at: 0 });
  if (!note) return;
  let gone = false;
  const dialog = openSheet(
    html`<form method="dialog">
      <h2>${t(before ? "marks.note" : "marks.note_new")}</h2>
      <div class="field">
        <label for="note-text">${t("marks.note_text", { page: note.page })}</label>
        <textarea id="note-text" name="text" rows="6" maxlength="4000">${note.body?.text ?? ""}</textarea>
        <span class="hint">${t("marks.only_you")}</span>
      </div>
      <fieldset class="swatches">
        <legend class="sr">${t("marks.colour")}</legend>
        ${COLOURS.note.map(
          (colour) =>
            html`<label class="swatch light" data-colour="${colour}"
              ><input type="radio" name="colour" value="${colour}" ?checked=${colour === note?.body?.colour} /><i></i
              ><span class="sr">${t(`marks.colour.${colour}`)}</span></label
            >`,
        )}
      </fieldset>
      <div class="actions">
        ${before ? html`<button class="btn danger" data-act="delete">${t("marks.delete")}</button><span class="grow"></span>` : ""}
        <button class="btn strong" data-act="done">${t("common.done")}</button>
      </div>
    </form>`,
    (name) => {
      gone = name === "delete";
    },
  );
  const text = /** @type {HTMLTextAreaElement} */ (dialog.querySelector("textarea"));
  const current = () => {
    const colour = String(
      new FormData(/** @type {HTMLFormElement} */ (dialog.querySelector("form"))).get("colour") ?? note?.body?.colour,
    );
    return /** @type {Mark} */ ({
      .../** @type {Mark} */ (note),
      body: { ...note?.body, colour, text: text.value.slice(0, 4_000) },
    });
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  dialog.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      note = current();
      if (note.body?.text?.trim()) marks.apply([{ id: note.id, becomes: note }]);
    }, PAUSE);
  });
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    const after = gone || !text.value.trim() ? null : current();
    const changed = JSON.stringify(after?.body) !== JSON.stringify(before?.body);
    const { id: key } = /** @type {Mark} */ (note);
    if (changed) marks.apply([{ id: key, becomes: after }]);
    if (changed && (before || after)) marks.history.did([[before, after]]);
  });
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
}
