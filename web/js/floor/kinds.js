// The kinds of requests to speak: their order in the ask sheet, their signs, how urgent they are. No DOM.

/** @typedef {import("../lib/types").RequestKind} RequestKind */

/** @type {RequestKind[]} */
export const KINDS = ["speak", "question", "reply", "debate", "order"];

/** @type {Record<RequestKind, string>} */
export const SIGN = { speak: "mic", question: "question", reply: "reply", debate: "debate", order: "flag" };

// As domain/floor/state.py has it: what is more urgent than the speech at hand and of these kinds interrupts it.
/** @type {Record<RequestKind, number>} */
const PRIORITY = { order: 0, reply: 1, debate: 2, question: 3, speak: 4 };

/**
 * Whether inviting this request now would interrupt who speaks, instead of ending the speech.
 * @param {import("../lib/types").Speech | undefined} speech @param {{kind: RequestKind, participant: string}} request
 */
export function interrupts(speech, { kind, participant }) {
  if (!speech || speech.participant === participant) return false;
  return (kind === "order" || kind === "question") && PRIORITY[kind] < PRIORITY[speech.kind];
}
