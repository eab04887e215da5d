// Keys for the whole page.

import { by } from "./dom.js";

// keys listens: "/" goes to the search.
export function keys() {
  document.addEventListener("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
    if (e.target.matches("input, select, textarea")) return;
    e.preventDefault();
    if (by("overview").hidden) by("explain-url").select();
    else by("search").select();
  });
}
