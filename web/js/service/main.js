// Who brings water and repairs devices: what is asked for, on a telephone or a tablet at the door.

import { startPage } from "../lib/page.js";
import { desk } from "../support/desk.js";
import { stayAwake } from "../tablet/awake.js";
import { ErrandBoard } from "./errand-board.js";

await startPage(() => {
  desk.start();
  stayAwake();
  customElements.define("errand-board", ErrandBoard);
});
