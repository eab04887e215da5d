// Dialogs: the browser's own, so that Esc closes them, focus stays inside and comes back afterwards.

import { el, freshId, icon, text } from "./dom.js";
import { SignedOut } from "./api.js";

// dialog opens one. content is what it holds; it is thrown away when it closes.
export function dialog(className, label, ...content) {
  const node = el("dialog", { class: className, "aria-labelledby": label }, ...content);
  node.addEventListener("close", () => node.remove());
  node.addEventListener("pointerdown", (e) => e.target === node && outside(node, e) && node.close());
  document.body.append(node);
  node.showModal();
  return node;
}

function outside(node, e) {
  const box = node.getBoundingClientRect();
  return e.clientX < box.left || e.clientX > box.right || e.clientY < box.top || e.clientY > box.bottom;
}

// closeButton closes the dialog that it is in.
export function closeButton() {
  return el("button", { type: "button", class: "plain", "aria-label": "Close", click: (e) => e.currentTarget.closest("dialog").close() }, icon("close"));
}

// confirm says what will be done and does it when the second button is pressed. says is text or nodes; fields are nodes
// between that and the buttons; ready() tells whether the button may be pressed, and is asked again at each input;
// act() does it and gives what was done in words.
export function confirm({ title, says, fields = [], verb, danger = false, ready = () => true, act }) {
  const id = freshId("confirm");
  const result = el("p", { class: "result", role: "status" });
  const go = el("button", { type: "submit", class: danger ? "danger" : "primary" }, verb);
  const back = el("button", { type: "button", click: () => node.close() }, "Cancel");
  const body = el("fieldset", { class: "confirm-body" }, el("p", { class: "says" }, says), fields);
  const form = el("form", { method: "dialog" }, el("h2", { id }, title), body, result, el("div", { class: "buttons" }, back, go));
  const check = () => (go.disabled = !ready());
  form.addEventListener("input", check);
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    if (!ready()) return;
    go.disabled = body.disabled = true;
    say("wait", "Asking the node…");
    try {
      say("done", await act());
      go.remove();
      text(back, "Close");
      back.focus();
    } catch (problem) {
      say("bad", problem.message);
      if (problem instanceof SignedOut) result.append(" ", el("a", { href: "login" }, "Sign in"));
      body.disabled = false;
      check();
    }
  });

  function say(tone, words) {
    result.dataset.tone = tone;
    text(result, words);
  }
  check();
  const node = dialog("confirm", id, form);
  (body.querySelector("input:checked, input") ?? back).focus();
  return node;
}
