// Page images, and the words on them, as they came from the server: kept so that reading goes on without a network.

/** @typedef {{revision: string, page: number, width: number}} Wanted */

/** The server does not give this page (any more). */
export class Gone extends Error {}

/**
 * Keeps images over a reload of the page; may fail without harm.
 * @typedef {object} Database
 * @property {(key: string) => Promise<Blob | undefined>} get
 * @property {(key: string, blob: Blob) => Promise<void>} put
 * @property {(wanted: (key: string) => boolean) => Promise<void>} only
 */

const MOST = 96 * 1024 * 1024; // bytes: some thousand pages of text, fewer of scans

export class KeptImages {
  /**
   * @param {(wanted: Wanted) => string} address
   * @param {{fetch?: typeof fetch, most?: number, database?: Database, type?: string}} [how] `most` bytes are kept in
   *   memory, the least recently read go first; `type` is what the server must answer with
   */
  constructor(address, { fetch = globalThis.fetch.bind(globalThis), most = MOST, database, type = "image/" } = {}) {
    this.address = address;
    this.type = type;
    this.fetch = fetch;
    this.most = most;
    this.database = database;
    this.bytes = 0;
    /** @type {Map<string, {blob: Blob, wanted: Wanted}>} in order of last use */
    this.images = new Map();
    /** @type {Map<string, Promise<Blob>>} */
    this.coming = new Map();
  }

  /** @param {Wanted} wanted */
  has(wanted) {
    return this.images.has(this.address(wanted));
  }

  /** The image; asked for once however many want it. @param {Wanted} wanted @returns {Promise<Blob>} */
  get(wanted) {
    const address = this.address(wanted);
    const kept = this.images.get(address);
    if (kept) {
      this.images.delete(address);
      this.images.set(address, kept);
      return Promise.resolve(kept.blob);
    }
    const coming = this.coming.get(address) ?? this.bring(address, wanted).finally(() => this.coming.delete(address));
    this.coming.set(address, coming);
    return coming;
  }

  /** @param {string} address @param {Wanted} wanted */
  async bring(address, wanted) {
    const blob = await this.fetched(address).catch(async (error) => {
      // What the server refuses is not shown from the database either.
      const stored = error instanceof Gone ? undefined : await this.database?.get(address);
      if (!stored) throw error;
      return stored;
    });
    this.images.set(address, { blob, wanted });
    this.bytes += blob.size;
    for (const oldest of this.images.keys()) {
      if (this.bytes <= this.most || oldest === address) break;
      this.drop(oldest);
    }
    return blob;
  }

  /** @param {string} address */
  async fetched(address) {
    const answer = await this.fetch(address);
    if (answer.status === 404 || answer.status === 403) throw new Gone(address);
    if (!answer.ok || !answer.headers.get("content-type")?.startsWith(this.type)) throw new Error(`${answer.status}`);
    const blob = await answer.blob();
    void this.database?.put(address, blob).catch(() => {});
    return blob;
  }

  /** Forgets all pages of other revisions: what was withdrawn is not kept either. @param {Set<string>} revisions */
  async only(revisions) {
    for (const [address, { wanted }] of [...this.images]) if (!revisions.has(wanted.revision)) this.drop(address);
    await this.database?.only((address) => revisions.has(revisionOf(address)));
  }

  /** @param {string} address */
  drop(address) {
    this.bytes -= this.images.get(address)?.blob.size ?? 0;
    this.images.delete(address);
  }
}

/** Whose page is kept under an address. @param {string} address …/pages/{revision}/… or …/words/{revision}/… */
export const revisionOf = (address) => /\/(?:pages|tiles|words)\/([^/]+)\//.exec(address)?.[1] ?? "";

/** Brings pages nobody has opened yet, one after the other and in no hurry, so that they are there without a network. */
export class Provision {
  /** @param {KeptImages} kept @param {() => Promise<void>} pause between two pages */
  constructor(kept, pause) {
    this.kept = kept;
    this.pause = pause;
    /** @type {Wanted[]} */
    this.list = [];
    this.going = false;
    this.done = 0; // of the pages wanted last
  }

  /** What is wanted from now on, the most urgent first. @param {Wanted[]} list */
  want(list) {
    this.list = list;
    this.count();
    if (!this.going) void this.go();
  }

  count() {
    this.done = this.list.filter((wanted) => this.kept.has(wanted)).length;
  }

  async go() {
    this.going = true;
    /** @type {Set<Wanted>} */
    const failed = new Set();
    for (;;) {
      const next = this.list.find((wanted) => !this.kept.has(wanted) && !failed.has(wanted));
      if (!next || this.kept.bytes > 0.9 * this.kept.most) break;
      await this.kept.get(next).catch(() => failed.add(next));
      this.count();
      await this.pause();
    }
    this.going = false;
  }
}
