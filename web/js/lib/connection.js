// Connection: the websocket that is always coming back. Reconnection is no special case: say what we have, get the rest.

import { Offset } from "./offset.js";
import { store } from "./store.js";

const SILENCE = 12_000; // ms without a frame: the line is dead, whatever the browser says
const SILENCE_ON_RETURN = 3_000; // the same when the page becomes visible again: a sleeping tablet's socket often is
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5_000;

/** @typedef {(frame: Record<string, any>) => void} Listener */

class Connection {
  constructor() {
    /** @type {WebSocket | null} */
    this.socket = null;
    this.heard = 0;
    this.pause = FIRST_PAUSE;
    this.refused = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.retry = undefined;
    /** @type {Listener[]} */
    this.listeners = [];
    /** @type {(() => void)[]} */
    this.openers = [];
    this.offset = new Offset();
  }

  /** @param {Listener} listener */
  onFrame(listener) {
    this.listeners.push(listener);
  }

  /** @param {() => void} opener called when the server has shown us the meeting again */
  onOpen(opener) {
    this.openers.push(opener);
  }

  start() {
    this.connect();
    setInterval(() => this.check(SILENCE), 2_000);
    const back = () => document.visibilityState === "visible" && this.check(SILENCE_ON_RETURN);
    document.addEventListener("visibilitychange", back);
    window.addEventListener("pageshow", back);
    window.addEventListener("online", () => this.again());
    window.addEventListener("offline", () => this.lost());
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN && store.line === "open";
  }

  /** @param {unknown} message @returns {boolean} whether it went out */
  send(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  connect() {
    clearTimeout(this.retry);
    if (store.line === "ended") return;
    this.drop();
    const { meeting, participant } = document.body.dataset;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/m/${meeting}/${participant}/live`);
    this.socket = socket;
    this.heard = Date.now();
    this.refused = true; // until it opens
    // Handlers of a former socket do nothing: `this.socket` is then another one.
    const ours = () => this.socket === socket;
    socket.onopen = () => ours() && this.hello();
    socket.onmessage = (event) => ours() && this.take(JSON.parse(event.data));
    socket.onclose = (event) => ours() && this.closed(event);
  }

  drop() {
    const old = this.socket;
    this.socket = null;
    old?.close();
  }

  /** A browser does not say why a socket was refused: a session may have ended while this device was away. */
  async ask() {
    try {
      const { status } = await fetch(location.pathname, {
        method: "HEAD",
        headers: { Accept: "application/json" },
        cache: "no-store",
      });
      if (status === 401 || status === 404) store.set({ line: "ended" });
    } catch {
      // no network: asked again
    }
  }

  hello() {
    this.refused = false;
    const have = store.epoch === null ? {} : { have: store.version, epoch: store.epoch };
    this.send({ hello: 1, ...have });
  }

  /** @param {Record<string, any>} frame */
  take(frame) {
    this.heard = Date.now();
    if (frame.now) store.offset = this.offset.hear(frame.now, Date.now());
    if ("hello" in frame) this.welcome(frame);
    else if ("patch" in frame) this.patch(frame);
    else if ("me" in frame) store.set({ me: frame.me });
    else if ("presence" in frame) store.set({ presence: frame.presence });
    else if ("pulse" in frame) this.pulse(frame);
    for (const listener of this.listeners) listener(frame);
  }

  /** @param {Record<string, any>} frame */
  welcome(frame) {
    this.pause = FIRST_PAUSE;
    store.epoch = frame.epoch;
    store.me = frame.me;
    if (frame.view) store.show(frame.view, frame.version);
    store.set({ line: "open", lostAt: 0 });
    for (const opener of this.openers) opener();
  }

  /** @param {Record<string, any>} frame */
  patch(frame) {
    if (frame.from === store.version) store.apply(frame.patch, frame.version);
    else if (frame.version > store.version) this.hello();
  }

  /** @param {Record<string, any>} frame */
  pulse(frame) {
    store.offset = this.offset.hear(frame.pulse, Date.now());
    if (frame.version > store.version) this.hello();
  }

  /** @param {number} silence */
  check(silence) {
    if (store.line !== "ended" && Date.now() - this.heard > silence) this.again();
  }

  again() {
    if (store.line === "ended") return;
    this.lost();
    this.connect();
  }

  lost() {
    if (store.line === "open") store.set({ line: "lost", lostAt: Date.now() });
  }

  /** @param {CloseEvent} event */
  closed(event) {
    this.socket = null;
    if (event.code === 4401 || event.code === 4403) {
      store.set({ line: "ended" });
      return;
    }
    this.lost();
    if (this.refused) void this.ask();
    // Full jitter: a thousand tablets must not come back in the same instant. A restarting server is back in a moment.
    const most = event.code === 1012 ? FIRST_PAUSE : this.pause;
    this.retry = setTimeout(() => this.connect(), 50 + Math.random() * most);
    this.pause = Math.min(this.pause * 1.7, LONGEST_PAUSE);
  }
}

export const connection = new Connection();
