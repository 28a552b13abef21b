// The tick of a page: once a second, at the same moment on every device, so that all clocks in a room change together.

import { store } from "./store.js";

/** @type {Set<() => void>} */
const watchers = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Milliseconds until the next tick: just after the clock of a speech changes its second.
 * @param {number} now server time @param {number} [began] when that clock last started
 */
export const untilTick = (now, began = 0) => 1_000 - ((((now - began - MARGIN) % 1_000) + 1_000) % 1_000);

const MARGIN = 20; // after the change, for timers that come a little early

function tick() {
  for (const watcher of [...watchers]) watcher();
  timer = watchers.size ? setTimeout(tick, untilTick(store.now(), store.view?.floor?.speech?.resumed_at)) : undefined;
}

/** @param {() => void} watcher @param {AbortSignal} signal */
export function watchTick(watcher, signal) {
  watchers.add(watcher);
  signal.addEventListener("abort", () => watchers.delete(watcher));
  timer ??= setTimeout(tick, untilTick(store.now()));
}
