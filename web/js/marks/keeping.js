// Marks written down on the device at once, before anything is sent: a lost network or an empty battery loses none.

/** @typedef {import("./types").Held} Held */

const NAME = "meetingroom-marks";
const ATTEMPTS = 4; // room is made between two of them

export class Keeping {
  /**
   * @param {string} seat whose: meeting and participant
   * @param {() => Promise<boolean>} [makeRoom] on a device that is full; whether there was something to give up
   */
  constructor(seat, makeRoom = () => Promise.resolve(false)) {
    this.seat = seat;
    this.makeRoom = makeRoom;
    /** @type {Promise<IDBDatabase | null> | undefined} */
    this.opening = undefined;
    /** Not written down yet. @type {Map<string, Held>} */
    this.owed = new Map();
    this.since = 0;
  }

  /** @returns {Promise<IDBDatabase | null>} null where the browser forbids it: then marks live in memory and on the server */
  open() {
    this.opening ??= new Promise((done) => {
      const failed = () => {
        this.opening = undefined; // tried again with the next mark
        done(null);
      };
      try {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore("marks");
          request.result.createObjectStore("since");
        };
        request.onsuccess = () => {
          request.result.onclose = () => (this.opening = undefined); // the browser took it away, and gives it again
          done(request.result);
        };
        request.onerror = failed;
      } catch {
        failed();
      }
    });
    return this.opening;
  }

  /** @returns {Promise<{held: Held[], since: number}>} */
  async read() {
    const base = await this.open();
    if (!base) return { held: [], since: 0 };
    const tables = base.transaction(["marks", "since"]);
    const [held, since] = await Promise.all([
      answer(tables.objectStore("marks").getAll(this.range)),
      answer(tables.objectStore("since").get(this.seat)),
    ]);
    return { held: /** @type {Held[]} */ (held ?? []), since: Number(since ?? 0) };
  }

  /** With all that could not be written before: `since` never says that something was heard which is not here. @param {Held[]} held @param {number} since @returns {Promise<boolean>} whether all is written down */
  async write(held, since) {
    for (const each of held) this.owed.set(each.mark.id, each);
    this.since = since;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (await this.settle()) return true;
      if (!(await this.makeRoom())) break;
    }
    return false;
  }

  async settle() {
    const base = await this.open();
    if (!base) return false;
    const now = [...this.owed];
    try {
      // Strict: what is told to be kept has reached the disk. Committed at once: the page may be closed the next moment.
      const tables = base.transaction(["marks", "since"], "readwrite", { durability: "strict" });
      for (const [id, each] of now) tables.objectStore("marks").put(each, `${this.seat}/${id}`);
      tables.objectStore("since").put(this.since, this.seat);
      tables.commit();
      await new Promise((done, failed) => {
        tables.oncomplete = done;
        tables.onabort = () => failed(tables.error);
      });
    } catch {
      return false;
    }
    for (const [id, each] of now) if (this.owed.get(id) === each) this.owed.delete(id);
    return true;
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
