// The tiles at the top: what the node does now, and an hour of it. One cursor walks through all of them together, so
// that what happened at one moment can be compared.

import { attr, el, text } from "./dom.js";
import * as format from "./format.js";
import { cursor, peak, sparkline } from "./sparkline.js";

const total = (state) => (state.stages ?? []).find((s) => s.stage === "total") ?? {};

const kinds = [
  { name: "rate", label: "Requests/s", now: (s) => s.totals.rate, show: format.rate },
  { name: "good", label: "Good/s", now: (s) => s.totals.good, show: format.rate },
  { name: "refused", label: "429/s", now: (s) => s.totals.refused, show: format.rate, tone: "warn" },
  { name: "failed", label: "Failed/s", now: (s) => s.totals.failed, show: format.rate, tone: "bad" },
  { name: "p99", label: "p99", now: (s) => total(s).p99, show: format.ms },
  { name: "busy", label: "Slots busy", now: slots, show: (v) => format.share(v), top: 1, note: waits },
  { name: "bytes", label: "Out/s", now: (s) => s.totals.bytes, show: format.bytes },
];

function slots(state) {
  return state.slots.total > 0 ? state.slots.busy / state.slots.total : NaN;
}

function waits(state) {
  const { busy, total: all, waiting } = state.slots;
  return `${busy} of ${all}${waiting > 0 ? `, ${format.count(waiting)} wait` : ""}`;
}

// tiles fills root and gives the two updates.
export function tiles(root) {
  let history = null;
  const all = kinds.map((kind) => tile(kind));
  root.append(...all.map((t) => t.node));
  const length = () => history?.rate?.length ?? 0;
  for (const t of all) cursor(t.node, length, (at) => all.forEach((other) => other.point(at, history)));
  return {
    state: (state) => all.forEach((t) => t.state(state)),
    history(next) {
      history = next;
      all.forEach((t) => t.history(next));
    },
  };
}

function tile(kind) {
  const value = el("span", { class: "tile-value" }, format.unknown);
  const note = el("span", { class: "tile-note" });
  const line = sparkline();
  const mark = el("span", { class: "tile-mark", hidden: true });
  const name = el("span", { class: "tile-label" }, kind.label);
  const node = el("div", { class: "tile", tabindex: "0", role: "group", "data-tile": kind.name },
    el("div", { class: "tile-head" }, name, note), value, el("div", { class: "tile-chart" }, line.node, mark));
  let now = NaN;
  let aside = "";
  let pointed = false;

  function rest() {
    text(value, kind.show(now));
    text(note, aside);
    attr(node, "aria-label", `${kind.label}: ${kind.show(now)}. ${aside}. Arrow keys walk through the last hour.`);
    attr(node, "data-tone", kind.tone && now >= 0.005 ? kind.tone : null);
  }

  return {
    node,
    state(state) {
      now = kind.now(state);
      if (kind.note) aside = kind.note(state);
      if (!pointed) rest();
    },
    history(h) {
      const series = h[kind.name] ?? [];
      line.update(series, kind.top);
      if (!kind.note) aside = `peak ${kind.show(peak(series))}`;
      if (!pointed) rest();
    },
    point(at, h) {
      pointed = at !== null && h !== null;
      mark.hidden = !pointed;
      if (!pointed) {
        rest();
        return;
      }
      const series = h[kind.name] ?? [];
      const time = Date.parse(h.end) - (series.length - 1 - at) * h.step_s * 1000;
      mark.style.left = `${(at / Math.max(1, series.length - 1)) * 100}%`;
      text(value, kind.show(series[at] ?? NaN));
      text(note, format.clock(time));
      attr(node, "aria-label", `${kind.label} at ${format.clock(time)}: ${kind.show(series[at] ?? NaN)}`);
    },
  };
}
