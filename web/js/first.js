// Before the first paint: the reader's text size and light, as kept on this device. A classic script, not a module.
(() => {
  const root = document.documentElement;
  const kept = (/** @type {string} */ name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const size = Number(kept("size") ?? 100);
  root.style.setProperty("--size", String(size / 100));
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = kept("theme") ?? root.dataset.light ?? (dark ? "dark" : "light");
})();
