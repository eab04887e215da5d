// The table of where the time of requests goes.

import { attr, el, text } from "./dom.js";
import * as format from "./format.js";
import { numbers, table } from "./table.js";
import { stage } from "./words.js";

// stageTable shows stages in the order that they come in.
export function stageTable(name) {
  let top = 1;
  const bar = (cell) => {
    const line = el("span", { class: "range-line" });
    const middle = el("span", { class: "range-middle" });
    cell.append(el("span", { class: "range", "aria-hidden": "true" }, line, middle));
    return (s) => {
      const at = (v) => `${(100 * place(v, top)).toFixed(1)}%`;
      line.style.left = at(s.p50);
      line.style.width = `${Math.max(0.5, 100 * (place(s.p99, top) - place(s.p50, top))).toFixed(1)}%`;
      middle.style.left = at(s.p95);
    };
  };
  const rows = table({
    name, key: (s) => s.stage, empty: "Nothing was measured in the last minutes.",
    columns: [
      { name: "stage", label: "Stage", cell: (cell) => (s) => { text(cell, stage(s.stage)); attr(cell, "title", s.stage); }, class: "who" },
      { name: "count", label: "Times", number: true, wide: "wide-1", cell: numbers((s) => s.count, format.count) },
      { name: "p50", label: "p50", number: true, cell: numbers((s) => s.p50, format.ms) },
      { name: "p95", label: "p95", number: true, cell: numbers((s) => s.p95, format.ms) },
      { name: "p99", label: "p99", number: true, cell: numbers((s) => s.p99, format.ms) },
      { name: "range", label: "p50 – p95 – p99", title: "On a logarithmic scale", cell: bar, class: "range-cell", wide: "wide-1" },
    ],
  });
  return {
    node: rows.node,
    update(stages) {
      top = Math.max(10, ...stages.map((s) => s.p99 || 0));
      rows.update(stages, 0);
    },
  };
}

// place is where a time lies between a tenth of a millisecond and top, on a logarithmic scale.
function place(ms, top) {
  const from = 0.1;
  return Math.min(1, Math.max(0, Math.log(Math.max(from, ms || 0) / from) / Math.log(top / from)));
}
