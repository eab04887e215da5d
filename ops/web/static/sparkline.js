// A line of one hour, drawn as SVG. Where the node did not run there is a gap.

import { attr, svg } from "./dom.js";

const height = 100;

// sparkline gives a drawing and update(series, max), which draws numbers and nulls from left to right, up to max or to
// the largest of them.
export function sparkline(className = "") {
  const area = svg("path", { class: "spark-area" });
  const line = svg("path", { class: "spark-line", "vector-effect": "non-scaling-stroke" });
  const node = svg("svg", { class: `spark ${className}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" }, area, line);
  let drawn = null;
  return {
    node,
    update(series, max) {
      const values = Array.isArray(series) ? series : [];
      const top = Math.max(max ?? 0, peak(values)) || 1;
      const shape = `${top}:${values.join()}`;
      if (shape === drawn) return;
      drawn = shape;
      attr(node, "viewBox", `0 0 ${Math.max(1, values.length - 1)} ${height}`);
      const runs = split(values);
      const at = (i) => `${i} ${(height - (Math.max(0, values[i]) / top) * (height - 2) - 1).toFixed(1)}`;
      attr(line, "d", runs.map(([from, to]) => `M${points(from, to, at)}`).join(""));
      attr(area, "d", runs.map(([from, to]) => `M${from} ${height}L${points(from, to, at)}L${to} ${height}Z`).join(""));
    },
  };
}

export const peak = (values) => values.reduce((top, v) => (Number.isFinite(v) && v > top ? v : top), 0);

function points(from, to, at) {
  const out = [];
  for (let i = from; i <= to; i++) out.push(at(i));
  return out.join("L");
}

// split gives the first and last index of each run of numbers.
function split(values) {
  const out = [];
  let from = -1;
  for (let i = 0; i <= values.length; i++) {
    const there = i < values.length && Number.isFinite(values[i]);
    if (there && from < 0) from = i;
    if (!there && from >= 0) {
      out.push([from, i - 1]);
      from = -1;
    }
  }
  return out;
}

// cursor lets pointer and arrow keys walk along a drawing of an hour. move(index) is called with the place, or null when
// it is left. length() is how many places there are.
export function cursor(node, length, move) {
  let at = null;
  const go = (to) => {
    at = to === null ? null : Math.min(length() - 1, Math.max(0, to));
    move(at);
  };
  node.addEventListener("pointermove", (e) => {
    const box = node.getBoundingClientRect();
    if (length() > 0) go(Math.round(((e.clientX - box.left) / box.width) * (length() - 1)));
  });
  node.addEventListener("pointerleave", () => go(null));
  node.addEventListener("blur", () => go(null));
  node.addEventListener("focus", () => length() > 0 && node.matches(":focus-visible") && go(length() - 1));
  node.addEventListener("keydown", (e) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -30, PageDown: 30, Home: -Infinity, End: Infinity }[e.key];
    if (step === undefined || length() === 0) return;
    e.preventDefault();
    go((at ?? length() - 1) + step);
  });
}
