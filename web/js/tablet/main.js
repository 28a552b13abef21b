// The delegate's tablet.

import { MyReply } from "../attendance/my-reply.js";
import { connection } from "../lib/connection.js";
import { startPage } from "../lib/page.js";
import { MarkBar } from "../marks/mark-bar.js";
import { marks } from "../marks/marks.js";
import { install } from "../offline/installed.js";
import { startLastShown } from "../offline/last-shown.js";
import { before } from "../offline/leaving.js";
import { PageReader } from "../reader/page-reader.js";
import { BallotSheet } from "../voting/ballot-sheet.js";
import { MySupport } from "../support/my-support.js";
import { startTelling } from "../support/told.js";
import { startAddress } from "./address.js";
import { AgendaList } from "./agenda-list.js";
import { stayAwake } from "./awake.js";
import { BottomBar } from "./bottom-bar.js";
import { CallNotice } from "./call-notice.js";
import { startDelivery } from "./delivery.js";
import { startKeeping } from "./keeping.js";
import { pressed } from "./keyboard.js";
import { FloorLine } from "./floor-line.js";
import { KeptPapers } from "./kept-papers.js";
import { LargePrint } from "./large-print.js";
import { LobbyPage } from "./lobby-page.js";
import { MyTurn } from "./my-turn.js";
import { reading, startMovingAlong } from "./place.js";
import { PaperView } from "./paper-view.js";
import { SecondView } from "./second-view.js";
import { LineNotice } from "./line-notice.js";
import { TopBar } from "./top-bar.js";

await startPage(() => {
  customElements.define("page-reader", PageReader);
  customElements.define("top-bar", TopBar);
  customElements.define("line-notice", LineNotice);
  customElements.define("my-turn", MyTurn);
  customElements.define("floor-line", FloorLine);
  customElements.define("agenda-list", AgendaList);
  customElements.define("kept-papers", KeptPapers);
  customElements.define("paper-view", PaperView);
  customElements.define("second-view", SecondView);
  customElements.define("large-print", LargePrint);
  customElements.define("call-notice", CallNotice);
  customElements.define("mark-bar", MarkBar);
  customElements.define("bottom-bar", BottomBar);
  customElements.define("my-reply", MyReply);
  customElements.define("my-support", MySupport);
  customElements.define("lobby-page", LobbyPage);
  customElements.define("ballot-sheet", BallotSheet);
});

startAddress();
void marks.start();
startTelling();

connection.onOpen(() => connection.send({ signal: "reading", with: { following: reading.following } }));

before.push({ send: () => marks.sent(), left: () => marks.book.unsent });
startKeeping();
startMovingAlong();
startDelivery();
startLastShown();
stayAwake();
void install();

document.addEventListener("keydown", pressed);
