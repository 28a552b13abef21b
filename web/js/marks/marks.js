// One's own marks: on the device at once, on the server as soon as it can be reached, on one's other devices a moment later.

import { freshId } from "../lib/commands.js";
import { connection } from "../lib/connection.js";
import { say } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { Book, placeId } from "./book.js";
import { History } from "./history.js";
import { Keeping } from "./keeping.js";

/** @typedef {import("./types").Mark} Mark */
/** @typedef {import("./types").Body} Body */

const SOON = 250; // ms after a change: strokes of one word go together
const LATER = 4_000; // ms until a failed attempt is repeated
const READ = 15_000; // ms: where one reads is told much less often than one turns

class Marks {
  constructor() {
    this.book = new Book((changed, since) => void this.write(changed, since));
    /** Gives up something on a full device for the sake of marks. @type {() => Promise<boolean>} */
    this.makeRoom = () => Promise.resolve(false);
    this.history = new History();
    /** @type {Keeping | null} */
    this.keeping = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.due = Infinity; // when the timer goes off
    this.talking = false;
    this.toldFull = false;
    this.toldShort = false;
    this.papers = "";
  }

  async start() {
    const { meeting, participant } = document.body.dataset;
    this.keeping = new Keeping(`${meeting}/${participant}`, () => this.makeRoom());
    const { held, since } = await this.keeping.read();
    this.book.open(held, since);
    store.changed();
    connection.onOpen(() => {
      this.book.looked = false;
      this.soon(0);
    });
    connection.onFrame((frame) => frame.signal === "marks" && frame.with.version !== this.book.since && this.soon(0));
    store.watch(() => this.lookAtPapers(), new AbortController().signal);
    this.soon(0);
    await this.keeping.forgetOthers();
  }

  /** @param {import("./types").Held[]} changed @param {number} since */
  async write(changed, since) {
    if (!this.keeping || (await this.keeping.write(changed, since)) || this.toldShort) return;
    this.toldShort = true;
    if (changed.some(({ unsent }) => unsent)) say(t("marks.device_full"), "warn");
  }

  /** A paper came, went, or came back: what could not be said or heard of it now can. */
  lookAtPapers() {
    const papers = Object.keys({ ...store.view?.papers, ...store.me?.papers })
      .sort()
      .join(" ");
    if (papers === this.papers) return;
    const first = this.papers === "";
    this.papers = papers;
    if (!first) this.book.papersChanged();
    this.soon(0);
  }

  // -- what its owner does ---------------------------------------------------------------------------------------------

  /** @param {{paper: string, revision: string, page: number}} place @param {Mark["kind"]} kind @param {Body} body @returns {string} its id */
  add(place, kind, body) {
    const id = freshId();
    this.act([{ id, becomes: { ...place, id, kind, body, at: 0 } }]);
    return id;
  }

  /** @param {{id: string, becomes: Mark | null}[]} changes one act, taken back as one */
  act(changes) {
    const was = changes.map(({ id }) => this.book.get(id) ?? null);
    this.apply(changes);
    this.history.did(changes.map(({ becomes }, index) => [was[index], becomes]));
  }

  /** Where its owner reads now; no act to be undone. @param {{paper: string, revision: string, page: number}} place */
  read(place) {
    const before = this.book.placeIn(place.paper);
    if (before?.page === place.page && before.revision === place.revision) return;
    this.book.put({ ...place, id: placeId(place.paper), kind: "place", body: { x: 0, y: 0 } }, Math.round(store.now()));
    store.changed();
    this.soon(READ);
  }

  undo() {
    this.apply(this.history.undo());
  }

  redo() {
    this.apply(this.history.redo());
  }

  /** @param {{id: string, becomes: Mark | null}[]} changes */
  apply(changes) {
    for (const { id, becomes } of changes) {
      if (becomes) this.book.put(becomes, Math.round(store.now()));
      else this.book.remove(id, Math.round(store.now()));
    }
    store.changed();
    this.soon(SOON);
  }

  /** Whether this device had a mark on another revision. @param {string} id @param {string} revision */
  knownElsewhere(id, revision) {
    const mark = this.book.get(id);
    return !!mark && mark.revision !== revision;
  }

  // -- saying it to the server -----------------------------------------------------------------------------------------

  /** At the latest. @param {number} ms */
  soon(ms) {
    const due = performance.now() + ms;
    if (due >= this.due) return;
    this.due = due;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.sync(), ms);
  }

  /** All is said, or cannot be said now. */
  async sent() {
    for (let tries = 0; this.book.unsent && tries < 5; tries += 1) {
      if (!this.talking) await this.sync();
      else await new Promise((go) => setTimeout(go, SOON));
    }
  }

  async sync() {
    this.due = Infinity;
    if (this.talking) return this.soon(SOON);
    this.talking = true;
    try {
      const request = this.book.request();
      const answer = await ask(request);
      const [before, copies] = [this.book.changes, this.book.copies];
      const carried = answer.marks.filter(
        ({ id, body, revision }) =>
          body?.colour && body.carried && !body.carried.seen && this.knownElsewhere(id, revision),
      ).length;
      const again = this.book.take(request, answer);
      if (this.book.changes !== before) store.changed();
      if (carried) say(t("marks.carried", { n: carried }), "good");
      if (this.book.copies !== copies) say(t("marks.both_kept"), "warn");
      if (again) this.soon(0);
    } catch (error) {
      this.book.looked = false;
      if (error instanceof Full && !this.toldFull) say(error.message, "warn");
      this.toldFull ||= error instanceof Full;
      if (store.line !== "ended") this.soon(LATER);
    } finally {
      this.talking = false;
    }
  }
}

/** The server keeps no more marks of this person. */
class Full extends Error {}

/** @param {import("./book.js").Request} request @returns {Promise<import("./types").Answer>} */
async function ask(request) {
  const { meeting, participant } = document.body.dataset;
  const answer = await fetch(`/m/${meeting}/${participant}/marks`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  });
  if (answer.status === 409) throw new Full((await answer.json()).text);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export const marks = new Marks();
