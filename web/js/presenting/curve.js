// A drawn line as an SVG path: smooth through the middles between its points. No DOM.

/** @param {number[]} points x and y in turn @returns {string} */
export function curveOf(points) {
  const [x, y] = points;
  if (points.length < 4) return `M${x} ${y}h.01`; // a dot
  let path = `M${x} ${y}`;
  for (let at = 2; at < points.length - 2; at += 2) {
    const [cx, cy, nx, ny] = points.slice(at, at + 4);
    path += `Q${cx} ${cy} ${round((cx + nx) / 2)} ${round((cy + ny) / 2)}`;
  }
  return `${path}L${points[points.length - 2]} ${points[points.length - 1]}`;
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;
