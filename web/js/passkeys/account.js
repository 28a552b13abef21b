// Adds a passkey to one's own account.

import { made, toMake } from "./codec.js";
import { onSubmit, tell } from "./form.js";

onSubmit("#add-passkey", async (form) => {
  const { code, name } = Object.fromEntries(new FormData(form));
  const publicKey = toMake(await tell("/account/passkeys/begin", { code }));
  const credential = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey }));
  await tell("/account/passkeys", { name, credential: made(credential) });
  location.reload();
});
