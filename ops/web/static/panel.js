// The panel of one customer: everything that is known of it, and what can be done.

import { pause, resume } from "./actions.js";
import { ask, SignedOut } from "./api.js";
import { badges } from "./chips.js";
import { closeButton, dialog } from "./dialog.js";
import { attr, el, text } from "./dom.js";
import * as format from "./format.js";
import { limits } from "./limits.js";
import { chart, facts, reasonsList, slowCounters, templateTable } from "./panelparts.js";
import { stageTable } from "./stages.js";

const again = 2000; // ms between two questions for the details

// panel opens it and gives update(state) and close. closed is called when it is not any more.
export function panel(id, closed) {
  let customer = null;
  let timer = 0;
  const marks = badges();
  const why = el("p", { class: "paused-why", hidden: true });
  const problem = el("p", { class: "result", role: "alert", hidden: true });
  const pauseButton = el("button", { type: "button", "data-act": "pause", click: () => (customer.paused ? resume(id) : pause(id)) }, "Pause…");
  const limitsButton = el("button", { type: "button", "data-act": "limits", click: () => limits(customer) }, "Change limits…");
  const numbers = facts();
  const hour = chart();
  const reasons = reasonsList();
  const slow = slowCounters();
  const stages = stageTable(`Stages of ${id}`);
  const templates = templateTable(id);

  const node = dialog("sheet", "panel-name",
    el("header", { class: "sheet-head" }, el("h2", { id: "panel-name", tabindex: "-1", autofocus: true }, el("bdi", {}, id)), marks.node, closeButton()),
    el("div", { class: "sheet-body" }, el("div", { class: "buttons start" }, limitsButton, pauseButton), why, problem,
      numbers.node, hour.node,
      part("Refused for", reasons.node), part("Slow in the last minutes", slow.node),
      part("Time by stage, last minutes", stages.node), part("Templates, last hour", templates.node)));
  attr(limitsButton, "disabled", true);
  attr(pauseButton, "disabled", true);
  node.addEventListener("close", () => {
    clearTimeout(timer);
    closed();
  });

  function show(c) {
    customer = c;
    marks.update(c);
    attr(limitsButton, "disabled", false);
    attr(pauseButton, "disabled", false);
    text(pauseButton, c.paused ? "Resume…" : "Pause…");
    why.hidden = !c.paused;
    text(why, c.paused ? `Paused since ${format.day(c.paused.since)}${c.paused.why ? `: ${c.paused.why}` : "."}` : "");
    numbers.update(c);
    reasons.update(c.refusals ?? []);
    slow.update(c);
    hour.update(c.spark ?? []);
  }

  async function details() {
    clearTimeout(timer);
    try {
      const c = await ask("customer", { id });
      if (!node.isConnected) return;
      problem.hidden = true;
      show(c);
      stages.update(c.stages ?? []);
      templates.update(c);
    } catch (e) {
      problem.hidden = false;
      text(problem, e.message);
      if (e instanceof SignedOut) return;
    }
    if (node.isConnected) timer = setTimeout(details, again);
  }
  details();
  return {
    close: () => node.close(),
    update(state) {
      const c = (state.customers ?? []).find((one) => one.id === id);
      if (c) show(c);
    },
  };
}

const part = (title, node) => el("section", { class: "sheet-part" }, el("h3", {}, title), node);
