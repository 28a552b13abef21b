// Pages kept over a reload of the browser, also on plain http where there is no other store. May be full or forbidden:
// then reading goes on from memory.

const NAME = "meetingroom";
const PAGES = "pages";
const SHOWN = "shown"; // the meeting as it was last shown, by seat

export class PageDatabase {
  constructor() {
    /** @type {Promise<IDBDatabase | null> | undefined} */
    this.opening = undefined;
  }

  /** @returns {Promise<IDBDatabase | null>} */
  open() {
    this.opening ??= new Promise((done) => {
      const failed = () => {
        this.opening = undefined; // a disk that was full may have room the next time
        done(null);
      };
      try {
        const request = indexedDB.open(NAME, 2);
        request.onupgradeneeded = ({ oldVersion }) => {
          if (oldVersion < 1) request.result.createObjectStore(PAGES);
          request.result.createObjectStore(SHOWN);
        };
        request.onsuccess = () => {
          request.result.onclose = () => (this.opening = undefined); // the browser took it away, and gives it again
          request.result.onversionchange = () => request.result.close(); // a newer page wants to change it
          done(request.result);
        };
        request.onerror = request.onblocked = failed;
      } catch {
        failed();
      }
    });
    return this.opening;
  }

  /** @param {IDBTransactionMode} mode */
  pages(mode) {
    return this.table(PAGES, mode);
  }

  /** @param {string} name @param {IDBTransactionMode} mode */
  async table(name, mode) {
    const base = await this.open();
    try {
      return base?.transaction(name, mode).objectStore(name);
    } catch {
      return undefined; // emptied under us, by signing out on another page
    }
  }

  /** @param {string} seat @returns {Promise<unknown>} */
  async shown(seat) {
    const table = await this.table(SHOWN, "readonly");
    return table && answer(table.get(seat));
  }

  /** Instead of what was shown before, to whomever. @param {string} seat @param {unknown} what */
  async keepShown(seat, what) {
    const table = await this.table(SHOWN, "readwrite");
    table?.clear();
    table?.put(what, seat);
  }

  /** @param {string} key @returns {Promise<Blob | undefined>} */
  async get(key) {
    const pages = await this.pages("readonly");
    return pages && /** @type {Promise<Blob | undefined>} */ (answer(pages.get(key)));
  }

  /** Done when it is kept; rejects when it is not. @param {string} key @param {Blob} blob */
  async put(key, blob) {
    const pages = await this.pages("readwrite");
    if (!pages) throw new Error("this browser keeps nothing");
    pages.put(blob, key);
    await new Promise((done, failed) => {
      pages.transaction.oncomplete = () => done(undefined);
      pages.transaction.onabort = () => failed(pages.transaction.error);
    });
  }

  /** @param {string} key */
  async drop(key) {
    const pages = await this.pages("readwrite");
    if (!pages) return;
    pages.delete(key);
    await new Promise((done) => (pages.transaction.oncomplete = pages.transaction.onabort = done));
  }

  /** @returns {Promise<string[]>} */
  async keys() {
    const pages = await this.pages("readonly");
    const keys = pages && /** @type {IDBValidKey[] | undefined} */ (await answer(pages.getAllKeys()));
    return (keys ?? []).map(String);
  }

  /** @param {(key: string) => boolean} wanted others are deleted */
  async only(wanted) {
    const pages = await this.pages("readwrite");
    if (!pages) return;
    const keys = /** @type {IDBValidKey[] | undefined} */ (await answer(pages.getAllKeys()));
    for (const key of keys ?? []) if (!wanted(String(key))) pages.delete(key);
  }
}

/** @param {IDBRequest} request @returns {Promise<unknown>} */
function answer(request) {
  return new Promise((done) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(undefined);
  });
}
