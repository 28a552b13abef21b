// Signing out empties this device first, also on plain http, where the server's word for it (Clear-Site-Data) counts nothing.
// Without the server nobody is signed out, so nothing is emptied; what would be lost with it is asked about.

import { confirmed, say } from "../lib/sheet.js";
import { hasWord, t } from "../lib/words.js";
import { emptyAll, emptyButUnsent } from "./emptying.js";

const PATIENCE = 3_000; // ms for what is still to be sent, and for the server to answer at all

/** What must be sent before everything is forgotten, and how much of it is on this device only. @type {{send: () => Promise<void>, left: () => number}[]} */
export const before = [];

document.addEventListener(
  "submit",
  (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (new URL(form.action).pathname !== "/sign-out") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void leave(form);
  },
  { capture: true },
);

/** @param {HTMLFormElement} form */
async function leave(form) {
  if (!hasWord("leaving.no_network")) {
    // A page without a meeting can send no marks.
    if (await isThere()) await emptyButUnsent();
    return form.submit();
  }
  if (!(await isThere())) return say(t("leaving.no_network"), "warn");
  await within(Promise.all(before.map((each) => each.send())));
  const lost = before.reduce((sum, each) => sum + each.left(), 0);
  if (lost && !(await confirmed(t("leaving.unsent"), t("leaving.lost", { n: lost }), t("common.sign_out")))) return;
  await emptyAll();
  form.submit();
}

async function isThere() {
  const answer = await within(fetch("/healthz", { cache: "no-store" }));
  return !!answer && answer.status < 500;
}

/** @template T @param {Promise<T>} asked @returns {Promise<T | undefined>} */
function within(asked) {
  return Promise.race([
    asked.catch(() => undefined),
    new Promise((late) => setTimeout(() => late(undefined), PATIENCE)),
  ]);
}
