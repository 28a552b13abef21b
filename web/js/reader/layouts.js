// How pages lie together: one by one, under each other to be scrolled, or two side by side. Pure.

/** @typedef {import("./geometry.js").Size} Size */
/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {import("./geometry.js").Page} Page */
/** @typedef {"single" | "scroll" | "spread"} Layout */
/** How many pages there are, and how large each is. @typedef {{pages: number, sizeOf: (page: number) => Size}} Pages */
/** A page beside the one that is read: its corner in points from that one's. @typedef {Size & Point & {page: number}} Beside */

export const LAYOUTS = /** @type {Layout[]} */ (["single", "scroll", "spread"]);
const GAP = 12; // points between two pages

/** Two pages side by side need a view that is wider than high. @param {Layout} layout @param {Size} box @returns {Layout} */
export const layoutIn = (layout, box) => (layout === "spread" && box.width < 1.1 * box.height ? "single" : layout);

/** A page with what is fitted into the view, and all around it that can be moved to. @param {Layout} layout @param {number} page @param {Pages} all @returns {Page} */
export function pageIn(layout, page, all) {
  const size = all.sizeOf(page);
  if (layout === "scroll") return { ...size, ...column(page, all) };
  const other = layout === "spread" ? partner(page, all.pages) : 0;
  if (!other) return size;
  const [left, right] = page < other ? [size, all.sizeOf(other)] : [all.sizeOf(other), size];
  const both = { width: left.width + GAP + right.width, height: Math.max(left.height, right.height) };
  return { ...size, fit: both, field: { ...both, x: page < other ? 0 : -left.width - GAP, y: 0 } };
}

/** All pages under each other, each in the middle; the view is as wide as the page. @param {number} page @param {Pages} all */
function column(page, { pages, sizeOf }) {
  const { width } = sizeOf(page);
  let [top, height, widest] = [0, -GAP, 0];
  for (let each = 1; each <= pages; each += 1) {
    if (each === page) top = -height - GAP;
    const size = sizeOf(each);
    height += size.height + GAP;
    widest = Math.max(widest, size.width);
  }
  return { fit: { width, height: 1 }, field: { x: (width - widest) / 2, y: top, width: widest, height } };
}

/** The other page of a spread; 0: it lies alone. @param {number} page @param {number} pages */
export const partner = (page, pages) => (page % 2 ? (page < pages ? page + 1 : 0) : page - 1);

/** Where another page's corner is, in points from this one's. @param {Layout} layout @param {number} from @param {number} to @param {Pages} all @returns {Point | null} null: they do not lie together */
export function offsetOf(layout, from, to, all) {
  if (from === to) return { x: 0, y: 0 };
  if (layout === "spread")
    return partner(from, all.pages) === to
      ? { x: from < to ? all.sizeOf(from).width + GAP : -all.sizeOf(to).width - GAP, y: 0 }
      : null;
  if (layout === "single") return null;
  let y = 0;
  for (let each = Math.min(from, to); each < Math.max(from, to); each += 1) y += all.sizeOf(each).height + GAP;
  return { x: (all.sizeOf(from).width - all.sizeOf(to).width) / 2, y: from < to ? y : -y };
}

/** The pages that are seen beside the one that is read. @param {Layout} layout @param {number} page @param {Pages} all @param {number} top @param {number} bottom what is seen, in points of that page @returns {Beside[]} */
export function beside(layout, page, all, top, bottom) {
  const at = (/** @type {number} */ other) => ({
    page: other,
    ...all.sizeOf(other),
    .../** @type {Point} */ (offsetOf(layout, page, other, all)),
  });
  if (layout === "spread") return [partner(page, all.pages)].filter(Boolean).map(at);
  if (layout === "single") return [];
  /** @type {Beside[]} */
  const seen = [];
  const { width, height } = all.sizeOf(page);
  const put = (/** @type {number} */ other, /** @type {number} */ y, /** @type {Size} */ size) =>
    y < bottom && y + size.height > top && seen.push({ page: other, ...size, x: (width - size.width) / 2, y });
  for (let [other, y] = [page + 1, height + GAP]; other <= all.pages && y < bottom; other += 1) {
    const size = all.sizeOf(other);
    put(other, y, size);
    y += size.height + GAP;
  }
  for (let [other, y] = [page - 1, -GAP]; other >= 1 && y > top; other -= 1) {
    const size = all.sizeOf(other);
    put(other, y - size.height, size);
    y -= size.height + GAP;
  }
  return seen;
}

/** The page at a point, or the nearest one to it, and where on that page the point is. @param {Beside[]} seen @param {Point} point of the page that is read @returns {Point & {page: number}} */
export function spotIn(seen, { x, y }) {
  const apart = (/** @type {Beside} */ each) =>
    Math.max(each.x - x, 0, x - each.x - each.width) + Math.max(each.y - y, 0, y - each.y - each.height);
  const nearest = seen.reduce((best, each) => (apart(each) < apart(best) ? each : best));
  return { page: nearest.page, x: x - nearest.x, y: y - nearest.y };
}

/** The page at a height of the column, in points from the top of one of them. @param {number} page @param {Pages} all @param {number} y */
export function pageAt(page, all, y) {
  let [found, top] = [page, 0];
  while (y < top - GAP / 2 && found > 1) top -= all.sizeOf(--found).height + GAP;
  while (found < all.pages && y >= top + all.sizeOf(found).height + GAP / 2) top += all.sizeOf(found++).height + GAP;
  return found;
}

/** Where a turn leads: a page further, or to the next two. @param {Layout} layout @param {number} page @param {number} step */
export const turned = (layout, page, step) => (layout === "spread" ? page - ((page - 1) % 2) + 2 * step : page + step);
