// Which place of one revision is beside which of the other: what was found in both, and evenly between. Pure.

/** A place in a paper: page, and points from its top. @typedef {[number, number]} At */
/** @typedef {{kind: "added" | "removed" | "replaced" | "moved" | "picture", page: number, at: At, at_before: At, was?: string, now?: string, boxes?: Record<string, number[][]>, boxes_before?: Record<string, number[][]>}} Change */
/** Heights along two strips of pages. @typedef {[number, number]} Pair */

/**
 * Pairs of heights in order, from top to bottom of both strips.
 * @param {Change[]} changes @param {(at: At) => number} before height of a place in the older strip @param {(at: At) => number} after in the newer @param {Pair} ends their whole heights
 * @returns {Pair[]}
 */
export function pairs(changes, before, after, ends) {
  /** @type {Pair[]} */
  const found = [[0, 0]];
  for (const { kind, at, at_before: was } of changes) {
    if (kind === "moved" || kind === "picture") continue; // they stand elsewhere
    const [x, y] = [before(was), after(at)];
    const [left, right] = /** @type {Pair} */ (found.at(-1));
    if (x > left && y > right && x < ends[0] && y < ends[1]) found.push([x, y]);
  }
  return [...found, ends];
}

/** The height in the other strip. @param {Pair[]} all @param {number} height @param {0 | 1} from which strip it is in */
export function beside(all, height, from) {
  const to = 1 - from;
  const next = all.findIndex((pair) => pair[from] > height);
  const [start, end] = next > 0 ? [all[next - 1], all[next]] : all.slice(-2);
  const part =
    end[from] > start[from] ? Math.min(1, Math.max(0, (height - start[from]) / (end[from] - start[from]))) : 0;
  return start[to] + part * (end[to] - start[to]);
}
