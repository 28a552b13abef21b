// Keys of a laptop in a reader.

const STEP = 90; // px an arrow key scrolls
const SCREENFUL = 0.85; // of the height
const CLOSER = 1.25;

/** @param {import("./page-reader.js").PageReader} reader @returns {Record<string, () => void>} what each key does */
export function keyActs(reader) {
  const screenful = SCREENFUL * reader.view.height;
  /** @param {number} way */
  const on = (way) => reader.scrollDown(way * screenful) || reader.turn(way);
  return {
    ArrowRight: () => reader.turn(1),
    ArrowLeft: () => reader.turn(-1),
    ArrowDown: () => reader.scrollDown(STEP),
    ArrowUp: () => reader.scrollDown(-STEP),
    PageDown: () => on(1),
    PageUp: () => on(-1),
    Home: () => reader.turnTo(1),
    End: () => reader.turnTo(reader.shown?.pages ?? 1),
    "+": () => reader.zoomBy(CLOSER),
    "=": () => reader.zoomBy(CLOSER),
    "-": () => reader.zoomBy(1 / CLOSER),
    0: () => reader.fit(),
  };
}
