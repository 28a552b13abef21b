// Long work on a page of the administrator: how far it is, without loading the page again; when it ends, the page says how.

const EVERY = 1000; // ms

for (const part of document.querySelectorAll("[data-job]")) follow(/** @type {HTMLElement} */ (part));

/** @param {HTMLElement} part */
function follow(part) {
  const bar = part.querySelector("progress"),
    far = /** @type {HTMLElement | null} */ (part.querySelector("[data-far]"));
  const timer = setInterval(async () => {
    const answer = await fetch(part.dataset.job ?? "").catch(() => null); // without a network it is asked again
    if (!answer?.ok) return;
    const { state, done, of } = await answer.json();
    if (state !== "running") {
      clearInterval(timer);
      return location.reload();
    }
    if (!bar || !far || !of) return;
    bar.max = of;
    bar.value = done;
    far.hidden = false;
    far.textContent = `${done} / ${of}`;
  }, EVERY);
}

export {};
