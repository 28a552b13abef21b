// The door: a tablet with the secretariat's right, at the entrance: who comes in is marked by one tap.

import { AttendanceList } from "../attendance/attendance-list.js";
import { startPage } from "../lib/page.js";

await startPage(() => customElements.define("attendance-list", AttendanceList));
