// The room screen: no controls; it shows what the meeting is doing.

import { SpeechChime } from "../floor/speech-chime.js";
import { startPage } from "../lib/page.js";
import { PageReader } from "../reader/page-reader.js";
import { RoomScreen } from "./room-screen.js";

await startPage(() => {
  customElements.define("page-reader", PageReader);
  customElements.define("room-screen", RoomScreen);
  customElements.define("speech-chime", SpeechChime);
});

/** A wall that goes dark in the middle of a vote helps nobody; on plain http the browser does not offer this. */
async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // refused: the screen's own settings decide
  }
}
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void stayAwake());
void stayAwake();
