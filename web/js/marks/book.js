// The marks of one person on this device, and what is left to say to the server. Pure: no DOM, no network.

import { reconciled, wordsBefore } from "./reconciling.js";

/** @typedef {import("./types").Mark} Mark */
/** @typedef {import("./types").Held} Held */
/** @typedef {import("./types").Answer} Answer */
/** @typedef {{since: number, marks: Mark[]}} Request */

const MOST = 100; // marks of one request
const HEAVIEST = 600_000; // characters of one request

export class Book {
  /** @param {(changed: Held[], since: number) => void} [keep] writes down what changed, at once */
  constructor(keep = () => {}) {
    this.keep = keep;
    /** @type {Map<string, Held>} */
    this.held = new Map();
    this.since = 0;
    this.changes = 0; // counted, for who draws them
    this.copies = 0; // of notes whose words were changed elsewhere too
    /** Whether what other devices changed meanwhile has been heard: before that, changed words of notes are not sent. */
    this.looked = false;
    /** What the server does not take now: on papers that may not be read at the moment. @type {Set<string>} */
    this.refused = new Set();
  }

  /** As it was written down before. @param {Held[]} held @param {number} since */
  open(held, since) {
    this.changes += 1;
    for (const each of held) if (!this.held.has(each.mark.id)) this.held.set(each.mark.id, each);
    this.since = Math.max(since, this.since);
  }

  /** @param {string} id @returns {Mark | undefined} unless deleted */
  get(id) {
    const mark = this.held.get(id)?.mark;
    return mark?.deleted ? undefined : mark;
  }

  /** All that lie on pages and were not deleted. @returns {Mark[]} */
  all() {
    return this.living((mark) => mark.kind !== "bookmark" && mark.kind !== "place");
  }

  /** In the order of their pages. @param {string} paper @returns {Mark[]} */
  bookmarks(paper) {
    return this.living((mark) => mark.kind === "bookmark" && mark.paper === paper).sort(
      (a, b) => a.page - b.page || (a.body?.y ?? 0) - (b.body?.y ?? 0),
    );
  }

  /** Where its owner read last. @param {string} paper @returns {Mark | undefined} */
  placeIn(paper) {
    return this.get(placeId(paper));
  }

  /** @param {(mark: Mark) => boolean} wanted */
  living(wanted) {
    return [...this.held.values()].map(({ mark }) => mark).filter((mark) => !mark.deleted && wanted(mark));
  }

  get unsent() {
    return [...this.held.values()].filter(({ unsent, mark }) => unsent && mark.kind !== "place").length;
  }

  /** Its owner has made or changed a mark. @param {Omit<Mark, "at">} mark @param {number} now */
  put(mark, now) {
    // Later than what it changes, whatever this device's clock says: the person has seen what they change.
    const at = Math.max(now, (this.held.get(mark.id)?.mark.at ?? 0) + 1);
    this.change({ ...mark, at });
  }

  /** @param {string} id @param {number} now */
  remove(id, now) {
    const mark = this.get(id);
    if (!mark) return;
    const { body: _body, ...rest } = mark;
    this.put({ ...rest, deleted: true }, now);
  }

  /** @param {Mark} mark */
  change(mark) {
    const was = wordsBefore(this.held.get(mark.id));
    const held = { mark, unsent: true, ...(was === undefined ? {} : { was }) };
    this.changes += 1;
    this.held.set(mark.id, held);
    this.refused.delete(mark.id);
    this.keep([held], this.since);
  }

  /** What to say to the server now. @returns {Request} */
  request() {
    /** @type {Mark[]} */
    const marks = [];
    let weight = 0;
    for (const { mark, unsent, was } of this.held.values()) {
      if (!unsent || this.refused.has(mark.id) || (was !== undefined && !this.looked)) continue;
      weight += JSON.stringify(mark).length;
      if (marks.length >= MOST || (marks.length && weight > HEAVIEST)) break;
      marks.push(mark);
    }
    return { since: this.since, marks };
  }

  /** The server's answer to a request. @param {Request} request @param {Answer} answer @returns {boolean} whether to ask again at once */
  take(request, answer) {
    const sent = new Map(request.marks.map((mark) => [mark.id, mark]));
    const changed = answer.marks.flatMap((mark) => this.taken(mark, sent.get(mark.id)));
    this.copies += changed.filter(
      ({ mark }) => !this.held.has(mark.id) && mark.kind === "note" && !answer.marks.some(({ id }) => id === mark.id),
    ).length;
    for (const held of changed) this.held.set(held.mark.id, held);
    if (changed.length) this.changes += 1;
    for (const id of answer.refused ?? []) this.refused.add(id);
    this.looked = !answer.more;
    const lost = answer.version < request.since; // a restored server: it gets everything again
    this.since = lost ? 0 : answer.version;
    const again = lost ? this.sendAll() : [];
    if (changed.length || again.length || this.since !== request.since) this.keep([...changed, ...again], this.since);
    return lost || !!answer.more || this.request().marks.length > 0;
  }

  /** What becomes of a mark that the server has; what was changed here after sending goes to it next. @param {Mark} mark @param {Mark | undefined} sent @returns {Held[]} */
  taken(mark, sent) {
    const here = this.held.get(mark.id);
    if (!here?.unsent) return [{ mark, unsent: false }];
    const theirs = here.mark.at === sent?.at || here.mark.at <= mark.at;
    if (sent && sent.body?.text === mark.body?.text && !mark.deleted)
      return theirs
        ? [{ mark, unsent: false }]
        : [{ ...here, ...(mark.kind === "note" ? { was: mark.body?.text ?? "" } : {}) }];
    return mark.kind === "note" ? reconciled(here, mark, theirs) : theirs ? [{ mark, unsent: false }] : [];
  }

  sendAll() {
    const all = [...this.held.values()].map(({ mark }) => ({ mark, unsent: true }));
    for (const held of all) this.held.set(held.mark.id, held);
    return all;
  }

  /** Other papers may be read now: what was refused is tried again, and what was withheld is asked for. */
  papersChanged() {
    this.refused.clear();
    this.since = 0;
  }
}

/** One for each paper, whichever device made it. @param {string} paper */
export const placeId = (paper) => `place-${paper}`;
