// The table of customers: who asks, who is refused and why, who is slow.

import { attr, by, el, text } from "./dom.js";
import { badges, refusals, worst } from "./chips.js";
import * as format from "./format.js";
import { meter, minutes } from "./meters.js";
import { sparkline } from "./sparkline.js";
import { numbers, table } from "./table.js";

const sum = (slow) => (slow?.minutes ?? []).reduce((a, b) => a + b, 0);

const columns = [
  { name: "customer", label: "Customer", sort: (c) => c.id, descends: false, cell: nameCell, class: "who" },
  { name: "running", label: "Running", title: "Requests at once, of the most that it may have", number: true, sort: (c) => c.running, cell: runningCell },
  { name: "waiting", label: "Waiting", number: true, wide: "wide-1", sort: (c) => c.waiting, cell: numbers((c) => c.waiting, format.count) },
  { name: "rate", label: "Req/s", number: true, sort: (c) => c.rate, cell: numbers((c) => c.rate, format.rate) },
  { name: "refused", label: "429/s", number: true, sort: (c) => c.refused, cell: numbers((c) => c.refused, format.rate, () => "warn") },
  { name: "failed", label: "Failed/s", number: true, wide: "wide-1", sort: (c) => c.failed, cell: numbers((c) => c.failed, format.rate, () => "bad") },
  { name: "why", label: "Refused for", title: "Reasons of the last minutes, and for how much longer", wide: "wide-2", cell: part(refusals, (c) => c.refusals), class: "why" },
  { name: "slow-downloads", label: "Slow downl.", title: "Slow downloads of the last minutes, and the line from which the customer is refused", wide: "wide-3", sort: (c) => sum(c.slow_downloads), cell: part(minutes, (c) => c.slow_downloads) },
  { name: "slow-renders", label: "Slow renders", title: "Slow renders of the last minutes, and the line from which the customer is refused", wide: "wide-3", sort: (c) => sum(c.slow_renders), cell: part(minutes, (c) => c.slow_renders) },
  { name: "p50", label: "p50", number: true, wide: "wide-3", sort: (c) => c.p50, cell: numbers((c) => c.p50, format.ms) },
  { name: "p95", label: "p95", number: true, wide: "wide-2", sort: (c) => c.p95, cell: numbers((c) => c.p95, format.ms) },
  { name: "p99", label: "p99", number: true, wide: "wide-1", sort: (c) => c.p99, cell: numbers((c) => c.p99, format.ms) },
  { name: "bytes", label: "Out/s", number: true, wide: "wide-3", sort: (c) => c.bytes, cell: numbers((c) => c.bytes, format.bytes) },
  { name: "hour", label: "Last hour", title: "Requests a second", wide: "wide-2", cell: part(sparkline, (c) => c.spark), class: "hour" },
];

function part(make, value) {
  return (cell) => {
    const p = make();
    cell.append(p.node);
    return (row) => p.update(value(row));
  };
}

function nameCell(cell) {
  const name = el("bdi", { class: "name" });
  const marks = badges();
  const below = el("span", { class: "below" });
  cell.append(el("span", { class: "name-line" }, name, marks.node), below);
  return (c) => {
    text(name, c.id);
    attr(name, "title", c.id);
    marks.update(c);
    const why = worst(c.refusals);
    below.dataset.tone = why ? "warn" : "";
    text(below, why || `p99 ${format.ms(c.p99)}`);
  };
}

function runningCell(cell) {
  const value = el("span", { class: "of" });
  const bar = meter("thin");
  cell.append(value, bar.node);
  return (c) => {
    text(value, c.limit > 0 ? `${format.count(c.running)} / ${format.count(c.limit)}` : format.count(c.running));
    bar.update(c.running, c.limit);
  };
}

const filters = {
  all: () => true,
  refused: (c) => c.refused >= 0.005,
  failing: (c) => c.failed >= 0.005,
  paused: (c) => Boolean(c.paused) || (c.paused_templates ?? []).length > 0,
};

const few = 20;

// customers fills its section; open(customer) shows one.
export function customers(open) {
  let state = null;
  let filter = "all";
  let most = few;
  const rows = table({ columns, key: (c) => c.id, open: (c) => open(c.id), sort: "rate", name: "Customers", empty: "None that asked here lately. Enter in the search opens a customer by its whole ID.", held: (held) => by("customers-held").classList.toggle("on", held) });
  const more = el("button", { type: "button", class: "link", hidden: true, click: () => { most = most === few ? Infinity : few; draw(); } });
  by("customers-table").append(rows.node, more);

  const search = by("search");
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (e) => {
    if (search.value.trim() === "") return;
    if (e.key === "Enter") open(search.value.trim().toLowerCase()); // also one that the node does not list
    if (e.key !== "Escape") return;
    search.value = "";
    draw();
  });
  const sort = by("sort");
  sort.append(...rows.sortable.map((c) => el("option", { value: c.name, selected: c.name === "rate" }, c.label)));
  sort.addEventListener("change", () => rows.sortBy(sort.value));
  const buttons = Object.keys(filters).map((name) => filterButton(name, () => { filter = name; draw(); }));
  by("filters").append(...buttons.map((b) => b.node));

  function draw() {
    if (!state) return;
    const all = state.customers ?? [];
    const wanted = search.value.trim().toLowerCase();
    const found = rows.update(all, Date.parse(state.time), { most, filter: (c) => filters[filter](c) && c.id.toLowerCase().includes(wanted) });
    for (const b of buttons) b.update(filter, all.filter(filters[b.name]).length);
    more.hidden = found <= few;
    text(more, most === few ? `Show all ${found}` : `Show the first ${few}`);
  }
  return {
    state(next) {
      state = next;
      draw();
    },
  };
}

function filterButton(name, press) {
  const number = el("span", { class: "filter-count" });
  const node = el("button", { type: "button", class: "filter", "data-filter": name, click: press }, name[0].toUpperCase() + name.slice(1), " ", number);
  return {
    node, name,
    update(chosen, n) {
      node.setAttribute("aria-pressed", String(chosen === name));
      text(number, n);
    },
  };
}
