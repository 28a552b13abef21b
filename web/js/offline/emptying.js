// Emptying this device of what was kept for one person: when they sign out, and when their session was ended.

const PAPERS = "meetingroom";
const MARKS = "meetingroom-marks";

/** Papers, pages and what was last shown. Marks stay: some may not have been sent yet. */
export async function emptyPapers() {
  await Promise.all([clear(PAPERS), forgetPages()]);
}

/** Everything. */
export async function emptyAll() {
  sessionStorage.clear();
  await Promise.all([clear(PAPERS), clear(MARKS), forgetPages()]);
}

/** Everything but marks that are nowhere else yet: they go when their owner opens the meeting here again. */
export async function emptyButUnsent() {
  sessionStorage.clear();
  await Promise.all([clear(PAPERS), clear(MARKS, (kept) => kept?.unsent), forgetPages()]);
}

async function forgetPages() {
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}

/** Cleared and not deleted: deleting waits for every page that has it open. @param {string} name @param {(kept: any) => boolean} [spared] */
function clear(name, spared) {
  return new Promise((done) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction?.abort(); // there was none
    request.onerror = () => done(undefined);
    request.onsuccess = () => {
      const base = request.result;
      const tables = [...base.objectStoreNames];
      if (!tables.length) return done(undefined);
      const clearing = base.transaction(tables, "readwrite");
      for (const table of tables) {
        if (spared) sweep(clearing.objectStore(table), spared);
        else clearing.objectStore(table).clear();
      }
      clearing.oncomplete = clearing.onabort = () => {
        base.close();
        done(undefined);
      };
    };
  });
}

/** @param {IDBObjectStore} table @param {(kept: any) => boolean} spared */
function sweep(table, spared) {
  const walk = table.openCursor();
  walk.onsuccess = () => {
    const cursor = walk.result;
    if (!cursor) return;
    if (!spared(cursor.value)) cursor.delete();
    cursor.continue();
  };
}
