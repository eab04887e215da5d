// A template's paint as a canvas style.

/**
 * style returns the canvas fill style of a template's paint over a box. Colours are #rrggbb or #rrggbbaa.
 * A canvas mixes colours as they are and CSS mixes them premultiplied, so where that differs stops are put in between.
 */
export function style(context, paint, { x, y, width, height }) {
  if (typeof paint === "string") return paint;
  const angle = (paint.angle ?? (paint.type === "linear" ? 180 : 0)) * Math.PI / 180;
  const [fx, fy] = paint.center ?? [0.5, 0.5];
  const cx = x + fx * width, cy = y + fy * height;
  let gradient;
  switch (paint.type) {
    case "linear": { // CSS Images 3, section 3.1.1
      const sin = Math.sin(angle), cos = Math.cos(angle);
      const half = (Math.abs(width * sin) + Math.abs(height * cos)) / 2;
      gradient = context.createLinearGradient(cx - half * sin, cy + half * cos, cx + half * sin, cy - half * cos);
      break;
    }
    case "radial": { // to the farthest corner
      const reach = Math.hypot(Math.max(cx - x, x + width - cx), Math.max(cy - y, y + height - cy));
      gradient = context.createRadialGradient(cx, cy, 0, cx, cy, reach * (paint.radius ?? 1));
      break;
    }
    case "conic": // a canvas begins at the right, CSS at the top
      gradient = context.createConicGradient(angle - Math.PI / 2, cx, cy);
      break;
    default:
      throw new Error(`paint: expected linear, radial or conic; found ${paint.type}`);
  }
  for (const [offset, colour] of premultipliedStops(paint.stops)) gradient.addColorStop(offset, colour);
  return gradient;
}

const between = 64; // stops put between two

function premultipliedStops(stops) {
  return stops.flatMap(([offset, colour], i) => {
    if (i === 0) return [[offset, colour]];
    const from = channels(stops[i - 1][1]), to = channels(colour);
    if (from[3] === to[3]) return [[offset, colour]];
    return Array.from({ length: between }, (_, j) => {
      const f = (j + 1) / between;
      return [stops[i - 1][0] + (offset - stops[i - 1][0]) * f, mixed(from, to, f)];
    });
  });
}

function mixed(from, to, f) {
  const alpha = from[3] + (to[3] - from[3]) * f;
  const rgb = [0, 1, 2].map((c) => alpha && (from[c] * from[3] * (1 - f) + to[c] * to[3] * f) / alpha);
  return "#" + [...rgb, alpha].map((v) => Math.round(v).toString(16).padStart(2, "0")).join("");
}

function channels(colour) {
  return colour.slice(1).padEnd(8, "f").match(/../g).map((pair) => parseInt(pair, 16));
}
