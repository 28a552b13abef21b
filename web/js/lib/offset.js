// How far the device's clock is from the server's. A message can only come late, never early: of what was heard lately
// the one that took least time is nearest to the truth. No DOM.

const KEPT = 12; // a minute of pulses
const JUMP = 2_000; // ms; further off than any network in the house: the device's clock was set

export class Offset {
  constructor() {
    /** @type {number[]} */
    this.heard = [];
  }

  /** @param {number} server @param {number} device both ms, at the moment a message came @returns {number} server minus device */
  hear(server, device) {
    const sample = server - device;
    if (this.heard.length && Math.abs(sample - Math.max(...this.heard)) > JUMP) this.heard = [];
    this.heard = [...this.heard.slice(1 - KEPT), sample];
    return Math.max(...this.heard);
  }
}
