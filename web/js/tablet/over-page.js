// What lies over the page on a tablet, its words, its links, one's marks.

import { html } from "../lib/html.js";
import { copyText } from "../lib/clipboard.js";
import { openSheet, say } from "../lib/sheet.js";
import { t } from "../lib/words.js";
import { pens } from "../marks/pens.js";
import { tools } from "../marks/tools.js";
import { LinksLayer } from "../reader/links-layer.js";
import { TilesLayer } from "../reader/tiles-layer.js";
import { Selecting } from "../reader/selecting.js";
import { WordsLayer } from "../reader/words-layer.js";
import { FoundLayer } from "../search/found-layer.js";

/** @param {import("../reader/page-reader.js").PageReader} reader */
export function layOver(reader) {
  new TilesLayer(reader);
  const words = new WordsLayer(reader);
  new LinksLayer(reader, words, () => !tools.open);
  new FoundLayer(reader, words);
  new Selecting(reader, words);
  pens.lay(reader);
  // A photograph or a scan is not shown in negative at night.
  for (const name of ["words", "shown"])
    reader.addEventListener(name, () => words.text && reader.classList.toggle("pictured", !!words.text.picture));
  reader.addEventListener("outside", (event) => outside(/** @type {CustomEvent} */ (event).detail.address));
}

/** The room has no internet: an address is shown, not opened. @param {string} address */
function outside(address) {
  openSheet(
    html`<form method="dialog">
      <h2>${t("reader.outside")}</h2>
      <p class="address">${address}</p>
      <p class="hint">${t("reader.outside.hint")}</p>
      <div class="actions">
        <button class="btn" type="button" data-act="copy">${t("reader.copy")}</button
        ><button class="btn strong" data-act="">${t("common.close")}</button>
      </div>
    </form>`,
    async (name) => {
      if (name !== "copy") return;
      const done = await copyText(address);
      say(t(done ? "reader.copied" : "reader.not_copied"), done ? "good" : "warn");
    },
  );
}
