// The worker that opens this page without a network. There is none on plain http.

export const secure = window.isSecureContext && "serviceWorker" in navigator;

/** Called once by the page. Without it everything works that needs a network. */
export async function install() {
  if (!secure) return;
  try {
    await navigator.serviceWorker.register("/worker.js");
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ keep: location.pathname });
    await navigator.storage?.persist?.(); // else an iPad forgets what was not opened for a week
  } catch (error) {
    console.warn("this page will not open without a network", error);
  }
}
