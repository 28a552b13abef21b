// Signs in with a passkey instead of the code.

import { proven, toProve } from "./codec.js";
import { onSubmit, tell } from "./form.js";

onSubmit("#use-passkey", async () => {
  const publicKey = toProve(await tell("/sign-in/passkey/begin", {}));
  const credential = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey }));
  const { to } = await tell(`/sign-in/passkey${location.search}`, { credential: proven(credential) });
  location.assign(to);
});
