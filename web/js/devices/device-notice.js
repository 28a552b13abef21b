// <device-notice>: another device has come in with one's code; for chair and secretary, who has said it was not theirs.

import { order } from "../console/order.js";
import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { called } from "../lib/people.js";
import { confirmed, say } from "../lib/sheet.js";
import { clock, t } from "../lib/words.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

export class DeviceNotice extends ViewElement {
  static watch = ["devices", "people", "me"];

  started() {
    this.onDo("own", (button) => void tell("accept", button.dataset.device ?? ""));
    this.onDo("disown", (button) => void disown(button.dataset.device ?? ""));
    this.onDo("settle", (button) => void order("devices.settle", { participant: button.dataset.person }));
  }

  /** @param {View} view @param {Me} me */
  draw(view, me) {
    const strangers = Object.entries(me.devices).filter(
      ([key, device]) => device.unknown && key !== document.body.dataset.device,
    );
    return html`${strangers.map(
      ([key, { what, at }]) =>
        html`<section class="card" role="alert" data-key="${key}">
          ${icon("device")}<span class="grow"
            ><b>${t("devices.arrived")}</b><br /><span class="soft"
              >${t("devices.arrived.what", { what: what || t("admin.device.unknown"), time: clock(at) })}</span
            ></span
          >
          <button class="btn danger" data-do="disown" data-device="${key}">${t("devices.not_me")}</button
          ><button class="btn" data-do="own" data-device="${key}">${t("devices.mine")}</button>
        </section>`,
    )}
    ${Object.entries(view.devices.disowned ?? {}).map(
      ([person, at]) =>
        html`<section class="card" role="alert" data-key="of-${person}">
          ${icon("info")}<span class="grow"
            ><b>${t("devices.disowned", { name: called(view.people[person]), time: clock(at) })}</b><br /><span
              class="soft"
              >${t("devices.disowned.text")}</span
            ></span
          >
          <button class="btn" data-do="settle" data-person="${person}">${t("devices.settle")}</button>
        </section>`,
    )}`;
  }
}

/** @param {string} device */
async function disown(device) {
  if (await confirmed(t("devices.disown"), t("devices.disown.text"), t("devices.disown"), "danger"))
    await tell("disown", device);
}

/** Over http: the server knows from the session which device is speaking. @param {string} what @param {string} device */
async function tell(what, device) {
  const address = location.pathname.replace(/[^/]*$/, "devices");
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ do: what, device }) }).catch(
    () => null,
  );
  if (!answer?.ok) say(t("common.dropped"), "warn");
}
