// The bar at the top: which node this is, whether what is shown is live, and the buttons for the whole node.

import { attr, by, icon, text } from "./dom.js";
import * as format from "./format.js";

// header looks after the bar; drain is called when the node shall be drained, or not any more.
export function header(drain) {
  const button = by("drain");
  button.prepend(icon("drain"));
  button.addEventListener("click", drain);
  by("sign-out").prepend(icon("out"));
  themeButton(by("theme"));
  let live = false;
  let since = 0;
  let time = "";

  const say = () => {
    attr(by("link"), "data-live", String(live));
    text(by("link-text"), live ? `live ${time}` : since ? `reconnecting since ${format.clock(since)}` : "connecting");
    attr(document.documentElement, "data-stale", !live && since > 0);
  };
  return {
    state(state) {
      const up = (Date.parse(state.time) - Date.parse(state.node.started)) / 1000;
      text(by("node-name"), state.node.name);
      text(by("node-about"), `${state.node.version} · up ${format.span(up)}`);
      attr(by("node-about"), "title", `${state.node.version}, ${state.node.go}, since ${format.day(state.node.started)}`);
      document.title = `${state.node.name} · Adloom`;
      text(by("drain-text"), state.node.draining ? "Stop draining…" : "Drain…");
      attr(button, "aria-label", state.node.draining ? "Stop draining this node" : "Drain this node");
      time = `${format.clock(state.time)} ${format.zoneName()}`;
      say();
    },
    link(now) {
      if (!now.live && (live || since === 0)) since = Date.now();
      live = now.live;
      if (live) since = 0;
      say();
    },
  };
}

const themes = ["auto", "light", "dark"];
const drawings = { auto: "auto", light: "sun", dark: "moon" };

function themeButton(button) {
  const root = document.documentElement;
  const show = () => {
    const theme = root.dataset.theme ?? "auto";
    button.replaceChildren(icon(drawings[theme]));
    attr(button, "aria-label", `Theme: ${theme}`);
    attr(button, "title", `Theme: ${theme}`);
  };
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme ?? "auto") + 1) % themes.length];
    if (next === "auto") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      localStorage.setItem("adloom-theme", next);
    } catch {
      // it holds until the page is left
    }
    show();
  });
  show();
}
