// The tablet stays awake while a meeting is in session, where the browser allows it.

import { store } from "../lib/store.js";

/** @type {WakeLockSentinel | null} */
let lock = null;

async function wake() {
  const wanted = store.view?.meeting.phase === "in_session" && document.visibilityState === "visible";
  if (!wanted) return lock?.release().catch(() => {});
  if (lock && !lock.released) return;
  try {
    lock = (await navigator.wakeLock?.request("screen")) ?? null;
  } catch {
    // a battery that is low, a browser that wants a touch first: tried again at the next
  }
}

/** Called once by the page. */
export function stayAwake() {
  let phase = "";
  store.watch(() => {
    const now = store.view?.meeting.phase ?? "";
    if (now === phase) return;
    phase = now;
    void wake();
  }, new AbortController().signal);
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("pointerup", wake, { passive: true });
}
