// Why a picture looks as it does: asks the node to explain a render URL and shows its answer.

import { ask } from "./api.js";
import { attr, by, el, text } from "./dom.js";
import { explainedParts } from "./explained.js";

// renderPatience is longer than a node lets a render take, whose running out of time is what one asks about.
const renderPatience = 120_000; // ms

// explain fills its view. It gives show(url), which is called when the address of the page says so.
export function explain() {
  const form = by("explain-form");
  const input = by("explain-url");
  const answer = by("explain-answer");
  const problem = by("explain-problem");
  const button = form.querySelector("button");
  let asked = 0;

  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const hash = `#/explain?${new URLSearchParams({ url: input.value.trim() })}`;
    if (location.hash === hash) run(input.value.trim());
    else location.hash = hash;
  });

  async function run(url) {
    const mine = ++asked;
    attr(answer, "aria-busy", "true");
    button.disabled = true;
    problem.hidden = true;
    try {
      const explained = await ask("../explain", { url }, renderPatience);
      if (mine !== asked) return;
      answer.replaceChildren(...explainedParts(explained), raw(explained));
    } catch (e) {
      if (mine !== asked) return;
      answer.replaceChildren();
      problem.hidden = false;
      text(problem, e.message);
    } finally {
      if (mine === asked) {
        attr(answer, "aria-busy", null);
        button.disabled = false;
      }
    }
  }

  return {
    show(url) {
      if (url === null) {
        input.focus();
        return;
      }
      input.value = url;
      run(url);
    },
  };
}

// raw is the answer as it came, for what no section shows.
function raw(explained) {
  return el("details", { class: "card raw" }, el("summary", {}, "The whole answer"), el("pre", {}, JSON.stringify(explained, shorten, 2)));
}

const longest = 400; // of a text in the raw answer: pictures come as data

const shorten = (_, v) => (typeof v === "string" && v.length > longest ? `${v.slice(0, longest)}… (${v.length} characters)` : v);
