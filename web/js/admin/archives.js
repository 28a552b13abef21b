/** Sends an archive as it is, however large, with how far it is and a way to stop, and says in words what came of it. */

const form = /** @type {HTMLFormElement} */ (document.querySelector("#take-in"));
const said = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const [button, stop] = /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll("button")]);
const bar = /** @type {HTMLProgressElement} */ (form.querySelector("progress"));

/** @param {string} text @param {boolean} bad */
function say(text, bad) {
  said.hidden = false;
  said.classList.toggle("bad", bad);
  said.textContent = text;
}

/** @param {boolean} runs */
function show(runs) {
  bar.hidden = stop.hidden = !runs;
  button.disabled = runs;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const file = /** @type {HTMLInputElement} */ (form.elements.namedItem("file")).files?.[0];
  if (!file) return;
  const request = new XMLHttpRequest();
  request.open("PUT", "/admin/archives");
  request.upload.onprogress = ({ loaded, total }) => Object.assign(bar, { max: total, value: loaded });
  request.upload.onload = () => {
    bar.removeAttribute("value"); // it is being checked: nobody knows how long
    say(form.dataset.checking ?? "", false);
  };
  request.onloadend = () => {
    show(false);
    stop.onclick = null;
    if (request.status === 201) return location.reload();
    say(told(request), true);
  };
  stop.onclick = () => request.abort();
  request.onabort = () => say(form.dataset.stopped ?? "", false);
  show(true);
  say(form.dataset.busy ?? "", false);
  request.send(file);
});

/** @param {XMLHttpRequest} request */
function told(request) {
  if (!request.status && said.textContent === form.dataset.stopped) return form.dataset.stopped ?? "";
  try {
    return JSON.parse(request.responseText).text;
  } catch {
    return form.dataset.failed ?? "";
  }
}

export {};
