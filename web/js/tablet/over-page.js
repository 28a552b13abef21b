// What lies over the page on a tablet, beside ink: its words.

import { Selecting } from "../reader/selecting.js";
import { WordsLayer } from "../reader/words-layer.js";

/** @param {import("../reader/page-reader.js").PageReader} reader */
export function layOver(reader) {
  const words = new WordsLayer(reader);
  new Selecting(reader, words);
}
