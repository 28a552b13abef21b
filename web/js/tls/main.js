// Whether this device trusts the server's certificate, found out by asking over https.

const card = /** @type {HTMLElement} */ (document.querySelector("#verdict"));
const onward = /** @type {HTMLAnchorElement} */ (document.querySelector("#onward"));

/** @param {string} state */
function show(state) {
  card.dataset.verdict = state;
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll("[data-state]"))) {
    line.hidden = line.dataset.state !== state;
  }
  onward.hidden = state !== "trusted" && state !== "reached";
}

async function ask() {
  show("asking");
  const overHttps = location.protocol === "https:";
  try {
    await fetch(/** @type {string} */ (card.dataset.check), { cache: "no-store" });
    if (!overHttps) onward.href = /** @type {string} */ (card.dataset.here); // the last look is taken there
    show(!overHttps ? "reached" : (await isTrusted()) ? "trusted" : "bypassed");
  } catch {
    show("unknown");
  }
}

/** Who went past a warning can load pages; a worker is installed only where the certificate is trusted. */
async function isTrusted() {
  try {
    await navigator.serviceWorker.register("/worker.js");
    return true;
  } catch {
    return false;
  }
}

document.querySelector("#again")?.addEventListener("click", ask);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
void ask();
