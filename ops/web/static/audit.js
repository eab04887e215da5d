// Who did what, and the other nodes.

import { by, el, text } from "./dom.js";
import * as format from "./format.js";
import { meter } from "./meters.js";
import { numbers, table, words } from "./table.js";

const key = (a) => [a.time, a.who, a.action, a.target, a.detail].join("\n");

// audit fills its section.
export function audit() {
  const rows = table({
    name: "Audit", key, empty: "Nobody has changed anything.",
    columns: [
      { name: "time", label: "Time", cell: words((a) => format.day(a.time)), class: "time" },
      { name: "who", label: "Who", cell: words((a) => a.who), class: "by" },
      { name: "what", label: "What", cell: whatCell, class: "detail" },
    ],
  });
  by("audit-table").append(rows.node);
  return { state: (s) => rows.update(s.audit ?? [], Date.parse(s.time)) };
}

function whatCell(cell) {
  const [action, target, detail] = [el("b"), el("bdi"), el("bdi", { class: "quiet" })];
  cell.append(el("p", {}, action, " ", target), el("p", {}, detail));
  return (a) => {
    text(action, a.action);
    text(target, a.target);
    text(detail, a.detail);
  };
}

function busyCell(cell) {
  const value = el("span", { class: "of" });
  const bar = meter("thin");
  cell.append(value, bar.node);
  return (n) => {
    text(value, format.share(n.busy));
    bar.update(n.busy, 1);
  };
}

function stateCell(cell) {
  return (n) => {
    text(cell, n.up ? "up" : "away");
    cell.dataset.tone = n.up ? "good" : "bad";
  };
}

// nodes fills its section, which is there only when the node knows of others.
export function nodes() {
  const rows = table({
    name: "Nodes", key: (n) => n.name, sort: "name",
    columns: [
      { name: "name", label: "Node", sort: (n) => n.name, descends: false, cell: words((n) => n.name), class: "who" },
      { name: "state", label: "State", sort: (n) => Number(n.up), descends: false, cell: stateCell },
      { name: "rate", label: "Req/s", number: true, sort: (n) => n.rate, cell: numbers((n) => n.rate, format.rate) },
      { name: "refused", label: "429/s", number: true, sort: (n) => n.refused, cell: numbers((n) => n.refused, format.rate, () => "warn") },
      { name: "failed", label: "Failed/s", number: true, wide: "wide-1", sort: (n) => n.failed, cell: numbers((n) => n.failed, format.rate, () => "bad") },
      { name: "p99", label: "p99", number: true, sort: (n) => n.p99, cell: numbers((n) => n.p99, format.ms) },
      { name: "busy", label: "Slots busy", number: true, sort: (n) => n.busy, cell: busyCell },
    ],
  });
  by("nodes-table").append(rows.node);
  return {
    state(s) {
      const there = Array.isArray(s.nodes);
      by("nodes").hidden = !there;
      by("to-nodes").hidden = !there;
      if (there) rows.update(s.nodes, Date.parse(s.time));
    },
  };
}
