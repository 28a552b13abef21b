// Says on a tablet what came from the desk while the sheet was closed: a message, or how far a request is.

import { say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { called } from "../lib/people.js";
import { t } from "../lib/words.js";
import { desk } from "./desk.js";
import { threadOf } from "./threads.js";

/** Called once by the page. */
export function startTelling() {
  let known = store.desk;
  store.watch(() => {
    const [before, now] = [known, store.desk];
    known = now;
    if (before === now || !before.loaded || document.querySelector("my-support")) return;
    const states = Object.fromEntries(before.errands.map((each) => [each.id, each.state]));
    for (const each of now.errands) {
      if (states[each.id] && states[each.id] !== each.state && (each.state === "taken" || each.state === "done"))
        say(t(`support.told.${each.state}`, { what: each.text || t(`support.need.${each.need}`) }), "good");
    }
    const heard = new Set(before.messages.map((each) => each.id));
    const { view, me } = store;
    const fresh = now.messages.filter((each) => !heard.has(each.id) && each.from !== me?.id).at(-1);
    if (fresh && view && me)
      say(
        t("support.told.message", {
          name: threadOf(fresh, me, view.people) ? called(view.people[fresh.from]) : t("support.desk"),
          text: fresh.text,
        }),
      );
  }, new AbortController().signal);
  desk.start();
}
