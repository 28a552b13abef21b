// Uploads: files go out two at a time, with progress; what the server says about each is kept beside it.

import { freshId } from "../lib/commands.js";
import { store } from "../lib/store.js";
import { t } from "../lib/words.js";

/** @typedef {{id: string, item: string, paper?: string, asked?: string, file: File, part: number, error: string, code?: string, done: boolean}} Upload */

const OFFICE = [".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"]; // where the server can convert them; else it says so
export const TAKEN = ["application/pdf", ".pdf", ...OFFICE].join(",");

/** @param {string} name */
export const isOffice = (name) => OFFICE.some((suffix) => name.toLowerCase().endsWith(suffix));

/** @type {Upload[]} */
export const uploads = [];
const AT_ONCE = 2;
let running = 0;
/** @type {Map<string, XMLHttpRequest>} */
const requests = new Map();

/** @param {File[]} files @param {{item: string, paper?: string, asked?: string}} where `asked`: what was asked of this person */
export function upload(files, where) {
  for (const file of files) uploads.push({ id: freshId(), ...where, file, part: 0, error: "", done: false });
  pump();
}

/** Stops it where it is; the server keeps nothing of what it has not had whole. @param {string} id */
export function stop(id) {
  const request = requests.get(id);
  forget(id);
  request?.abort();
  pump();
}

/** @param {string} id */
export function forget(id) {
  const at = uploads.findIndex((each) => each.id === id);
  if (at >= 0) uploads.splice(at, 1);
  store.changed();
}

/** With the same id: if only the answer was lost, the file is not there twice. @param {string} id */
export function again(id) {
  const found = uploads.find((each) => each.id === id);
  if (found) Object.assign(found, { error: "", part: 0 });
  pump();
}

/** New papers of one item go one after the other: they stand in the order in which they were chosen. @param {Upload} one */
const isBehind = (one) =>
  !one.paper &&
  uploads.some(
    (other) =>
      other !== one && !other.paper && other.item === one.item && other.part > 0 && !other.error && !other.done,
  );

function pump() {
  store.changed();
  for (const next of uploads) {
    if (running >= AT_ONCE) return;
    if (next.part || next.error || next.done || isBehind(next)) continue;
    send(next);
  }
}

/** @param {Upload} one */
function send(one) {
  running += 1;
  one.part = 0.001;
  const { meeting, participant } = document.body.dataset;
  const name = encodeURIComponent(one.file.name);
  const base = `/m/${meeting}/${participant}/papers`;
  const request = new XMLHttpRequest();
  const into = one.asked ? `asked=${one.asked}` : `item=${one.item}`;
  request.open(
    "PUT",
    one.paper
      ? `${base}/${one.paper}?file_name=${name}&id=${one.id}`
      : `${base}?${into}&file_name=${name}&id=${one.id}`,
  );
  request.upload.onprogress = (event) => {
    one.part = event.lengthComputable ? event.loaded / event.total : one.part;
    store.changed();
  };
  requests.set(one.id, request);
  request.onloadend = () => {
    running -= 1;
    requests.delete(one.id);
    if (request.status === 201) forget(one.id);
    else Object.assign(one, said(request));
    pump();
  };
  request.send(one.file);
}

/** @param {XMLHttpRequest} request @returns {{error: string, code?: string}} */
function said(request) {
  try {
    const { text, code } = JSON.parse(request.responseText);
    return { error: text, code };
  } catch {
    return { error: t("secretariat.upload.lost") };
  }
}
