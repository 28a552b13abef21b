// Paced: the newest of what is given, at most once every so many milliseconds. No DOM; tested without a browser.

/** @template T */
export class Paced {
  /** @param {number} pause ms @param {(newest: T) => void} act @param {(act: () => void, ms: number) => unknown} [later] */
  constructor(pause, act, later = (next, ms) => setTimeout(next, ms)) {
    this.pause = pause;
    this.act = act;
    this.later = later;
    /** @type {T[]} none or one */
    this.newest = [];
    this.resting = false;
  }

  /** @param {T} what */
  give(what) {
    this.newest = [what];
    if (!this.resting) this.go();
  }

  go() {
    const [newest] = this.newest;
    this.resting = this.newest.length > 0;
    if (!this.resting) return;
    this.newest = [];
    this.act(newest);
    this.later(() => this.go(), this.pause);
  }
}
