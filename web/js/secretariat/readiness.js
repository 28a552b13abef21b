// What is left to do before a meeting is published, as sentences. No DOM.

import { tally } from "../preparing/states.js";

/** @typedef {import("../lib/types").View} View */
/** @typedef {{key: string, params: Record<string, string | number>, section: string}} Task */

/** Opening, break and closing need no paper, however they are filed. */
const FORMAL =
  /^(\p{P}|\s|\d)*(phát biểu )?(khai mạc|bế mạc|kết luận|kết thúc|giải lao|nghỉ giải lao|tuyên bố lý do|giới thiệu đại biểu|opening|closing|break)/iu;

/** Nothing once the meeting is over. @param {View} view @param {number} now @returns {Task[]} */
export function leftToDo(view, now) {
  if (view.meeting.phase === "closed") return [];
  /** @type {Task[]} */
  const tasks = [];
  const add = (
    /** @type {string} */ key,
    /** @type {string} */ section,
    /** @type {Record<string, string | number>} */ params = {},
  ) => tasks.push({ key, params, section });
  const people = Object.values(view.people);
  const items = Object.entries(view.agenda.items).sort(([, a], [, b]) => a.order - b.order);
  const { written } = view.meeting;
  if (!view.meeting.room && !written) add("room", "general");
  if (view.meeting.starts < now - 3_600_000 && view.meeting.phase === "draft" && !view.meeting.template)
    add("past", "general");
  if (!people.some((person) => person.role === "chair")) add("chair", "people");
  if (!people.some((person) => person.member)) add("members", "people");
  if (!written && !people.some((person) => person.role === "screen")) add("screen", "people");
  if (!items.length) add("agenda", "agenda");
  const withPaper = new Set(
    Object.values(view.papers)
      .filter((paper) => paper.revision && !paper.withdrawn)
      .map((paper) => paper.item),
  );
  for (const [key, item] of items) {
    const hasChildren = items.some(([, other]) => other.parent === key);
    if (!withPaper.has(key) && !hasChildren && item.kind !== "discussion" && !FORMAL.test(item.title.normalize("NFC")))
      add("no_paper", "agenda", { number: item.number });
    if (item.kind === "decision" && !Object.values(view.voting).some((vote) => vote.item === key))
      add("no_vote", "votes", { number: item.number });
  }
  const asked = tally(view, now);
  if (asked.missing) add("papers_missing", "ready", { n: asked.missing });
  if (asked.submitted) add("papers_submitted", "ready", { n: asked.submitted });
  for (const paper of Object.values(view.papers)) {
    const failed = Object.values(paper.revisions ?? {}).some((revision) => revision.state === "rejected");
    if (failed) add("failed", "agenda", { title: paper.title });
  }
  return tasks;
}
