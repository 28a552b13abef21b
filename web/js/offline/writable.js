// What of a meeting may be written down on a device. Pure: no DOM.

/** @typedef {import("../lib/types").View} View */
/** @typedef {import("../lib/types").Me} Me */

/** Of what is one person's own only this: whatever comes to be known of them later is not written down by itself. */
const OWN = /** @type {const} */ (["id", "role", "member", "present", "presenting", "requests", "papers"]);
const NOTHING = {
  devices: {},
  ballots: {},
  electors: {},
  weights: {},
  held: {},
  entrusted: {},
  ready: {},
  excused: {},
};

/** @param {View} view @param {Me} me @returns {{view: View, me: Me}} */
export const writable = (view, me) => ({
  view: { ...view, voting: {} },
  me: /** @type {Me} */ ({ ...Object.fromEntries(OWN.map((part) => [part, me[part]])), ...NOTHING }),
});
