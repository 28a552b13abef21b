// Keys of a laptop: which does what, in the order in which the sheet of keys shows them. Pure: names only.

/**
 * What keys do. `letter`: a single letter, which somebody who dictates may want to turn off.
 * @typedef {{act: string, keys: string[], letter?: true}} Key
 */

/** @type {[string, Key[]][]} */
export const KEYS = [
  [
    "turn",
    [
      { act: "next", keys: ["ArrowRight"] },
      { act: "before", keys: ["ArrowLeft"] },
      { act: "down", keys: ["ArrowDown"] },
      { act: "up", keys: ["ArrowUp"] },
      { act: "on", keys: ["Space", "PageDown"] },
      { act: "off", keys: ["Shift+Space", "PageUp"] },
      { act: "first", keys: ["Home"] },
      { act: "last", keys: ["End"] },
    ],
  ],
  [
    "size",
    [
      { act: "larger", keys: ["+", "="] },
      { act: "smaller", keys: ["-"] },
      { act: "fit", keys: ["0"] },
    ],
  ],
  [
    "find",
    [
      { act: "pages", keys: ["G"], letter: true },
      { act: "papers", keys: ["T"], letter: true },
      { act: "search", keys: ["Ctrl+F", "/"] },
      { act: "back", keys: ["Alt+ArrowLeft"] },
      { act: "forward", keys: ["Alt+ArrowRight"] },
      { act: "follow", keys: ["F"], letter: true },
    ],
  ],
  [
    "read",
    [
      { act: "bookmark", keys: ["B"], letter: true },
      { act: "layout", keys: ["K"], letter: true },
      { act: "night", keys: ["D"], letter: true },
      { act: "large", keys: ["L"], letter: true },
    ],
  ],
  [
    "mark",
    [
      { act: "mark", keys: ["N"], letter: true },
      { act: "undo", keys: ["Ctrl+Z"] },
      { act: "redo", keys: ["Ctrl+Shift+Z"] },
      { act: "choose", keys: ["Ctrl+A"] },
      { act: "erase", keys: ["Delete"] },
    ],
  ],
  ["help", [{ act: "keys", keys: ["?"] }]],
];

/** Letters by their place on the keyboard: an input method for Vietnamese may have taken the letter. @param {{key: string, code: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} event */
export function nameOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const sign = key === " " ? "Space" : (letter ?? key);
  const shift = shiftKey && (letter || sign.length > 1) ? "Shift+" : ""; // "?" is a sign of its own
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shift}${sign}`;
}

/** @param {Parameters<typeof nameOf>[0]} event @param {boolean} letters whether single letters count @returns {string | undefined} what to do */
export function actOf(event, letters) {
  const name = nameOf(event);
  return KEYS.flatMap(([, keys]) => keys).find(({ keys, letter }) => keys.includes(name) && (letters || !letter))?.act;
}
