// The delegate's tablet.

import { MyReply } from "../attendance/my-reply.js";
import { connection } from "../lib/connection.js";
import { startPage } from "../lib/page.js";
import { store } from "../lib/store.js";
import { MarkBar } from "../marks/mark-bar.js";
import { marks } from "../marks/marks.js";
import { PageReader } from "../reader/page-reader.js";
import { forgetOthers } from "../reader/images.js";
import { forgetOtherTexts } from "../reader/page-texts.js";
import { BallotSheet } from "../voting/ballot-sheet.js";
import { AgendaList } from "./agenda-list.js";
import { BottomBar } from "./bottom-bar.js";
import { CallNotice } from "./call-notice.js";
import { LobbyPage } from "./lobby-page.js";
import { MyTurn } from "./my-turn.js";
import { reader, reading } from "./place.js";
import { PaperView } from "./paper-view.js";
import { LineNotice } from "./line-notice.js";
import { TopBar } from "./top-bar.js";

await startPage(() => {
  customElements.define("page-reader", PageReader);
  customElements.define("top-bar", TopBar);
  customElements.define("line-notice", LineNotice);
  customElements.define("my-turn", MyTurn);
  customElements.define("agenda-list", AgendaList);
  customElements.define("paper-view", PaperView);
  customElements.define("call-notice", CallNotice);
  customElements.define("mark-bar", MarkBar);
  customElements.define("bottom-bar", BottomBar);
  customElements.define("my-reply", MyReply);
  customElements.define("lobby-page", LobbyPage);
  customElements.define("ballot-sheet", BallotSheet);
});

void marks.start();

connection.onOpen(() => connection.send({ signal: "reading", with: { following: reading.following } }));

// What may no longer be read is not kept on the device either.
let papers = store.view?.papers;
store.watch(() => {
  if (!store.view || store.line !== "open" || papers === store.view.papers) return;
  papers = store.view.papers;
  const all = { ...papers, ...store.me?.papers };
  const allowed = new Set(Object.values(all).map((paper) => paper.revision ?? ""));
  void forgetOthers(allowed);
  void forgetOtherTexts(allowed);
}, new AbortController().signal);

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, dialog, ballot-sheet.shown");
  if (!typing) reader()?.key(event);
});
