// What every live page does first: words, then the line.

import "../offline/leaving.js";
import { DeviceNotice } from "../devices/device-notice.js";
import { startSignals } from "../presenting/signals.js";
import { startCommands } from "./commands.js";
import { connection } from "./connection.js";
import { store } from "./store.js";
import { loadWords, useAddress } from "./words.js";

/** @param {() => void} [define] defines the page's elements, once the words are there */
export async function startPage(define) {
  await loadWords();
  define?.();
  customElements.define("device-notice", DeviceNotice);
  startCommands();
  startSignals();
  connection.onFrame((frame) => {
    if (frame.signal === "rendering") {
      store.set({ rendering: { ...store.rendering, [frame.with.revision]: frame.with } });
    }
  });
  store.watch(() => store.view && useAddress(store.view.meeting.address), new AbortController().signal);
  connection.start();
}
