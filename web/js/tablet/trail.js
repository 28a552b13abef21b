// The way a reader has come: jumps through papers, back and forward again. Pure.

/** @typedef {{paper: string, page: number}} Spot */

const MOST = 50; // spots remembered

export class Trail {
  constructor() {
    /** @type {Spot[]} */
    this.past = [];
    /** @type {Spot[]} */
    this.future = [];
  }

  /** The reader leaves a spot for another, further than the next page. @param {Spot} from @param {Spot} to */
  jump(from, to) {
    if (isSame(from, to)) return;
    this.future = [];
    if (!isSame(this.past.at(-1), from)) this.past = [...this.past, from].slice(-MOST);
  }

  /** @param {Spot | null} here @param {(spot: Spot) => boolean} open whether it may still be read @returns {Spot | null} where to go */
  back(here, open) {
    return step(this.past, this.future, here, open);
  }

  /** @param {Spot | null} here @param {(spot: Spot) => boolean} open @returns {Spot | null} */
  forward(here, open) {
    return step(this.future, this.past, here, open);
  }
}

/** @param {Spot[]} from @param {Spot[]} to @param {Spot | null} here @param {(spot: Spot) => boolean} open */
function step(from, to, here, open) {
  for (let spot = from.pop(); spot; spot = from.pop()) {
    if (!open(spot) || isSame(spot, here)) continue;
    if (here) to.push(here);
    return spot;
  }
  return null;
}

/** @param {Spot | null | undefined} one @param {Spot | null | undefined} other */
const isSame = (one, other) => !!one && one.paper === other?.paper && one.page === other.page;
