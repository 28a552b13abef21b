// Words: the catalogue of the page's language; dates, times, names the Vietnamese way.

/** @type {Record<string, string | {one?: string, other: string}>} */
let texts = {};
let language = "vi";
let address = "neutral";
const ZONE = "Asia/Ho_Chi_Minh";

/** Loads the catalogue once, before the first element is drawn. */
export async function loadWords() {
  const { words, address: form } = document.documentElement.dataset;
  language = document.documentElement.lang || "vi";
  address = form ?? "neutral";
  texts = await (await fetch(/** @type {string} */ (words))).json();
}

/** For tests. @param {typeof texts} catalogue @param {string} lang @param {string} form */
export function useWords(catalogue, lang, form) {
  [texts, language, address] = [catalogue, lang, form];
}

/** The form of address may be changed while the page is open. @param {string} form */
export function useAddress(form) {
  address = form;
}

/** @param {string} key @param {Record<string, string | number>} [params] @returns {string} */
export function t(key, params = {}) {
  const found = texts[key] ?? key;
  const text = typeof found === "string" ? found : plural(found, Number(params.n));
  const you = String(texts[`address.${address}`] ?? "");
  const values = /** @type {Record<string, string | number>} */ ({
    you,
    You: you.charAt(0).toUpperCase() + you.slice(1),
    ...params,
  });
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Whether the catalogue has this key. @param {string} key */
export const hasWord = (key) => key in texts;

/** @param {{one?: string, other: string}} forms @param {number} n */
function plural(forms, n) {
  return (new Intl.PluralRules(language).select(n) === "one" && forms.one) || forms.other;
}

const hands = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE }); // costly to make

/** @param {number} at @returns {string} 09:41 */
export const clock = (at) => hands.format(at);

/** @param {number} at @returns {string} Thứ Ba, 8/9/2020 */
export function day(at) {
  const locale = language === "vi" ? "vi-VN" : "en-GB";
  const text = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: language === "vi" ? "numeric" : "long",
    year: "numeric",
    timeZone: ZONE,
  }).format(at);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {number} at @returns {string} 17:00, Thứ Ba, 8/9/2020 */
export const moment = (at) => `${clock(at)}, ${day(at)}`;

/** @param {number} ms @returns {string} 4:46, −0:12, 1:02:05 */
export function duration(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const text = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  return ms <= -1000 ? `−${text}` : text;
}

/** @param {number} number @returns {string} 527.679 */
export const figure = (number) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(number);
