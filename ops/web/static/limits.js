// The form for a customer's own limits.

import { order } from "./api.js";
import { confirm } from "./dialog.js";
import { el, freshId } from "./dom.js";
import * as format from "./format.js";

const kinds = [
  { name: "concurrency", label: "Running at once", hint: "Requests that it may have here at the same time while the node is busy." },
  { name: "slow_downloads", label: "Slow downloads", hint: "So many in three minutes, and the customer is refused until they are fewer." },
  { name: "slow_renders", label: "Slow renders", hint: "Likewise, for pictures that take long to draw." },
];

const most = 1000000;

// limits opens the form. It shows what changes before anything is sent.
export function limits(customer) {
  const old = customer.limits ?? {};
  const groups = kinds.map((kind) => group(kind, old[kind.name] ?? 0));
  const changes = el("ul", { class: "changes", "aria-live": "polite" });
  const show = () => changes.replaceChildren(...changed().map((g) => el("li", {}, `${g.kind.label}: `, el("del", {}, format.limit(g.old)), " → ", el("ins", {}, format.limit(g.value())))));
  const changed = () => groups.filter((g) => g.valid() && g.value() !== g.old);

  const node = confirm({
    title: `Limits of ${customer.id}`,
    says: `They count on all nodes that share this data folder, from the next request on. Requests that run are not touched.`,
    fields: [...groups.map((g) => g.node), el("div", { class: "changes-box" }, changes)],
    verb: "Change limits",
    ready: () => groups.every((g) => g.valid()) && changed().length > 0,
    async act() {
      const body = { customer: customer.id };
      for (const g of changed()) body[g.kind.name] = g.value(); // the rest is as others leave it
      const words = changed().map((g) => `${g.kind.label.toLowerCase()} is now ${format.limit(g.value())}`).join(", ");
      const answer = await order("limits", body);
      return `Done: ${words}${answer.audit?.time ? `, at ${format.clock(answer.audit.time)}` : ""}. It is in the audit list.`;
    },
  });
  node.classList.add("limits");
  node.addEventListener("input", show);
}

// group is the three choices of one limit.
function group(kind, old) {
  const name = freshId(kind.name);
  const number = el("input", { type: "number", min: "1", max: String(most), step: "1", inputmode: "numeric", "data-limit": kind.name, "aria-label": `${kind.label}: number` });
  if (old > 0) number.value = String(old);
  const radio = (value, checked) => el("input", { type: "radio", name, value, checked, "data-choice": `${kind.name} ${value}` });
  const own = radio("own", old > 0);
  const none = radio("none", old < 0);
  const node = el("fieldset", { class: "limit" }, el("legend", {}, kind.label),
    el("label", {}, radio("default", old === 0), "Node’s default"),
    el("label", {}, none, "No limit"),
    el("span", { class: "own" }, el("label", {}, own, "Own"), number),
    el("small", {}, kind.hint));
  number.addEventListener("input", () => (own.checked = true));
  own.addEventListener("change", () => number.focus());

  const value = () => (own.checked ? Number(number.value) : none.checked ? -1 : 0);
  const valid = () => !own.checked || (Number.isInteger(value()) && value() >= 1 && value() <= most);
  return { kind, old, node, value, valid };
}
