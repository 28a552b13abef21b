// A form that ends with a question to the device. Without JavaScript or passkeys in the browser it stays hidden.

/** What the server answered with instead, in the reader's words. */
export class Refused extends Error {}

/** @param {string} address @param {unknown} said @returns {Promise<any>} */
export async function tell(address, said) {
  const answer = await fetch(address, { method: "POST", body: JSON.stringify(said) });
  const read = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
  if (!answer.ok) throw new Refused(read.text ?? "");
  return read;
}

/** @param {string} selector @param {(form: HTMLFormElement) => Promise<void>} work */
export function onSubmit(selector, work) {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(selector));
  if (!form || !("credentials" in navigator) || !("PublicKeyCredential" in window)) return;
  const said = /** @type {HTMLElement} */ (form.querySelector("[role=alert]"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.hidden = true;
    try {
      await work(form);
    } catch (error) {
      said.textContent = (error instanceof Refused && error.message) || (form.dataset.failed ?? "");
      said.hidden = false;
      button.disabled = false;
    }
  });
}
