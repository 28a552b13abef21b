// What is being written in several texts at once: what was read, what is typed, what is on its way, what collided. No DOM.

/** @typedef {{text: string, over: number, sending: string | null, conflict: boolean}} Draft */

export class Drafts {
  constructor() {
    /** @type {Map<string, Draft>} */
    this.open = new Map();
    /** @type {Map<string, number>} the revision of the text each field shows */
    this.shown = new Map();
  }

  get any() {
    return this.open.size > 0;
  }

  /** @param {string} key @returns {"typed" | "conflict" | undefined} */
  state(key) {
    const draft = this.open.get(key);
    return draft && (draft.conflict ? "conflict" : "typed");
  }

  /**
   * Whether a field may be filled with what the server has: nobody has written in it, and whoever stands in it is not
   * shown the same revision once more (a space at the end would go).
   * @param {string} key @param {number} revision @param {boolean} focused
   */
  mayShow(key, revision, focused) {
    return !this.open.has(key) && (!focused || this.shown.get(key) !== revision);
  }

  /** @param {string} key @param {number} revision */
  showing(key, revision) {
    this.shown.set(key, revision);
  }

  /** Something was typed. @param {string} key @param {string} text @returns {boolean} whether it is the first change */
  typed(key, text) {
    const draft = this.open.get(key);
    if (draft) draft.text = text;
    else this.open.set(key, { text, over: this.shown.get(key) ?? 0, sending: null, conflict: false });
    return !draft;
  }

  /** What is to be sent now; null: nothing, or it is on its way, or people must choose first. @param {string} key */
  begin(key) {
    const draft = this.open.get(key);
    if (!draft || draft.sending !== null || draft.conflict) return null;
    draft.sending = draft.text;
    return { text: draft.text, over: draft.over };
  }

  /** It is durable. What was typed meanwhile is written over it. @param {string} key */
  saved(key) {
    const draft = this.open.get(key);
    if (!draft) return;
    this.shown.set(key, draft.over + 1);
    if (draft.text === draft.sending) this.open.delete(key);
    else Object.assign(draft, { over: draft.over + 1, sending: null });
  }

  /** @param {string} key @param {boolean} conflict somebody else has changed it since it was read */
  failed(key, conflict) {
    const draft = this.open.get(key);
    if (draft) Object.assign(draft, { sending: null, conflict });
  }

  /** Mine is kept, over what is now shown beside it. @param {string} key */
  resolve(key) {
    const draft = this.open.get(key);
    if (draft) Object.assign(draft, { over: this.shown.get(key) ?? 0, conflict: false });
  }

  /** Theirs is taken. @param {string} key */
  forget(key) {
    this.open.delete(key);
    this.shown.delete(key);
  }
}
