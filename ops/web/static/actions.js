// What an operator can do. Each says exactly what will happen and is done at the second press.

import { order } from "./api.js";
import { confirm } from "./dialog.js";
import { el, freshId } from "./dom.js";
import * as format from "./format.js";

const everywhere = "on all nodes that share this data folder, within a second";

const done = (what, answer) => `Done: ${what}${answer.audit?.time ? `, at ${format.clock(answer.audit.time)}` : ""}. It is in the audit list.`;

function line(label, hint, attributes = {}) {
  const id = freshId("line");
  const input = el("input", { id, type: "text", autocomplete: "off", spellcheck: "false", maxlength: "200", ...attributes });
  return { input, node: el("p", { class: "line" }, el("label", { for: id }, label), input, hint && el("small", {}, hint)) };
}

// pause stops a customer, or one of its templates.
export function pause(customer, template) {
  const why = line("Why", "It stands in the audit list and beside the customer.");
  const what = template ? `template ${template} of ${customer}` : customer;
  confirm({
    title: `Pause ${what}?`,
    says: `Pause ${what}: ${template ? "requests for it" : "its requests"} are answered 429 paused, or with kept pictures, ${everywhere}. It stays so until somebody resumes it.`,
    fields: [why.node],
    verb: `Pause ${template ?? customer}`,
    danger: true,
    async act() {
      const body = { customer, why: why.input.value.trim() };
      return done(`${what} is paused`, await order("pause", template ? { ...body, template } : body));
    },
  });
}

// resume undoes that.
export function resume(customer, template) {
  const what = template ? `template ${template} of ${customer}` : customer;
  confirm({
    title: `Resume ${what}?`,
    says: `Resume ${what}: ${template ? "requests for it" : "its requests"} are answered as usual again, ${everywhere}.`,
    verb: `Resume ${template ?? customer}`,
    async act() {
      return done(`${what} is resumed`, await order("resume", template ? { customer, template } : { customer }));
    },
  });
}

// drain has load balancers leave the node; its name has to be typed.
export function drain(node) {
  const name = line(`Type ${node} to confirm`, "", { "data-drain": true });
  confirm({
    title: `Drain ${node}?`,
    says: `Drain ${node}: /readyz says 503 from now on, so that load balancers send it nothing more. What comes all the same is served. It stays so until somebody stops it or the node is restarted.`,
    fields: [name.node],
    verb: `Drain ${node}`,
    danger: true,
    ready: () => name.input.value.trim() === node,
    async act() {
      return done(`${node} drains`, await order("drain", { node }));
    },
  });
}

// undrain undoes that.
export function undrain(node) {
  confirm({
    title: `Stop draining ${node}?`,
    says: `Stop draining ${node}: /readyz says 200 again, so that load balancers send it requests.`,
    verb: "Stop draining",
    async act() {
      return done(`${node} is ready again`, await order("undrain", { node }));
    },
  });
}
