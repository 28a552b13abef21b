// A candidate's photograph beside the name: the name says who it is, the picture says nothing more. Where one of a list has a
// photograph all have the same room for one, so that nobody stands out by lacking it.

import { html, icon } from "../lib/html.js";

/** @param {string} key @param {import("../lib/types").Vote} vote @param {string} option */
export function portrait(key, vote, option) {
  const { photo } = vote.options[option];
  if (photo !== undefined)
    return html`<img
      class="portrait"
      src="photos/${encodeURIComponent(key)}/${encodeURIComponent(option)}?at=${photo}"
      alt=""
      width="60"
      height="80"
      decoding="async"
    />`;
  return Object.values(vote.options).some((other) => other.photo !== undefined)
    ? html`<span class="portrait none" aria-hidden="true">${icon("person")}</span>`
    : "";
}
