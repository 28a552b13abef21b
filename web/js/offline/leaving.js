// Signing out empties this device first, also on plain http, where the server's word for it (Clear-Site-Data) counts nothing.

import { emptyAll } from "./emptying.js";

const PATIENCE = 3_000; // ms for what is still to be sent

/** What must be sent before everything is forgotten. @type {(() => Promise<unknown>)[]} */
export const before = [];

document.addEventListener(
  "submit",
  (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (new URL(form.action).pathname !== "/sign-out") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void leave().finally(() => form.submit());
  },
  { capture: true },
);

async function leave() {
  const sent = Promise.all(before.map((each) => each()));
  await Promise.race([sent.catch(() => {}), new Promise((late) => setTimeout(late, PATIENCE))]);
  await emptyAll();
}
