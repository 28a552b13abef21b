/** Sends an archive as it is, however large, and says in words what came of it. */

const form = /** @type {HTMLFormElement} */ (document.querySelector('#take-in'))
const said = /** @type {HTMLElement} */ (form.querySelector('[role=status]'))
const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'))

/** @param {string} text @param {boolean} bad */
function say(text, bad) {
  said.hidden = false
  said.classList.toggle('bad', bad)
  said.textContent = text
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const file = /** @type {HTMLInputElement} */ (form.elements.namedItem('file')).files?.[0]
  if (!file) return
  button.disabled = true
  say(form.dataset.busy ?? '', false)
  try {
    const answer = await fetch(location.pathname, { method: 'PUT', body: file })
    if (answer.status === 201) return location.reload()
    say((await answer.json()).text, true)
  } catch {
    say(form.dataset.failed ?? '', true)
  }
  button.disabled = false
})
