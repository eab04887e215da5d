// The operators' page: joins the parts, and hands each state of the node to all of them.

import { drain, undrain } from "./actions.js";
import { audit, nodes } from "./audit.js";
import { connect } from "./connection.js";
import { customers } from "./customers.js";
import { by } from "./dom.js";
import { explain } from "./explain.js";
import { zone } from "./format.js";
import { header } from "./header.js";
import { keys } from "./keys.js";
import { customerHash, place } from "./links.js";
import { node } from "./node.js";
import { panel } from "./panel.js";
import { templates } from "./templates.js";
import { tiles } from "./tiles.js";
import { verdict } from "./verdict.js";

let state = null;
let opened = null; // the customer's panel
let home = "#/"; // where the page goes when that is closed

const open = (id) => (location.hash = customerHash(id));
const bar = header(() => state && (state.node.draining ? undrain : drain)(state.node.name));
const top = tiles(by("tiles"));
const parts = [bar, verdict(by("verdict"), open), top, customers(open), templates(), node(), audit(), nodes()];
const why = explain();

function showPlace() {
  const { view, parameters } = place(location.hash);
  const explaining = view === "explain";
  if (view !== "customer") {
    opened?.close();
    home = location.hash || "#/";
  }
  if (view === "customer") {
    openPanel(parameters.get("id") ?? "");
    return;
  }
  by("overview").hidden = explaining;
  by("explain").hidden = !explaining;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#/${view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (explaining) why.show(parameters.get("url"));
  else by(view || "top")?.scrollIntoView();
}

function openPanel(id) {
  if (opened?.id === id) return;
  opened?.close();
  const made = panel(id, () => {
    if (opened?.id !== id) return;
    opened = null;
    if (place(location.hash).view === "customer") history.replaceState(null, "", home);
  });
  opened = { id, ...made };
  if (state) made.update(state);
}

window.addEventListener("hashchange", showPlace);
keys();
showPlace();
connect({
  state(next) {
    state = next;
    zone(next.time);
    for (const part of parts) part.state(next);
    opened?.update(next);
  },
  history: (next) => top.history(next),
  link: (now) => bar.link(now),
  signedOut: () => location.assign("login"),
});
