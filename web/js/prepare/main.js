// The page of a unit that was asked for papers: also for a computer in an office, days before the meeting.

import { startPage } from "../lib/page.js";
import { PreparePage } from "../preparing/prepare-page.js";

await startPage(() => customElements.define("prepare-page", PreparePage));
