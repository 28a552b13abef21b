// <planning-notice>: what else is planned for these hours in this room or with these people, while they are being typed.
// With `data-rooms` it also offers the rooms there are.

import { ViewElement } from "../lib/element.js";
import { html, icon } from "../lib/html.js";
import { store } from "../lib/store.js";
import { clock, day, t } from "../lib/words.js";

/** @typedef {{title: string, starts: number, ends: number, room: string, people: string[]}} Clash */
/** @typedef {{rooms: {name: string, place: string, seats: number}[], circles: {id: string, name: string, people: number}[], clashes: Clash[], terms?: Record<"meetings" | "papers" | "issuers", string[]>}} Planned */

const MOST_NAMED = 5;

export const address = () => location.pathname.replace(/[^/]*$/, "planning");

/** @param {Record<string, string | number>} [plan] @returns {Promise<Planned>} */
export async function planned(plan = {}) {
  const query = new URLSearchParams(Object.entries(plan).map(([name, value]) => [name, String(value)]));
  const answer = await fetch(`${address()}?${query}`, {
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(5_000),
  }).catch(() => null);
  return answer?.ok ? answer.json() : { rooms: [], circles: [], clashes: [] };
}

export class PlanningNotice extends ViewElement {
  static watch = ["meeting", "people"];

  started() {
    /** @type {Planned} */
    this.planned = { rooms: [], circles: [], clashes: [] };
    this.asked = 0;
    /** @type {string} */
    this.of = ""; // what was asked about last
  }

  /** @param {import("../lib/types").View} view */
  draw({ meeting, people }) {
    const now = JSON.stringify([meeting.room, meeting.starts, meeting.ends, Object.keys(people)]);
    if (now !== this.of) {
      this.of = now;
      void this.look(meeting.room, meeting.starts, meeting.ends ?? 0);
    }
    const { rooms, clashes } = this.planned ?? { rooms: [], clashes: [] };
    return html`${this.hasAttribute("data-rooms") ? html`<datalist id="rooms">${rooms.map(({ name, place }) => html`<option value="${name}">${place}</option>`)}</datalist>` : ""}
      <div role="status">
        ${clashes.map((clash) => html`<p class="note warn row">${icon("info")}<span>${told(clash)}</span></p>`)}
      </div>`;
  }

  /** The last question counts, whichever is answered first. @param {string} room @param {number} starts @param {number} ends */
  async look(room, starts, ends) {
    const mine = (this.asked = (this.asked ?? 0) + 1);
    const found = await planned({ room, starts, ends });
    if (mine !== this.asked || !store.view) return;
    this.planned = found;
    this.update(true);
  }
}

/** Without a title it is another unit's, and only the hours are said. @param {Clash} clash */
export function told({ title, starts, ends, room, people }) {
  const meeting = { title, from: clock(starts), until: clock(ends), day: day(starts) };
  const names =
    people.slice(0, MOST_NAMED).join(", ") +
    (people.length > MOST_NAMED ? t("planning.others", { n: people.length - MOST_NAMED }) : "");
  const what = room && names ? "planning.both" : room ? "planning.room" : "planning.people";
  return t(title ? what : `${what}.taken`, { room, names, ...meeting });
}
