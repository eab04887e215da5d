// The parts of a customer's panel.

import { pause, resume } from "./actions.js";
import { attr, el, keyed, text } from "./dom.js";
import * as format from "./format.js";
import { explainHash } from "./links.js";
import { minutes } from "./meters.js";
import { cursor, peak, sparkline } from "./sparkline.js";
import { numbers, table, words } from "./table.js";
import { error, reason } from "./words.js";

const shown = [
  ["Running", (c) => (c.limit > 0 ? `${format.count(c.running)} of ${format.count(c.limit)}` : `${format.count(c.running)}, no limit`)],
  ["Waiting", (c) => format.count(c.waiting)],
  ["Requests/s", (c) => format.rate(c.rate)],
  ["Good/s", (c) => format.rate(c.good)],
  ["429/s", (c) => format.rate(c.refused)],
  ["Failed/s", (c) => format.rate(c.failed)],
  ["p50", (c) => format.ms(c.p50)],
  ["p95", (c) => format.ms(c.p95)],
  ["p99", (c) => format.ms(c.p99)],
  ["Out/s", (c) => format.bytes(c.bytes)],
  ["Own limits", ownLimits],
];

function ownLimits({ limits = {} }) {
  const names = { concurrency: "at once", slow_downloads: "slow downloads", slow_renders: "slow renders" };
  const own = Object.entries(names).filter(([key]) => (limits[key] ?? 0) !== 0);
  return own.map(([key, name]) => `${format.limit(limits[key])} ${limits[key] < 0 ? `of ${name}` : name}`).join(", ") || "none";
}

// facts is the list of a customer's numbers.
export function facts() {
  const values = shown.map(() => el("dd", {}, format.unknown));
  const node = el("dl", { class: "facts" }, shown.map(([name], i) => el("div", {}, el("dt", {}, name), values[i])));
  return { node, update: (c) => shown.forEach(([, show], i) => text(values[i], show(c))) };
}

// chart is the customer's hour, by minute.
export function chart() {
  const line = sparkline();
  const mark = el("span", { class: "tile-mark", hidden: true });
  const note = el("span", { class: "tile-note" });
  const name = "Requests a second, by minute of the last hour";
  const node = el("div", { class: "chart", tabindex: "0", role: "group", "aria-label": name },
    el("div", { class: "tile-head" }, el("span", { class: "tile-label" }, name), note), el("div", { class: "tile-chart" }, line.node, mark));
  let series = [];
  let pointed = false;
  const rest = () => text(note, `peak ${format.rate(peak(series))}`);
  cursor(node, () => series.length, (at) => {
    pointed = at !== null;
    mark.hidden = !pointed;
    if (!pointed) return rest();
    const last = series.length - 1;
    mark.style.left = `${(at / Math.max(1, last)) * 100}%`;
    text(note, `${last - at === 0 ? "this minute" : `${last - at} min ago`}: ${format.rate(series[at])}`);
    attr(node, "aria-label", note.textContent);
  });
  return {
    node,
    update(next) {
      series = next;
      line.update(series);
      if (!pointed) rest();
    },
  };
}

// reasonsList explains what a customer was refused for.
export function reasonsList() {
  const list = el("ul", { class: "reasons" });
  const none = el("p", { class: "empty" }, "Nothing in the last minutes.");
  return {
    node: el("div", {}, list, none),
    update(refusals) {
      none.hidden = refusals.length > 0;
      keyed(list, refusals, (r) => r.reason, () => {
        const [name, much, means] = [el("b"), el("span", { class: "much" }), el("span", { class: "means" })];
        return {
          node: el("li", {}, el("p", {}, name, " ", much), means),
          update(r) {
            const about = reason(r.reason);
            text(name, about.short === r.reason ? r.reason : `${about.short} (${r.reason})`);
            text(much, `${format.rate(r.rate)} a second, ${format.count(r.count)} in the last minutes${r.left_ms > 0 ? `, for another ${format.span(r.left_ms / 1000)}` : ""}`);
            text(means, [about.means, about.whose && `Whose: ${about.whose}.`, about.knob && `Knob: ${about.knob}.`].filter(Boolean).join(" "));
          },
        };
      });
    },
  };
}

// slowCounters are the two counts that a customer is refused from.
export function slowCounters() {
  const parts = [["Downloads", "slow_downloads"], ["Renders", "slow_renders"]].map(([name, key]) => {
    const bar = minutes();
    const line = el("span", { class: "minutes-text" });
    return { node: el("div", { class: "slow" }, el("span", {}, name), bar.node, line), bar, line, key };
  });
  return {
    node: el("div", {}, parts.map((p) => p.node)),
    update(c) {
      for (const { bar, line, key } of parts) {
        const slow = c[key];
        bar.update(slow);
        text(line, `${(slow?.minutes ?? []).join(" + ") || "0"}; ${slow?.limit > 0 ? `refused from ${format.count(slow.limit)}` : "no limit"}`);
      }
    },
  };
}

// templateTable is a customer's templates, each with its own button.
export function templateTable(customer) {
  let paused = new Set();
  const link = (cell) => {
    const a = el("a", {});
    cell.append(a);
    return (t) => {
      text(a, t.template);
      a.href = explainHash({ customer, template: t.template, url: t.url });
    };
  };
  const button = (cell) => {
    let name = "";
    const b = el("button", { type: "button", class: "small", click: () => (paused.has(name) ? resume(customer, name) : pause(customer, name)) });
    cell.append(b);
    return (t) => {
      name = t.template;
      text(b, paused.has(name) ? "Resume…" : "Pause…");
      attr(b, "aria-label", `${paused.has(name) ? "Resume" : "Pause"} template ${name}`);
    };
  };
  const rows = table({
    name: `Templates of ${customer}`, key: (t) => t.template, sort: "cpu", empty: "None was drawn.",
    columns: [
      { name: "template", label: "Template", cell: link, class: "who" },
      { name: "cpu", label: "CPU", number: true, sort: (t) => t.cpu_ms, cell: words((t) => format.ms(t.cpu_ms)) },
      { name: "renders", label: "Renders", number: true, cell: numbers((t) => t.renders, format.count) },
      { name: "failures", label: "Failed", number: true, cell: numbers((t) => t.failures ?? 0, format.count, () => "bad") },
      { name: "last", label: "Last failure", wide: "wide-1", class: "detail", cell: words((t) => (t.error ? `${error(t.error).short}: ${t.detail ?? ""}` : "")) },
      { name: "act", label: "", cell: button },
    ],
  });
  return {
    node: rows.node,
    update(c) {
      paused = new Set(c.paused_templates ?? []);
      const list = joined(c.templates ?? {});
      for (const name of paused) if (!list.some((t) => t.template === name)) list.push({ template: name, renders: 0, cpu_ms: 0 });
      rows.update(list, Date.now());
    },
  };
}

// joined makes one row of what a template cost and how it failed.
function joined({ by_cost: cost, by_failures: failures }) {
  const rows = new Map((cost ?? []).map((t) => [t.template, { ...t }]));
  for (const f of failures ?? []) rows.set(f.template, { renders: 0, cpu_ms: 0, ...rows.get(f.template), ...f });
  return [...rows.values()];
}
