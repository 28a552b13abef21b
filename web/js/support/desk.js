// The line to the secretariat's desk: what was asked and said, kept on the server; what cannot be sent yet waits here.

import { freshId } from "../lib/commands.js";
import { connection } from "../lib/connection.js";
import { say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { threads } from "./threads.js";

/** @typedef {import("../lib/types").Desk} DeskShown */

const LOOK = 60_000; // ms; of several servers only one knows that there is something
const AGAIN = 4_000; // ms until what could not be sent is tried again

const address = () => `/m/${document.body.dataset.meeting}/${document.body.dataset.participant}/support`;

class Desk {
  /** @type {Record<string, any>[]} in the order in which they were given */
  waiting = [];
  sending = false;

  start() {
    connection.onOpen(() => {
      void this.load();
      void this.flush();
    });
    setInterval(() => document.visibilityState === "visible" && connection.isOpen && void this.load(), LOOK);
    connection.onFrame((frame) => frame.signal === "support" && void this.load());
  }

  async load() {
    try {
      const answer = await fetch(address(), { headers: { Accept: "application/json" } });
      if (answer.ok) this.take(await answer.json());
    } catch {
      // no network: asked again when the line is open
    }
  }

  /** @param {DeskShown} shown */
  take(shown) {
    store.set({ desk: { ...shown, loaded: true } });
  }

  /** What waits and what was read is drawn with what is known. */
  changed() {
    store.set({ desk: { ...store.desk } });
  }

  /** @param {"ask" | "move" | "say"} what @param {Record<string, any>} args */
  send(what, args) {
    this.waiting.push({ [what]: { id: freshId(), ...args } });
    this.changed();
    void this.flush();
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    while (this.waiting.length && (await this.deliver(this.waiting[0]))) this.waiting.shift();
    this.sending = false;
    this.changed();
    if (this.waiting.length) setTimeout(() => void this.flush(), AGAIN);
  }

  /** @param {Record<string, any>} body @returns {Promise<boolean>} whether that is settled, one way or the other */
  async deliver(body) {
    try {
      const answer = await fetch(address(), {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
      });
      if (answer.ok) this.take(await answer.json());
      else if (answer.status === 409) say((await answer.json()).text, "warn");
      return answer.status < 500;
    } catch {
      return false;
    }
  }

  /** When each conversation was last read on this device. @returns {Record<string, number>} */
  get read() {
    try {
      return JSON.parse(localStorage.getItem(`read:${address()}`) ?? "{}");
    } catch {
      return {};
    }
  }

  /** @param {string} peer */
  markRead(peer) {
    const thread = this.threads().find((each) => each.peer === peer);
    if (!thread?.unread) return;
    try {
      localStorage.setItem(`read:${address()}`, JSON.stringify({ ...this.read, [peer]: thread.at }));
    } catch {
      return; // storage may be forbidden: it counts as new until the page is closed
    }
    this.changed();
  }

  threads() {
    const { view, me } = store;
    return view && me ? threads(store.desk.messages, me, view.people, this.read) : [];
  }

  get unread() {
    return this.threads().reduce((sum, thread) => sum + thread.unread, 0);
  }
}

export const desk = new Desk();
