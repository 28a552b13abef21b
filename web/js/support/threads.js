// Messages as conversations, requests for service by how urgent they are. No DOM.

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Message} Message */
/** @typedef {import("../lib/types").Errand} Errand */

export const NEEDS = /** @type {const} */ (["water", "stationery", "technician", "secretary", "telephone", "other"]);
export const NEED_SIGN = /** @type {Record<string, string>} */ ({
  water: "cup",
  stationery: "edit",
  technician: "tune",
  secretary: "person",
  telephone: "phone",
  other: "info",
});

/**
 * With whom a message belongs: for the secretariat the person, for all others the other one, "" for the secretariat.
 * @param {Message} message @param {{id: string, role: string}} me @param {View["people"]} people
 */
export function threadOf(message, me, people) {
  if (!message.desk) return message.from === me.id ? message.to : message.from;
  if (me.role !== "secretary") return "";
  return people[message.from]?.role === "secretary" && message.to ? message.to : message.from;
}

/** Whether somebody on my side wrote it. @param {Message} message @param {{id: string, role: string}} me @param {View["people"]} people */
export const isOurs = (message, me, people) =>
  message.from === me.id || (me.role === "secretary" && message.desk && people[message.from]?.role === "secretary");

/**
 * Conversations, the one spoken in last first. `unread` counts what came since it was read.
 * @param {Message[]} messages @param {{id: string, role: string}} me @param {View["people"]} people @param {Record<string, number>} read
 */
export function threads(messages, me, people, read) {
  /** @type {Map<string, {peer: string, messages: Message[], unread: number, at: number}>} */
  const found = new Map();
  for (const message of messages) {
    const peer = threadOf(message, me, people);
    const thread = found.get(peer) ?? { peer, messages: [], unread: 0, at: 0 };
    thread.messages.push(message);
    thread.at = message.at;
    if (!isOurs(message, me, people) && message.at > (read[peer] ?? 0)) thread.unread += 1;
    found.set(peer, thread);
  }
  return [...found.values()].sort((a, b) => b.at - a.at);
}

/** What is still to be done, the oldest first. @param {Errand[]} errands */
export const open = (errands) => errands.filter(({ state }) => state === "asked" || state === "taken");
