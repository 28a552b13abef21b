// The secretariat: everything about a meeting in its sections; what is left to do stands beside them.

import { AttendanceList } from "../attendance/attendance-list.js";
import { SpeakingTable } from "../floor/speaking-table.js";
import { CirculationSection } from "../circulation/circulation-section.js";
import { startPage } from "../lib/page.js";
import { SeatEditor } from "../seating/seat-editor.js";
import { SeatMap } from "../seating/seat-map.js";
import { desk } from "../support/desk.js";
import { AgendaSection } from "./agenda-section.js";
import { AttendanceSection } from "./attendance-section.js";
import { ConclusionsSection } from "./conclusions-section.js";
import { DocumentsSection } from "./documents-section.js";
import { GeneralSection } from "./general-section.js";
import { MeetingHead } from "./meeting-head.js";
import { MinutesSection } from "./minutes-section.js";
import { PeopleSection } from "./people-section.js";
import { ReadySection } from "./ready-section.js";
import { SeatingSection } from "./seating-section.js";
import { SideNav, showSection } from "./side-nav.js";
import { SpeakingSection } from "./speaking-section.js";
import { SupportSection } from "./support-section.js";
import { VotesSection } from "./votes-section.js";

await startPage(() => {
  customElements.define("meeting-head", MeetingHead);
  customElements.define("side-nav", SideNav);
  customElements.define("general-section", GeneralSection);
  customElements.define("people-section", PeopleSection);
  customElements.define("seat-map", SeatMap);
  customElements.define("seat-editor", SeatEditor);
  customElements.define("seating-section", SeatingSection);
  customElements.define("agenda-section", AgendaSection);
  customElements.define("votes-section", VotesSection);
  customElements.define("circulation-section", CirculationSection);
  customElements.define("attendance-list", AttendanceList);
  customElements.define("attendance-section", AttendanceSection);
  customElements.define("speaking-table", SpeakingTable);
  customElements.define("speaking-section", SpeakingSection);
  customElements.define("support-section", SupportSection);
  customElements.define("ready-section", ReadySection);
  customElements.define("conclusions-section", ConclusionsSection);
  customElements.define("minutes-section", MinutesSection);
  customElements.define("documents-section", DocumentsSection);
});
showSection();
desk.start();
window.addEventListener("hashchange", showSection);
