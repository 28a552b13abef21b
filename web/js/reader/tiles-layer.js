// Deep zoom: over the widest image of the page, the part that is seen, sharper. Each square hangs once it is decoded, so
// that nothing is ever blank; where they are not to be had the image stays.

import { tiledWidth, tilesIn } from "./tiles.js";

/** @typedef {import("./tiles.js").Tile} Tile */

const REST = 120; // ms without moving
const AT_ONCE = 3;

export class TilesLayer {
  /** @param {import("./page-reader.js").PageReader} reader */
  constructor(reader) {
    this.reader = reader;
    this.frame = document.createElement("div");
    this.frame.className = "page-tiles";
    reader.image.append(this.frame);
    /** @type {Map<string, HTMLImageElement>} what hangs, by width, column and row */
    this.hung = new Map();
    /** @type {Set<string>} revisions that have none */
    this.without = new Set();
    this.round = 0; // counts looks: what was wanted before is not brought any more
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    reader.addEventListener("moved", () => this.soon());
    reader.addEventListener("shown", () => this.clear());
  }

  soon() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.look(), REST);
  }

  clear() {
    this.round += 1;
    for (const key of [...this.hung.keys()]) this.drop(key);
  }

  async look() {
    const { shown, place, view, size } = this.reader;
    const width = shown && !this.without.has(shown.revision) ? tiledWidth(size.width * place.scale, window.devicePixelRatio) : 0;
    if (!shown || !width) return this.clear();
    const round = (this.round += 1);
    const seen = { x: -place.x / place.scale, y: -place.y / place.scale, width: view.width / place.scale, height: view.height / place.scale };
    const wanted = new Map(tilesIn(width, size, seen).map((tile) => [`${width}/${tile.column}/${tile.row}`, tile]));
    for (const key of [...this.hung.keys()]) if (!wanted.has(key) && key.startsWith(`${width}/`)) this.drop(key);
    const list = [...wanted].filter(([key]) => !this.hung.has(key));
    const bring = async () => {
      for (let next = list.shift(); next && round === this.round; next = list.shift()) {
        const [key, tile] = next;
        const image = await bringTile(`${shown.revision}/${shown.page}/${key}`).catch(() => null);
        if (round !== this.round) return;
        if (image) this.hang(key, image, tile);
        else if (image === undefined) this.without.add(shown.revision);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, bring));
    // Those of another width lie under the new ones until all of these are here.
    if (round === this.round) for (const key of [...this.hung.keys()]) if (!wanted.has(key)) this.drop(key);
  }

  /** @param {string} key @param {HTMLImageElement} image @param {Tile} tile */
  hang(key, image, { x, y, width, height }) {
    const { size } = this.reader;
    const part = (/** @type {number} */ length, /** @type {number} */ of) => `${(100 * length) / of}%`;
    Object.assign(image.style, { left: part(x, size.width), top: part(y, size.height), width: part(width, size.width), height: part(height, size.height) });
    this.hung.set(key, image);
    this.frame.append(image);
  }

  /** @param {string} key */
  drop(key) {
    const image = this.hung.get(key);
    this.hung.delete(key);
    image?.remove();
    if (image) URL.revokeObjectURL(image.src);
  }
}

/** @param {string} what @returns {Promise<HTMLImageElement | undefined>} undefined: there are none of this paper */
async function bringTile(what) {
  const { meeting, participant } = document.body.dataset;
  const answer = await fetch(`/m/${meeting}/${participant}/tiles/${what}`);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(String(answer.status));
  const image = new Image();
  image.alt = "";
  image.draggable = false;
  image.decoding = "sync";
  image.src = URL.createObjectURL(await answer.blob());
  await image.decode();
  return image;
}
