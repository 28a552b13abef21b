// What goes between the browser's credentials and JSON; older iPads have no words of their own for it.

/** @param {string} text base64url */
export function bytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer | null | undefined} buffer */
export function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer ?? new ArrayBuffer(0)), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @typedef {{id: string, type: "public-key", transports?: AuthenticatorTransport[]}} Named */

/** @param {Named[] | undefined} named */
const known = (named) => (named ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

/** @param {any} asked as the server writes it @returns {PublicKeyCredentialCreationOptions} */
export function toMake(asked) {
  const user = { ...asked.user, id: bytes(asked.user.id) };
  return { ...asked, user, challenge: bytes(asked.challenge), excludeCredentials: known(asked.excludeCredentials) };
}

/** @param {any} asked as the server writes it @returns {PublicKeyCredentialRequestOptions} */
export function toProve(asked) {
  return { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) };
}

/** @param {PublicKeyCredential} credential */
function answer(credential) {
  const { id, type } = credential;
  return { id, rawId: text(credential.rawId), type, clientExtensionResults: credential.getClientExtensionResults() };
}

/** @param {PublicKeyCredential} credential */
export function made(credential) {
  const response = /** @type {AuthenticatorAttestationResponse} */ (credential.response);
  const [clientDataJSON, attestationObject] = [response.clientDataJSON, response.attestationObject].map(text);
  return { ...answer(credential), response: { clientDataJSON, attestationObject } };
}

/** @param {PublicKeyCredential} credential */
export function proven(credential) {
  const response = /** @type {AuthenticatorAssertionResponse} */ (credential.response);
  const said = [response.clientDataJSON, response.authenticatorData, response.signature, response.userHandle].map(text);
  const [clientDataJSON, authenticatorData, signature, userHandle] = said;
  return { ...answer(credential), response: { clientDataJSON, authenticatorData, signature, userHandle } };
}
