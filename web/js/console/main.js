// The chair console. Left what is on, in the middle what all see, right who speaks; it never scrolls for what a chair does.

import { AttendanceList } from "../attendance/attendance-list.js";
import { QuorumNotice } from "../attendance/quorum-notice.js";
import { SpeakingTable } from "../floor/speaking-table.js";
import { SpeechChime } from "../floor/speech-chime.js";
import { startPage } from "../lib/page.js";
import { PageReader } from "../reader/page-reader.js";
import { SeatMap } from "../seating/seat-map.js";
import { BallotSheet } from "../voting/ballot-sheet.js";
import { AgendaPanel } from "./agenda-panel.js";
import { FactsBar } from "./facts-bar.js";
import { FloorPanel } from "./floor-panel.js";
import { SeatPanel } from "./seat-panel.js";
import { StagePanel } from "./stage-panel.js";
import { VotePanel } from "./vote-panel.js";

await startPage(() => {
  customElements.define("page-reader", PageReader);
  customElements.define("facts-bar", FactsBar);
  customElements.define("agenda-panel", AgendaPanel);
  customElements.define("stage-panel", StagePanel);
  customElements.define("vote-panel", VotePanel);
  customElements.define("seat-map", SeatMap);
  customElements.define("seat-panel", SeatPanel);
  customElements.define("floor-panel", FloorPanel);
  customElements.define("ballot-sheet", BallotSheet);
  customElements.define("attendance-list", AttendanceList);
  customElements.define("quorum-notice", QuorumNotice);
  customElements.define("speaking-table", SpeakingTable);
  customElements.define("speech-chime", SpeechChime);
});
