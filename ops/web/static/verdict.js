// The sentence at the top, and under it what stands out. A finding that is over stays for a while, so that one that
// comes and goes can be read, and the page does not jump with it.

import { attr, el, keyed, text } from "./dom.js";
import { findings } from "./findings.js";
import * as format from "./format.js";

const stays = 15000; // ms of the node's time
const most = matchMedia("(max-width: 620px)").matches ? 3 : 6;

// verdict fills root; openCustomer shows a customer's panel.
export function verdict(root, openCustomer) {
  const sentence = el("p", { class: "verdict-sentence", role: "status" }, "Waiting for the node…");
  const list = el("ul", { class: "findings" });
  const more = el("button", { type: "button", class: "link", hidden: true, click: () => show(!all) });
  const known = new Map();
  let all = false;
  let shown = [];
  root.append(sentence, list, more);

  function show(everything) {
    all = everything;
    keyed(list, all ? shown : shown.slice(0, most), (f) => f.key, () => finding(openCustomer));
    more.hidden = shown.length <= most;
    text(more, all ? "Show fewer" : `Show ${shown.length - most} more`);
  }

  return {
    state(state) {
      const now = Date.parse(state.time);
      const current = findings(state);
      const keys = new Set(current.map((f) => f.key));
      for (const f of current) known.set(f.key, { ...f, seen: now, over: false });
      for (const [key, f] of known) {
        if (keys.has(key)) continue;
        if (now - f.seen > stays || now < f.seen) known.delete(key);
        else f.over = true;
      }
      const worst = current[0];
      attr(root, "data-level", state.node.draining ? "warn" : worst?.level ?? "good");
      const head = says(state, worst);
      text(sentence, head);
      shown = [...current, ...[...known.values()].filter((f) => f.over)].filter((f) => f.text !== head);
      show(all);
    },
  };
}

// says is the worst thing that is wrong now and what to do, or that nothing is.
function says(state, worst) {
  if (worst?.own) return worst.text;
  if (state.node.draining) return "This node drains: load balancers send it nothing more. Stop that above, or take it away.";
  if (worst?.level === "bad") return `${worst.text}.`;
  if (worst) return "The node is well. What stands out:";
  return `All is well: ${format.rate(state.totals.good)} pictures a second, nobody is refused.`;
}

function finding(openCustomer) {
  let item = null;
  const subject = el("button", { type: "button", class: "subject", click: () => openCustomer(item.customer) });
  const what = el("span", { class: "finding-text" });
  const whose = el("span", { class: "finding-whose" });
  const knob = el("span", { class: "finding-knob" });
  const host = el("b", { class: "finding-host" });
  const node = el("li", { class: "finding" }, el("span", { class: "dot", "aria-hidden": "true" }),
    el("p", { class: "finding-what" }, subject, host, " ", what), el("p", { class: "finding-why" }, whose, knob));
  return {
    node,
    update(f) {
      item = f;
      attr(node, "data-level", f.over ? "over" : f.level);
      subject.hidden = f.customer === undefined;
      host.hidden = f.subject === undefined;
      text(subject, f.customer);
      text(host, f.subject);
      text(what, f.over ? `${f.text} — over` : f.text);
      text(whose, f.whose ? `Whose: ${f.whose}` : "");
      attr(node, "data-alone", !f.whose && !f.knob);
      text(knob, f.knob ? `Knob: ${f.knob}` : "");
    },
  };
}
