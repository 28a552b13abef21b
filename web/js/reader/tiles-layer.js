// Deep zoom: over the widest image of the page, the part that is seen, sharper. Each square hangs once it is decoded, so
// that nothing is ever blank; where they are not to be had the image stays.

import { tiledWidth, tilesIn } from "./tiles.js";

/** @typedef {import("./tiles.js").Tile} Tile */
/** @typedef {import("./tiles.js").Size} Size */
/** @typedef {import("./tiles.js").Point} Point */

const REST = 120; // ms without moving
const AT_ONCE = 3;

export class TilesLayer {
  /** @param {import("./page-reader.js").PageReader} reader */
  constructor(reader) {
    this.reader = reader;
    this.main = new PageTiles(reader.image);
    /** @type {Map<string, PageTiles>} of the pages beside it, by revision and page */
    this.beside = new Map();
    /** @type {Set<string>} revisions that have none */
    this.without = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    reader.addEventListener("moved", () => this.soon());
    reader.addEventListener("shown", () => this.main.clear());
  }

  soon() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.look(), REST);
  }

  look() {
    const { shown, companions, size } = this.reader;
    for (const [key, tiles] of this.beside) {
      if (companions.here.has(key)) continue;
      tiles.clear();
      this.beside.delete(key);
    }
    if (!shown) return this.main.clear();
    this.draw(this.main, shown.revision, { page: shown.page, x: 0, y: 0, width: size.width, height: size.height });
    for (const beside of companions.all) this.draw(this.of(`${shown.revision}/${beside.page}`), shown.revision, beside);
  }

  /** @param {string} key of a page beside the one that is read */
  of(key) {
    const found = this.beside.get(key);
    const image = this.reader.companions.here.get(key)?.image;
    if (!image || found?.frame.parentElement === image) return found;
    const made = new PageTiles(image);
    this.beside.set(key, made);
    return made;
  }

  /** @param {PageTiles | undefined} tiles @param {string} revision @param {import("./layouts.js").Beside} page its corner from that of the page that is read */
  draw(tiles, revision, page) {
    const { place, view } = this.reader;
    const width = this.without.has(revision) ? 0 : tiledWidth(page.width * place.scale, window.devicePixelRatio);
    const seen = {
      x: -place.x / place.scale - page.x,
      y: -place.y / place.scale - page.y,
      width: view.width / place.scale,
      height: view.height / place.scale,
    };
    void tiles
      ?.look(`${revision}/${page.page}`, width, page, seen)
      .then((known) => known || this.without.add(revision));
  }
}

/** The squares of one page. */
class PageTiles {
  /** @param {HTMLElement} image over which they hang */
  constructor(image) {
    this.frame = image.appendChild(document.createElement("div"));
    this.frame.className = "page-tiles";
    /** @type {Map<string, HTMLImageElement>} what hangs, by width, column and row */
    this.hung = new Map();
    this.round = 0; // counts looks: what was wanted before is not brought any more
  }

  clear() {
    this.round += 1;
    for (const key of [...this.hung.keys()]) this.drop(key);
  }

  /** @param {string} page revision and page @param {number} width pixels; 0: none @param {Size} size @param {Size & Point} seen in points of the page @returns {Promise<boolean>} false: there are none of this paper */
  async look(page, width, size, seen) {
    if (!width) return (this.clear(), true);
    const round = (this.round += 1);
    const wanted = new Map(tilesIn(width, size, seen).map((tile) => [`${width}/${tile.column}/${tile.row}`, tile]));
    for (const key of [...this.hung.keys()]) if (!wanted.has(key) && key.startsWith(`${width}/`)) this.drop(key);
    const list = [...wanted].filter(([key]) => !this.hung.has(key));
    let known = true;
    const bring = async () => {
      for (let next = list.shift(); next && round === this.round; next = list.shift()) {
        const [key, tile] = next;
        const image = await bringTile(`${page}/${key}`).catch(() => null);
        if (round !== this.round) return;
        if (image) this.hang(key, image, tile, size);
        else if (image === undefined) known = false;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, bring));
    // Those of another width lie under the new ones until all of these are here.
    if (round === this.round) for (const key of [...this.hung.keys()]) if (!wanted.has(key)) this.drop(key);
    return known;
  }

  /** @param {string} key @param {HTMLImageElement} image @param {Tile} tile @param {Size} size */
  hang(key, image, { x, y, width, height }, size) {
    const part = (/** @type {number} */ length, /** @type {number} */ of) => `${(100 * length) / of}%`;
    Object.assign(image.style, {
      left: part(x, size.width),
      top: part(y, size.height),
      width: part(width, size.width),
      height: part(height, size.height),
    });
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
