// Marks written down on the device at once, before anything is sent: a lost network or an empty battery loses none.

/** @typedef {import("./types").Held} Held */

const NAME = "meetingroom-marks";

export class Keeping {
  /** @param {string} seat whose: meeting and participant */
  constructor(seat) {
    this.seat = seat;
    /** @type {Promise<IDBDatabase | null> | undefined} */
    this.opening = undefined;
  }

  /** @returns {Promise<IDBDatabase | null>} null where the browser forbids it: then marks live in memory and on the server */
  open() {
    this.opening ??= new Promise((done) => {
      try {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore("marks");
          request.result.createObjectStore("since");
        };
        request.onsuccess = () => done(request.result);
        request.onerror = () => done(null);
      } catch {
        done(null);
      }
    });
    return this.opening;
  }

  /** @returns {Promise<{held: Held[], since: number}>} */
  async read() {
    const base = await this.open();
    if (!base) return { held: [], since: 0 };
    const tables = base.transaction(["marks", "since"]);
    const [held, since] = await Promise.all([answer(tables.objectStore("marks").getAll(this.range)), answer(tables.objectStore("since").get(this.seat))]);
    return { held: /** @type {Held[]} */ (held ?? []), since: Number(since ?? 0) };
  }

  /** @param {Held[]} held @param {number} since */
  async write(held, since) {
    const base = await this.open();
    if (!base) return;
    const tables = base.transaction(["marks", "since"], "readwrite");
    for (const each of held) tables.objectStore("marks").put(each, `${this.seat}/${each.mark.id}`);
    tables.objectStore("since").put(since, this.seat);
  }

  /** What other people who used this device had on it, once the server has it: a shared tablet keeps nobody's notes. */
  async forgetOthers() {
    const base = await this.open();
    if (!base) return;
    const tables = base.transaction(["marks", "since"], "readwrite");
    const marks = tables.objectStore("marks");
    marks.openCursor().onsuccess = (event) => {
      const cursor = /** @type {IDBRequest<IDBCursorWithValue | null>} */ (event.target).result;
      if (!cursor) return;
      if (!String(cursor.key).startsWith(`${this.seat}/`) && !cursor.value.unsent) cursor.delete();
      cursor.continue();
    };
    tables.objectStore("since").openCursor().onsuccess = (event) => {
      const cursor = /** @type {IDBRequest<IDBCursorWithValue | null>} */ (event.target).result;
      if (!cursor) return;
      if (cursor.key !== this.seat) cursor.delete();
      cursor.continue();
    };
  }

  get range() {
    return IDBKeyRange.bound(`${this.seat}/`, `${this.seat}/\uffff`);
  }
}

/** @param {IDBRequest} request @returns {Promise<unknown>} */
function answer(request) {
  return new Promise((done) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(undefined);
  });
}
