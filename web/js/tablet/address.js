// An address that leads to a place in the meeting, as what was found in all meetings does: #paper=…&page=…&q=… or #item=….

import { store } from "../lib/store.js";
import { finding } from "../search/finding.js";
import { jump } from "./place.js";
import { Reading } from "./reading.js";

/** Once, when the meeting is there; a page that is loaded again stays where its reader has gone since. */
export function startAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (!asked.get("paper") && !asked.get("item")) return;
  const arrived = new AbortController();
  store.watch(() => {
    if (!store.view || !store.me) return;
    arrived.abort();
    history.replaceState(null, "", location.pathname);
    document.querySelector("lobby-page")?.dispatchEvent(new Event("aside"));
    lead(asked);
  }, arrived.signal);
}

/** @param {URLSearchParams} asked */
function lead(asked) {
  const { view, me } = store;
  const paper = asked.get("paper");
  if (!paper) {
    document.querySelector("agenda-list")?.dispatchEvent(new CustomEvent("open", { detail: asked.get("item") }));
    return;
  }
  if (!view || !me || !Reading.papers(view, me)[paper]?.revision) return;
  const page = Number(asked.get("page")) || undefined;
  const words = asked.get("q");
  if (!words || !page) return jump(paper, page);
  void finding.search(words, null, () => store.changed());
  finding.open(paper, page);
}
