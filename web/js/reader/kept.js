// Page images, and the words on them, as they came from the server: kept so that reading goes on without a network.

/** @typedef {{revision: string, page: number, width: number}} Wanted */

/** The server does not give this page (any more). */
export class Gone extends Error {}

/** This device keeps no more. */
export class Full extends Error {}

/**
 * Keeps images over a reload of the page; may fail without harm.
 * @typedef {object} Database
 * @property {(key: string) => Promise<Blob | undefined>} get
 * @property {(key: string, blob: Blob) => Promise<void>} put rejects when it was not kept
 * @property {() => Promise<string[]>} keys
 * @property {(wanted: (key: string) => boolean) => Promise<void>} only
 * @property {(key: string) => Promise<void>} drop
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
    /** @type {Map<string, Blob>} come, and on their way into the database */
    this.settling = new Map();
    this.reading = 0; // pages somebody waits for
    /** @type {Set<string>} the addresses that are kept over a reload */
    this.stored = new Set();
    /** @type {Set<string> | null} the revisions that may be read; null: not told yet */
    this.allowed = null;
    /** @type {Set<string> | null} those of them that may stay on the device */
    this.stay = null;
    /** @type {Set<string>} addresses the server wants nothing kept of */
    this.fleeting = new Set();
  }

  /** @param {Wanted} wanted */
  has(wanted) {
    return this.images.has(this.address(wanted));
  }

  /** The image; asked for once however many want it. @param {Wanted} wanted @param {RequestPriority} [priority] before or after others that are asked for @returns {Promise<Blob>} */
  get(wanted, priority = "high") {
    const address = this.address(wanted);
    const kept = this.images.get(address);
    if (kept) {
      this.images.delete(address);
      this.images.set(address, kept);
      return Promise.resolve(kept.blob);
    }
    return this.once(address, () => this.bring(address, wanted, priority));
  }

  /** @param {string} address @param {() => Promise<Blob>} ask */
  once(address, ask) {
    const coming = this.coming.get(address) ?? ask().finally(() => this.coming.delete(address));
    this.coming.set(address, coming);
    return coming;
  }

  /** Looks up once what a former visit has kept. */
  async recall() {
    for (const address of (await this.database?.keys()) ?? []) this.stored.add(address);
  }

  /** @param {Wanted} wanted */
  isStored(wanted) {
    return this.stored.has(this.address(wanted));
  }

  /** What is on this device, without asking the server or counting as read. @param {Wanted} wanted @returns {Promise<Blob | undefined>} */
  async here(wanted) {
    if (this.allowed && !this.allowed.has(wanted.revision)) return undefined;
    const address = this.address(wanted);
    const near = this.images.get(address)?.blob ?? this.settling.get(address);
    return near ?? (this.stored.has(address) ? this.database?.get(address) : undefined);
  }

  /** Keeps a page for later without showing it; rejects with Gone or Full when it never will be. @param {Wanted} wanted */
  async store(wanted) {
    const address = this.address(wanted);
    if (this.stored.has(address)) return;
    const here = this.images.get(address)?.blob ?? this.settling.get(address);
    const blob = here ?? (await this.once(address, () => this.fetched(address)));
    await this.keep(address, blob).catch((error) => {
      throw new Full(String(error));
    });
  }

  /** @param {string} address @param {Wanted} wanted @param {RequestPriority} priority */
  async bring(address, wanted, priority) {
    this.reading += 1;
    const blob = await this.had(address, priority).finally(() => (this.reading -= 1));
    if (this.allowed && !this.allowed.has(wanted.revision)) throw new Gone(address);
    this.images.set(address, { blob, wanted });
    this.bytes += blob.size;
    for (const oldest of this.images.keys()) {
      if (this.bytes <= this.most || oldest === address) break;
      this.drop(oldest);
    }
    return blob;
  }

  /** A page never changes under its address, so what is kept is not asked for again. @param {string} address @param {RequestPriority} priority */
  async had(address, priority) {
    const stored = (await this.database?.get(address)) ?? this.settling.get(address);
    if (stored) return stored;
    const blob = await this.fetched(address, priority);
    void this.keep(address, blob).catch(() => {});
    return blob;
  }

  /** @param {string} address @param {Blob} blob */
  async keep(address, blob) {
    const mayBeKept = () => !this.fleeting.has(address) && (!this.stay || this.stay.has(revisionOf(address)));
    if (!mayBeKept()) return; // withdrawn while it came, or not to be kept at all
    if (!this.database) throw new Error("no database");
    this.settling.set(address, blob);
    await this.database.put(address, blob).finally(() => this.settling.delete(address));
    if (mayBeKept()) this.stored.add(address);
  }

  /** What the server has of it now, in place of what was kept. @param {Wanted} wanted @param {Blob} blob */
  async replace(wanted, blob) {
    const address = this.address(wanted);
    this.drop(address);
    await this.keep(address, blob).catch(() => {});
  }

  /** Not kept over a reload any more, until it is stored again. @param {Wanted} wanted @returns {Promise<boolean>} whether it was */
  async giveUp(wanted) {
    const address = this.address(wanted);
    if (!this.stored.delete(address)) return false;
    await this.database?.drop(address);
    return true;
  }

  /** @param {string} address @param {RequestPriority} [priority] */
  async fetched(address, priority = "low") {
    const answer = await this.fetch(address, { priority });
    if (answer.status === 404 || answer.status === 403) throw new Gone(address);
    if (!answer.ok || !answer.headers.get("content-type")?.startsWith(this.type)) throw new Error(`${answer.status}`);
    if (answer.headers.get("cache-control")?.includes("no-store")) this.fleeting.add(address);
    return answer.blob();
  }

  /**
   * Forgets all pages of other revisions: what was withdrawn is not kept either.
   * @param {Set<string>} revisions @param {Set<string>} [stay] those of them that may stay on the device
   */
  async only(revisions, stay = revisions) {
    this.allowed = revisions;
    this.stay = stay;
    for (const address of [...this.stored]) if (!stay.has(revisionOf(address))) this.stored.delete(address);
    for (const [address, { wanted }] of [...this.images]) if (!stay.has(wanted.revision)) this.drop(address);
    await this.database?.only((address) => stay.has(revisionOf(address)));
  }

  /** @param {string} address */
  drop(address) {
    this.bytes -= this.images.get(address)?.blob.size ?? 0;
    this.images.delete(address);
  }
}

/** Whose page is kept under an address. @param {string} address …/pages/{revision}/…, …/words/{revision}/… or …/outline/{revision} */
export const revisionOf = (address) => /\/(?:pages|tiles|words|outline)\/([^/]+)/.exec(address)?.[1] ?? "";
