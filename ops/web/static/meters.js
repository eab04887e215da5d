// Small drawings of how much of a limit is used.

import { attr, el, text } from "./dom.js";
import * as format from "./format.js";

const tone = (part) => (part >= 0.95 ? "bad" : part >= 0.8 ? "warn" : null);

// meter is a bar; update(value, limit) fills it. Without a limit it is empty.
export function meter(className = "") {
  const fill = el("span", { class: "meter-fill" });
  const node = el("span", { class: `meter ${className}`, "aria-hidden": "true" }, fill);
  return {
    node,
    update(value, limit, toned = true) {
      const part = limit > 0 ? Math.min(1, Math.max(0, value / limit)) : 0;
      fill.style.width = `${(part * 100).toFixed(1)}%`;
      attr(node, "data-tone", toned ? tone(part) : null);
    },
  };
}

// gauge is a bar with what it is about, a number and how much there may be.
export function gauge(label, show) {
  const bar = meter();
  const value = el("span", { class: "gauge-value" });
  const node = el("div", { class: "gauge" }, el("span", { class: "gauge-label" }, label), value, bar.node);
  return {
    node,
    update(used, limit, toned = true) {
      text(value, limit > 0 ? `${show(used)} of ${show(limit)}` : show(used));
      bar.update(used, limit, toned);
    },
  };
}

const past = 1.25; // how far a bar of minutes reaches beyond its limit

// minutes is how many slow downloads or renders a customer had in the last minutes, one part for each, against the line
// that it is refused from.
export function minutes() {
  const parts = [0, 1, 2].map(() => el("span", { class: "minute" }));
  const line = el("span", { class: "minutes-limit" });
  const bar = el("span", { class: "minutes-bar", "aria-hidden": "true" }, parts, line);
  const value = el("span", { class: "minutes-value" });
  const node = el("span", { class: "minutes" }, bar, value);
  line.style.left = `${100 / past}%`;
  return {
    node,
    update(slow) {
      const each = (slow?.minutes ?? []).slice(-3);
      const sum = each.reduce((a, b) => a + b, 0);
      const limit = slow?.limit ?? 0;
      const scale = limit > 0 ? limit : Math.max(sum, 1);
      let left = past * scale;
      parts.forEach((part, i) => {
        const n = Math.min(each[i] ?? 0, left);
        left -= n;
        part.style.width = `${((n / scale / past) * 100).toFixed(1)}%`;
      });
      line.hidden = !(limit > 0);
      attr(node, "data-tone", limit > 0 ? tone(sum / limit) : null);
      attr(node, "data-zero", sum === 0);
      text(value, format.count(sum));
      attr(node, "title", `${each.join(" + ")} in the last minutes; refused from ${limit > 0 ? limit : "no number on"}`);
    },
  };
}
