// Commands: what a person asks of the meeting. Each has an id of its own; a repeated one is done once by the server.

import { connection } from "./connection.js";
import { store } from "./store.js";

/** @typedef {import("./types").Answer} Answer */

/**
 * What happens to a command while there is no network:
 *  keep     waits for ever, also over a reload (ask to speak, check in)
 *  ballot   waits in memory only: a choice is never stored on a device
 *  control  dropped after ten seconds: a late tap must not turn a page of a meeting that has moved on
 * @typedef {"keep" | "ballot" | "control"} Patience
 */

const CONTROL_LIFE = 10_000;
const KEPT = "commands";

/** @typedef {{message: {id: string, do: string, with: Record<string, any>}, patience: Patience, at: number, slot?: string,
 *   answer: (answer: Answer) => void}} Waiting */

/** @type {Map<string, Waiting>} */
const waiting = new Map();

/** An id of 128 random bits; crypto.randomUUID does not exist on plain http. */
export function freshId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Give a command; resolves with the server's answer, or {dropped: true}.
 * `slot`: only the newest unsent command of a slot is worth sending (turning pages).
 * @param {string} name @param {Record<string, any>} [args] @param {{patience?: Patience, slot?: string}} [how]
 * @returns {Promise<Answer>}
 */
export function give(name, args = {}, { patience = "control", slot } = {}) {
  const message = { id: freshId(), do: name, with: args };
  return new Promise((answer) => {
    if (slot && !connection.isOpen) dropSlot(slot);
    waiting.set(message.id, { message, patience, at: Date.now(), slot, answer });
    changed();
    if (connection.isOpen) connection.send(message);
  });
}

/** @param {string} slot */
function dropSlot(slot) {
  for (const [id, entry] of waiting) if (entry.slot === slot) settle(id, { dropped: true });
}

/** @param {string} id @param {Answer} answer */
function settle(id, answer) {
  const entry = waiting.get(id);
  if (!entry) return;
  waiting.delete(id);
  changed();
  entry.answer(answer);
}

function changed() {
  store.set({ waiting: waiting.size });
  const kept = [...waiting.values()].filter((entry) => entry.patience === "keep").map((entry) => entry.message);
  try {
    sessionStorage.setItem(key(), JSON.stringify(kept));
  } catch {
    // storage may be full or forbidden; the command still waits in memory
  }
}

const key = () => `${KEPT}:${document.body.dataset.meeting}:${document.body.dataset.participant}`;

function dropStale() {
  const now = Date.now();
  for (const [id, entry] of waiting) {
    if (entry.patience === "control" && now - entry.at > CONTROL_LIFE) settle(id, { dropped: true, code: "dropped" });
  }
}

/** Whether a command of this name has no answer yet. @param {string} name */
export const isWaiting = (name) => [...waiting.values()].some(({ message }) => message.do === name);

/** Connects commands to the line; called once by the page. */
export function startCommands() {
  try {
    for (const message of JSON.parse(sessionStorage.getItem(key()) ?? "[]")) {
      waiting.set(message.id, { message, patience: "keep", at: Date.now(), answer: () => {} });
    }
  } catch {
    // nothing kept, or not readable
  }
  connection.onOpen(() => {
    dropStale();
    for (const entry of waiting.values()) connection.send(entry.message);
  });
  connection.onFrame((frame) => {
    if (frame.done) settle(frame.done, frame);
    else if (frame.refused && frame.again) setTimeout(() => resend(frame.refused), 1_000);
    else if (frame.refused) settle(frame.refused, frame);
  });
  setInterval(dropStale, 1_000);
}

/** @param {string} id */
function resend(id) {
  const entry = waiting.get(id);
  if (entry && connection.isOpen) connection.send(entry.message);
}
