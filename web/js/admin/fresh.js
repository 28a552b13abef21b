// The figures of the overview stay as they are now, without loading the page again, while somebody looks at it.

const EVERY = 10_000; // ms

async function freshen() {
  if (document.hidden) return;
  const here = document.querySelector("[data-fresh]");
  if (!here || here.contains(document.activeElement)) return; // nobody loses the place where they are
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok) return;
  const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-fresh]");
  if (there) here.replaceWith(there);
}

setInterval(freshen, EVERY);
document.addEventListener("visibilitychange", freshen);

export {};
