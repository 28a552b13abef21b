// What this tablet says of itself to the secretariat: which papers it has, which were opened, how long a page takes.

import { connection } from "../lib/connection.js";
import { store } from "../lib/store.js";
import { secure } from "../offline/installed.js";
import { provision } from "./keeping.js";
import { first } from "./place.js";

const OFTEN = 3_000; // ms between two reports
const REMEMBERED = 9; // page turns a delay is made of
const LONGEST = 20_000; // ms: what takes longer was interrupted

/** @type {Set<string>} revisions */
const opened = new Set();
/** @type {number[]} ms, the newest last */
const delays = [];

/** A name for this device, as long as its window lives; not who is in front of it. */
const device = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, "0")).join(
  "",
);

/** @param {string} agent @param {number} touches */
export function kindOf(agent, touches) {
  if (/android/i.test(agent)) return "android";
  if (/ipad|iphone/i.test(agent) || (/macintosh/i.test(agent) && touches > 1)) return "ipad";
  return /windows/i.test(agent) ? "windows" : "other";
}

/** @param {number[]} numbers */
export function middle(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** How many pages of each revision are here. @param {import("../reader/provision.js").Provision} provision */
function keptOf({ list, shelf }) {
  /** @type {Record<string, number>} */
  const kept = {};
  for (const wanted of list) kept[wanted.revision] = (kept[wanted.revision] ?? 0) + Number(shelf.isStored(wanted));
  return kept;
}

let said = "";

function report() {
  if (store.line !== "open") return;
  const kind = kindOf(navigator.userAgent, navigator.maxTouchPoints);
  const facts = {
    device,
    kind,
    secure,
    kept: keptOf(provision),
    opened: [...opened],
    ...(delays.length ? { delay: Math.round(middle(delays)) } : {}),
  };
  const text = JSON.stringify(facts);
  if (text === said) return;
  if (connection.send({ signal: "delivery", with: facts })) said = text;
}

/** From a turn until the page hangs. @param {import("../reader/page-reader.js").PageReader} page */
function measure(page) {
  const began = performance.now();
  const { place } = first;
  if (!place || document.visibilityState !== "visible") return;
  opened.add(place.paper.revision ?? "");
  const wanted = `${place.paper.revision}/${place.page}`;
  const look = () => {
    const ms = performance.now() - began;
    if (page.dataset.page === wanted) delays.push(ms);
    else if (ms < LONGEST && first.place?.page === place.page) return requestAnimationFrame(look);
    while (delays.length > REMEMBERED) delays.shift();
  };
  requestAnimationFrame(look);
}

/** Called once by the page. */
export function startDelivery() {
  connection.onOpen(() => {
    said = ""; // a server that was started anew knows nothing
    report();
  });
  setInterval(report, OFTEN);
  document.addEventListener("shown", () => {
    const page = first.reader;
    if (page) measure(page);
  });
}
