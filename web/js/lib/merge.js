// RFC 7396 merge patches: the newest view from an old one; parts that a patch does not name stay the same objects.

/**
 * @template {Record<string, any>} T
 * @param {T} view @param {Record<string, any>} patch
 * @returns {T}
 */
export function merge(view, patch) {
  const merged = /** @type {Record<string, any>} */ ({ ...view });
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else if (isObject(value)) merged[name] = merge(isObject(merged[name]) ? merged[name] : {}, value);
    else merged[name] = value;
  }
  return /** @type {T} */ (merged);
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
