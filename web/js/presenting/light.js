// Light: ties a reader to the presenter. Where this hand presents, it tells the room which part of the page is shown and
// where the pointer is; elsewhere the reader goes along, until its own hand leaves.

import { store } from "../lib/store.js";
import { atTop } from "../reader/geometry.js";
import { Ink } from "./ink.js";
import { Paced } from "./paced.js";
import { Pointer } from "./pointer.js";
import { isMagnified, placeOfRegion, regionOf } from "./region.js";
import { onSignal, regionShown, sendSignal, setLook, staged } from "./signals.js";

/** @typedef {import("../reader/page-reader.js").PageReader} PageReader */

const LOOK_PAUSE = 100; // ms between two parts told; tablets glide from one to the next

export class Light {
  /**
   * @param {PageReader} reader
   * @param {{presents: () => boolean, follows: () => boolean, left?: () => void, signal: AbortSignal}} how `presents`: this
   *   hand shows the room; `follows`: the reader goes along; `left`: it was moved away from the part that is shown
   */
  constructor(reader, { presents, follows, left, signal }) {
    this.reader = reader;
    this.presents = presents;
    this.follows = follows;
    this.left = left;
    /** @type {"hand" | "pointer" | "pen"} */
    this.tool = "hand";
    this.leads = false; // the part that is shown is this device's
    this.applied = ""; // the part this reader was last moved to
    this.followed = false;
    this.looks = new Paced(LOOK_PAUSE, () => this.tell());
    this.pointer = new Pointer(reader, () => this.isOnStage && this.presents(), signal);
    this.ink = new Ink(reader, () => this.isOnStage && this.presents(), signal);
    reader.addEventListener("place", (event) => this.moved(/** @type {CustomEvent} */ (event).detail.hand), { signal });
    reader.addEventListener("moved", () => this.moving(), { signal });
    onSignal((name, payload) => this.heard(name, payload), signal);
  }

  // -- the part of the page that is shown ------------------------------------------------------------------------------

  /** Whether the page on the stage is the one in this reader. */
  get isOnStage() {
    const [now, shown] = [staged(), this.reader.shown];
    return !!now && shown?.revision === now.revision && shown.page === now.page;
  }

  /** After the reader was given a page, and whenever another part of it is shown. */
  update() {
    if (this.tool !== "hand" && !this.presents()) this.take("hand");
    this.ink.draw(this.isOnStage);
    if (!this.isOnStage) {
      this.applied = "";
      this.pointer.show(null);
      return;
    }
    if (this.leads && this.presents()) return this.tell();
    const follows = this.follows();
    const returns = follows && !this.followed;
    this.followed = follows;
    if (!follows || this.reader.isTouched || !this.reader.view.width) return;
    const region = regionShown();
    const { view, size } = this.reader;
    const wanted = region ? JSON.stringify([region, view, this.reader.shown?.page]) : "";
    if (wanted === this.applied && !returns) return;
    if (region) this.reader.glideTo(placeOfRegion(region, view, size));
    else if (this.applied || this.reader.isZoomed) this.reader.glideTo(atTop(view, size));
    this.applied = wanted;
  }

  /** @param {boolean} hand */
  moved(hand) {
    if (!hand) {
      this.applied = "";
      this.update();
    } else if (this.presents()) {
      this.leads = true;
      this.looks.give(null);
    } else this.leave();
  }

  moving() {
    if (!this.reader.isTouched) return;
    if (!this.presents()) return this.reader.moving?.isDrawn && this.leave(); // at once: what the presenter does next would carry it back
    this.leads = true;
    this.looks.give(null);
  }

  /** Whoever moves the page while a part of it is shown has left that part. */
  leave() {
    if (this.isOnStage && this.follows() && isMagnified(regionShown(), this.reader.size)) this.left?.();
  }

  /** Tells the room which part of the page is seen here, if it is not known already. */
  tell() {
    const now = staged();
    if (!now || !this.isOnStage || !this.presents()) return;
    const { place, view, size } = this.reader;
    const region = regionOf(place, view, size);
    if (region && (region.width <= 0 || region.height <= 0)) return; // scrolled on to another page
    if (JSON.stringify(region) === JSON.stringify(this.told())) return;
    const look = { paper: now.paper, page: now.page, ...region };
    if (sendSignal("look", look)) setLook(look);
  }

  told() {
    const region = regionShown();
    return region && { x: region.x, y: region.y, width: region.width, height: region.height };
  }

  /** @param {string} name @param {any} payload */
  heard(name, payload) {
    if (name === "look") {
      if (payload) this.leads = false; // somebody else's
      this.update();
    } else if (name === "ink" || name === "stroke") {
      this.ink.draw(this.isOnStage);
      if (name === "ink" || this.ink.layer.childElementCount === 1) store.changed(); // buttons come and go with it
    } else if (name === "pointer") {
      const now = staged();
      const here = now?.paper === payload.paper && now?.page === payload.page && this.isOnStage && this.follows();
      this.pointer.show(here && payload.x !== undefined ? payload : null);
    }
  }

  // -- what the presenter has in the hand ------------------------------------------------------------------------------

  /** @param {"hand" | "pointer" | "pen"} tool */
  take(tool) {
    this.tool = tool;
    this.pointer.use(false);
    this.ink.use(tool === "pen");
    this.pointer.use(tool === "pointer");
    store.changed();
  }
}
