// A code reader at the door types what it read and presses Enter: the address of a personal QR code, or the code itself.

const ADDRESS = /^https?:\/\/\S+\/j\/([0-9A-Za-z]{8})\/?$/;
const TYPED = /^(?=.*\d)[0-9A-Za-z]{4} ?[0-9A-Za-z]{4}$/; // with a digit: nobody's name is taken for a code

/** The personal code in what was read or typed; null: somebody is sought by name. @param {string} text */
export function codeIn(text) {
  const read = ADDRESS.exec(text.trim());
  if (read) return read[1];
  return TYPED.test(text.trim()) ? text.trim() : null;
}

/** @param {string} code @returns {Promise<{participant?: string, text?: string}>} whose it is, or why nobody's */
export async function whose(code) {
  const { meeting, participant } = document.body.dataset;
  try {
    const answer = await fetch(`/m/${meeting}/${participant}/scanned`, {
      method: "POST",
      body: code,
      headers: { "content-type": "text/plain" },
    });
    if (answer.ok) return await answer.json();
    return { text: answer.status === 422 ? await answer.text() : undefined };
  } catch {
    return {}; // no line: the page says so
  }
}
