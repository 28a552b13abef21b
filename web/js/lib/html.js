// HTML as text, escaped, and put into the page by changing only what differs: focus, caret and scroll survive.

/** Text that is already HTML. */
export class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

const ENTITIES = /** @type {Record<string, string>} */ ({
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
});

/** @param {unknown} value @returns {string} */
function escaped(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(escaped).join("");
  if (value === null || value === undefined || value === false) return "";
  return String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}

/**
 * Escapes every value; `?name=${condition}` writes a boolean attribute or nothing, `aria-x="${condition}"` true or false.
 * @param {TemplateStringsArray} strings @param {...unknown} values
 */
export function html(strings, ...values) {
  let text = "";
  strings.forEach((string, index) => {
    const last = index === strings.length - 1;
    const flag = last ? null : /\s\?([\w-]+)=$/.exec(string);
    if (flag) text += string.slice(0, flag.index) + (values[index] ? ` ${flag[1]}` : "");
    else if (typeof values[index] === "boolean" && string.endsWith('="')) text += string + values[index];
    else text += string + (last ? "" : escaped(values[index]));
  });
  return new Markup(text);
}

/**
 * Makes the children of `root` what the markup says.
 * @param {Element} root @param {Markup} markup
 */
export function render(root, markup) {
  const template = document.createElement("template");
  template.innerHTML = markup.text;
  morphChildren(root, template.content);
}

/** @param {Node} node @returns {string | null} */
const keyOf = (node) => (node instanceof Element ? node.getAttribute("data-key") : null);

/** @param {Node} old @param {Node} next */
const alike = (old, next) => old.nodeName === next.nodeName && keyOf(old) === keyOf(next);

/** @param {ParentNode & Node} parent @param {ParentNode & Node} wanted */
function morphChildren(parent, wanted) {
  /** @type {Map<string, Element>} */
  const keyed = new Map();
  for (const child of parent.children) {
    const key = keyOf(child);
    if (key !== null) keyed.set(key, child);
  }
  let place = parent.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = keyOf(next);
    let old = key === null ? place : (keyed.get(key) ?? null);
    while (old && key === null && keyOf(old) !== null) old = old.nextSibling; // keyed ones wait for their turn
    if (old && alike(old, next)) {
      if (old === place) place = place.nextSibling;
      else parent.insertBefore(old, place);
      morph(old, next);
    } else {
      parent.insertBefore(next, place);
    }
    if (key !== null) keyed.delete(key);
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
  for (const left of keyed.values()) left.remove();
}

/** @param {Node} old @param {Node} next */
function morph(old, next) {
  if (!(old instanceof Element) || !(next instanceof Element)) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  if (old.hasAttribute("data-keep")) return; // it manages its attributes and children itself
  morphAttributes(old, next);
  if (!old.nodeName.includes("-")) morphChildren(old, next); // a custom element draws itself
}

const USERS_OWN = new Set(["open"]); // <details>, <dialog>: whether they are open is the user's

/** @param {Element} old @param {Element} next */
function morphAttributes(old, next) {
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && !USERS_OWN.has(name)) {
      old.removeAttribute(name);
      if (name === "checked" && old instanceof HTMLInputElement) old.checked = false;
    }
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) === value) continue;
    old.setAttribute(name, value);
    // What somebody is typing is theirs until they leave the field.
    if (name === "value" && "value" in old && old !== document.activeElement) old.value = value;
    if (name === "checked" && old instanceof HTMLInputElement) old.checked = true;
  }
}

/** An icon of the sprite. @param {string} name */
export function icon(name) {
  return html`<svg class="i" aria-hidden="true">
    <use href="${document.documentElement.dataset.icons}#${name}"></use>
  </svg>`;
}
