// A picture of the place a mark has on a revision that was replaced.

import { address } from "../reader/images.js";
import { boxOf } from "./shapes.js";
import { shapesOf } from "./layer.js";

/** @typedef {import("./types").Mark} Mark */

const SVG = "http://www.w3.org/2000/svg";
const AROUND = 45; // points shown above and below
const TALLEST = 260; // points

/** Fills an empty element with a strip of the old page, the mark on it. @param {HTMLElement} frame @param {Mark} mark */
export async function showOldPlace(frame, mark) {
  const { meeting, participant } = document.body.dataset;
  const answer = await fetch(`/m/${meeting}/${participant}/words/${mark.revision}/${mark.page}`);
  if (!answer.ok) return;
  const { width, height } = await answer.json();
  const [, top, , bottom] = boxOf(mark);
  const from = Math.max(0, top - AROUND);
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 ${from} ${width} ${Math.min(bottom + AROUND, height, from + TALLEST) - from}`);
  const picture = document.createElementNS(SVG, "image");
  for (const [name, value] of Object.entries({
    href: address({ revision: mark.revision, page: mark.page, width: 1080 }),
    width,
    height,
  })) {
    picture.setAttribute(name, String(value));
  }
  drawing.append(picture, ...shapesOf(mark));
  frame.replaceChildren(drawing);
}
