// The door: a tablet with the secretariat's right, at the entrance: who comes in is marked by one tap.

import { AttendanceList } from "../attendance/attendance-list.js";
import { startPage } from "../lib/page.js";

await startPage(() => customElements.define("attendance-list", AttendanceList));

// A code reader types: whatever was touched last, what it types goes into the field.
document.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, target }) => {
  if (key.length !== 1 || ctrlKey || metaKey || altKey || target instanceof HTMLInputElement) return;
  if (!document.querySelector("dialog[open]") && key !== " ")
    document.querySelector("attendance-list")?.querySelector("input")?.focus();
});
