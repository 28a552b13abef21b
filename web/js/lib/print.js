// What a page says to print, it prints. The button is not shown where no script runs: the browser's own menu prints there.

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
  button.removeAttribute("hidden");
}
