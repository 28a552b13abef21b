// The page on which a member reads the draft of the minutes and comments on it, on a tablet or at a desk days later.

import { DraftPage } from "../comments/draft-page.js";
import { startPage } from "../lib/page.js";

await startPage(() => customElements.define("draft-page", DraftPage));
