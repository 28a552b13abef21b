// A finger that draws a selection to the edge of pages under each other moves them on, so that it reaches what is beyond.

import * as geometry from "./geometry.js";

const EDGE = 56; // px
const FASTEST = 0.9; // px a millisecond

export class AtEdge {
  /** @param {import("./page-reader.js").PageReader} reader @param {(at: geometry.Point) => void} moved the pages under the finger are others now */
  constructor(reader, moved) {
    this.reader = reader;
    this.moved = moved;
    /** @type {geometry.Point | null} */
    this.at = null;
    this.frame = 0;
  }

  /** @param {geometry.Point | null} at where the finger is; null: it was lifted */
  draw(at) {
    this.at = at;
    if (this.speed && !this.frame) this.step(performance.now());
  }

  /** px a millisecond, down is positive; 0: not at an edge. */
  get speed() {
    const { at, reader } = this;
    if (!at || reader.layoutNow !== "scroll") return 0;
    const beyond = Math.max(at.y - (reader.view.height - EDGE), 0) - Math.max(EDGE - at.y, 0);
    return FASTEST * Math.max(-1, Math.min(beyond / EDGE, 1));
  }

  /** @param {number} last */
  step(last) {
    this.frame = requestAnimationFrame((now) => {
      const { reader, at, speed } = this;
      this.frame = 0;
      if (!at || !speed) return reader.settle(reader.place);
      reader.put(
        geometry.held(
          { ...reader.place, y: reader.place.y - speed * Math.min(now - last, 64) },
          reader.view,
          reader.size,
        ),
      );
      this.moved(at);
      this.step(now);
    });
  }
}
