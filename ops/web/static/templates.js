// The two tables of templates: which cost most, and which fail.

import { attr, by, el, text } from "./dom.js";
import * as format from "./format.js";
import { explainHash } from "./links.js";
import { meter } from "./meters.js";
import { numbers, table, words } from "./table.js";
import { error } from "./words.js";

const key = (t) => `${t.customer}/${t.template}`;

// link leads to the explanation of a template; which request of it is explained is said in words.
const link = (request) => (cell) => {
  const customer = el("bdi", { class: "quiet" });
  const template = el("bdi", {});
  const a = el("a", {}, customer, " / ", template);
  cell.append(a);
  return (t) => {
    text(customer, t.customer);
    text(template, t.template);
    a.href = explainHash(t);
    attr(a, "title", `Explain ${t.url ? `the ${request} of ` : ""}${key(t)}`);
  };
};

function shareCell(cell) {
  const value = el("span", { class: "of" });
  const bar = meter("thin");
  cell.append(value, bar.node);
  return (t) => {
    text(value, format.share(t.share));
    bar.update(t.share, 1, false);
  };
}

function whyCell(cell) {
  const [what, whose, detail] = [el("b"), el("span", { class: "quiet" }), el("bdi", { class: "detail-text" })];
  cell.append(el("p", {}, what, " ", whose), el("p", {}, detail));
  return (t) => {
    const about = error(t.error);
    text(what, about.short);
    text(whose, about.whose && `whose: ${about.whose}`);
    text(detail, t.detail);
    attr(cell, "title", [t.error, t.request_id && `request ${t.request_id}`].filter(Boolean).join(", "));
  };
}

function requestCell(cell) {
  const id = el("code", {});
  cell.append(id);
  return (t) => text(id, t.request_id ?? "");
}

// templates fills its section.
export function templates() {
  const cost = table({
    name: "Templates by cost", key, sort: "cpu", empty: "Nothing was drawn in the last hour.",
    columns: [
      { name: "template", label: "Template", sort: key, descends: false, cell: link("slowest render"), class: "who" },
      { name: "share", label: "Of the CPU", number: true, sort: (t) => t.share, cell: shareCell },
      { name: "cpu", label: "CPU time", number: true, sort: (t) => t.cpu_ms, cell: words((t) => format.ms(t.cpu_ms)) },
      { name: "renders", label: "Renders", number: true, wide: "wide-1", sort: (t) => t.renders, cell: numbers((t) => t.renders, format.count) },
      { name: "each", label: "Each", title: "CPU time of one", number: true, wide: "wide-1", sort: (t) => t.cpu_ms / t.renders, cell: words((t) => format.ms(t.renders > 0 ? t.cpu_ms / t.renders : NaN)) },
      { name: "p95", label: "p95", number: true, wide: "wide-1", sort: (t) => t.p95, cell: numbers((t) => t.p95, format.ms) },
    ],
  });
  const failures = table({
    name: "Templates by failures", key, sort: "failures", empty: "Nothing failed in the last hour.",
    columns: [
      { name: "template", label: "Template", sort: key, descends: false, cell: link("last failure"), class: "who" },
      { name: "failures", label: "Failed", number: true, sort: (t) => t.failures, cell: numbers((t) => t.failures, format.count, () => "bad") },
      { name: "why", label: "Last failure", cell: whyCell, class: "detail" },
      { name: "request", label: "Request", wide: "wide-2", cell: requestCell, class: "request" },
    ],
  });
  by("templates-cost").append(cost.node);
  by("templates-failures").append(failures.node);
  return {
    state(state) {
      const now = Date.parse(state.time);
      cost.update(state.templates?.by_cost ?? [], now);
      failures.update(state.templates?.by_failures ?? [], now);
    },
  };
}
