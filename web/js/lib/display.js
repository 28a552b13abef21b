// Display: text size and light, chosen by the reader and kept on the device.

export const SIZES = [100, 125, 150, 175, 200];

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // not kept: still in force until the page is closed
  }
}

export const size = () => Number(read("size") ?? 100);
export const theme = () => document.documentElement.dataset.theme ?? "light";

/** @param {string} name */
export function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {number} percent */
export function setSize(percent) {
  keep("size", String(percent));
  document.documentElement.style.setProperty("--size", String(percent / 100));
}

/** @param {string} name */
export function setTheme(name) {
  keep("theme", name);
  document.documentElement.dataset.theme = name;
}
