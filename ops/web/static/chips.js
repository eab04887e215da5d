// Short marks on a customer: what it is refused for, and what an operator has done to it.

import { attr, el, keyed, text } from "./dom.js";
import * as format from "./format.js";
import { reason } from "./words.js";

// still gives the reasons that count now, the worst first.
const still = (list) => [...(list ?? [])].filter((r) => r.rate > 0 || r.left_ms > 0).sort((a, b) => b.rate - a.rate);

// refusals is a chip for the worst reason, and how many more there are.
export function refusals() {
  const all = el("span", { class: "chips" });
  const more = el("span", { class: "quiet" });
  return {
    node: el("span", { class: "chips" }, all, more),
    update(list) {
      const now = still(list);
      keyed(all, now.slice(0, 1), (r) => r.reason, chip);
      text(more, now.length > 1 ? `+${now.length - 1}` : "");
      attr(more, "title", now.length > 1 ? now.slice(1).map((r) => reason(r.reason).short).join(", ") : null);
    },
  };
}

function chip() {
  const what = el("span", { class: "chip-text" });
  const left = el("span", { class: "chip-left" });
  const node = el("span", { class: "chip" }, what, left);
  return {
    node,
    update(r) {
      const about = reason(r.reason);
      attr(node, "data-reason", r.reason);
      attr(node, "title", `${r.reason}: ${format.count(r.count)} in the last minutes. ${about.means}${about.whose && ` Whose: ${about.whose}.`}`);
      text(what, about.short);
      text(left, timeLeft(r));
    },
  };
}

const timeLeft = (r) => (r.left_ms > 0 ? format.span(r.left_ms / 1000) : "");

// worst is the first of them in words, for where chips have no room.
export function worst(list) {
  const [first] = still(list);
  return first ? [reason(first.reason).short, timeLeft(first)].filter(Boolean).join(" · ") : "";
}

const ownLimits = (c) => Object.values(c.limits ?? {}).some((n) => n !== 0);

// badges is what an operator has done.
export function badges() {
  const node = el("span", { class: "badges" });
  return {
    node,
    update(c) {
      const paused = c.paused_templates ?? [];
      const list = [];
      if (c.paused) list.push({ name: "paused", tone: "warn", title: `Since ${format.day(c.paused.since)}. ${c.paused.why ?? ""}` });
      if (paused.length > 0) list.push({ name: paused.length === 1 ? "1 template paused" : `${paused.length} templates paused`, tone: "warn", title: paused.join(", ") });
      if (ownLimits(c)) list.push({ name: "own limits", title: "Limits of its own, not the node’s" });
      keyed(node, list, (b) => b.name, () => {
        const badge = el("span", { class: "badge" });
        return {
          node: badge,
          update(b) {
            text(badge, b.name);
            attr(badge, "data-tone", b.tone);
            attr(badge, "title", b.title);
          },
        };
      });
    },
  };
}
