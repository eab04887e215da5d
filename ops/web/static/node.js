// The section of the node itself: what it has, and how much of that is used.

import { attr, by, el, keyed, text } from "./dom.js";
import * as format from "./format.js";
import { gauge } from "./meters.js";
import { stageTable } from "./stages.js";
import { numbers, table, words } from "./table.js";
import { hostState } from "./words.js";

// group is a card of lines; update(lines) takes [label, text, tone] each.
function group(title) {
  const list = el("dl", { class: "lines" });
  const gauges = el("div", { class: "gauges" });
  return {
    node: el("section", { class: "card" }, el("h3", {}, title), gauges, list),
    gauge(name, show, used, limit, toned) {
      this.wanted ??= [];
      this.wanted.push({ name, show, used, limit, toned });
    },
    update(lines) {
      keyed(gauges, this.wanted ?? [], (g) => g.name, (g) => {
        const made = gauge(g.name, g.show);
        return { node: made.node, update: (now) => made.update(now.used, now.limit, now.toned) };
      });
      this.wanted = [];
      keyed(list, lines, ([label]) => label, () => {
        const [name, value] = [el("dt"), el("dd")];
        return {
          node: el("div", {}, name, value),
          update([label, words, tone]) {
            text(name, label);
            text(value, words);
            attr(value, "data-tone", tone);
          },
        };
      });
    },
  };
}

// node fills its section.
export function node() {
  const cards = Object.fromEntries(["Slots and leases", "Memory", "Disk", "Redis and log", "Process and codecs"].map((title) => [title, group(title)]));
  by("node-cards").append(...Object.values(cards).map((c) => c.node));
  const stages = stageTable("Stages");
  by("node-stages").append(stages.node);
  const hosts = hostTable();
  by("node-hosts").append(hosts.node);
  return {
    state(s) {
      slots(cards["Slots and leases"], s);
      memory(cards.Memory, s);
      disk(cards.Disk, s.disks ?? []);
      cards["Redis and log"].update([...redis(s.redis), ...log(s.log)]);
      cards["Process and codecs"].update([
        ...(s.codecs ?? []).map((c) => [c.format.toUpperCase(), `${c.library} ${c.version}`]),
        ["Version", s.node.version], ["Go", `${s.node.go}, ${s.node.cpus} CPUs`], ["Started", format.day(s.node.started)],
      ]);
      stages.update(s.stages ?? []);
      hosts.update((s.hosts ?? []).filter((h) => h.state !== "closed" || h.failures > 0 || h.waiting > 0), Date.parse(s.time));
    },
  };
}

function slots(card, { slots: s, leases: l, totals }) {
  card.gauge("CPU slots", format.count, s.busy, s.total, false);
  card.gauge("Leases", format.count, l.held, l.limit);
  card.update([
    ["Wait for a slot", s.waiting > 0 ? `${format.count(s.waiting)}, the first for ${format.ms(s.oldest_ms)}` : "0", s.oldest_ms >= 1000 ? "warn" : null],
    ["Wait for a lease", format.count(l.waiting)],
    ["Customers are limited from", l.start < 0 ? "never" : `${format.count(l.start)} leases`, l.start >= 0 && l.held >= l.start ? "warn" : null],
    ["Requests inside", format.count(totals.running)],
    ["Degraded pictures/s", format.rate(totals.degraded)],
  ]);
}

function memory(card, { memory: m, caches }) {
  card.gauge("for renders", format.bytes, m.reserved, m.limit);
  for (const c of caches ?? []) card.gauge(`cached ${c.name}`, format.bytes, c.bytes, c.limit, false);
  card.update([["Photos held", format.bytes(m.held)], ["Heap", format.bytes(m.heap)], ["Resident", format.bytes(m.rss)]]);
}

function disk(card, disks) {
  const lines = [];
  for (const d of disks) {
    const all = d.hits + d.misses;
    card.gauge(d.files, format.bytes, d.bytes, d.limit, false);
    lines.push(
      [`${d.files}: files`, format.count(d.count)],
      [`${d.files}: found`, all > 0 ? format.share(d.hits / all) : format.unknown],
      [`${d.files}: evicted`, format.count(d.evicted)],
    );
    if (d.refusing) lines.push([`${d.files}: writes`, "refused", "bad"]);
  }
  const [first] = disks;
  if (first?.size > 0) card.gauge("device", format.bytes, first.size - first.free, first.size);
  card.update(lines);
}

function redis(r) {
  return [
    ["Redis", r.up ? "answers" : "away", r.up ? "good" : "bad"],
    ["Its address", r.address],
    ...(r.error ? [["Its error", r.error, "bad"]] : []),
    ["Leases given without it", format.count(r.failed_open), r.up ? null : "warn"],
    ["Tells those who wait", r.listening ? "yes" : "no: they ask"],
  ];
}

function log(l) {
  const e = l.elastic;
  return [
    ["Records kept", format.count(l.kept)],
    ["Records dropped", format.count(l.dropped), l.dropped > 0 ? "warn" : null],
    ["Elasticsearch", e ? (e.up ? "answers" : "away") : "not configured", e ? (e.up ? "good" : "bad") : null],
    ...(e ? [["Records that wait for it", format.count(e.waiting)], ["Dropped before it", format.count(e.dropped), e.dropped > 0 ? "warn" : null]] : []),
  ];
}

function hostTable() {
  return table({
    name: "Shops in trouble", key: (h) => h.host, sort: "failures", empty: "No shop is in trouble.",
    columns: [
      { name: "host", label: "Host", sort: (h) => h.host, descends: false, cell: words((h) => h.host), class: "who" },
      { name: "state", label: "State", wide: "wide-1", cell: words((h) => hostState(h.state)) },
      { name: "failures", label: "Failures", number: true, sort: (h) => h.failures, cell: numbers((h) => h.failures, format.count, (h) => (h.state === "open" ? "bad" : "warn")) },
      { name: "reason", label: "Reason", cell: words((h) => h.reason) },
      { name: "again", label: "Asked again in", number: true, cell: words((h) => (h.again_ms > 0 ? format.span(h.again_ms / 1000) : "now")) },
      { name: "running", label: "Downloads", number: true, wide: "wide-1", sort: (h) => h.running, cell: numbers((h) => h.running, format.count) },
      { name: "waiting", label: "Waiting", number: true, wide: "wide-1", sort: (h) => h.waiting, cell: numbers((h) => h.waiting, format.count) },
    ],
  });
}
