// The sections of an explained render URL, in the order in which an operator asks. What this page does not know of an
// answer is shown all the same, in readable form.

import { tables } from "./explaintables.js";
import { el } from "./dom.js";
import * as format from "./format.js";
import { readable, title } from "./generic.js";

const order = ["fields", "conditions", "expressions", "layers", "texts", "photos"];
const own = ["request_id", "canonical", "signature", "signature_detail", "accepted", "paused", "request", "render", "template", "timings", "picture", "kept"];

// explainedParts gives the sections of an answer.
export function explainedParts(answer) {
  const rest = Object.keys(answer).filter((key) => !own.includes(key) && !order.includes(key));
  return [
    el("div", { class: "explained-top" }, card("The picture", pictures(answer), "picture"), card("The answer", [sentences(answer), facts(answer)], "request"), card("Time of this render", timings(answer.timings ?? []), "timings")),
    ...[...order, ...rest].filter((key) => answer[key] !== undefined).map((key) => card(tables[key]?.title ?? title(key), tables[key]?.show(answer[key]) ?? readable(answer[key], key), key)),
  ];
}

const card = (heading, content, key) => el("section", { class: "card explained", "data-part": key }, el("h3", {}, heading), content);

const outcomes = { drawn: ["It is drawn.", "good"], degraded: ["It is drawn, without a photo.", "warn"], failed: ["It cannot be drawn.", "bad"], refused: ["It was refused now, for load or by a shop’s limits: the URL may be right.", "warn"] };
const signatures = { good: ["Its signature is right.", "good"], none: ["It has no signature.", "warn"], wrong: ["Its signature is wrong.", "bad"], unchecked: ["Its signature could not be checked: the customer’s keys cannot be read.", "warn"] };

// sentences say what came of it, worst things in words.
function sentences({ render = {}, signature, signature_detail: wrong, accepted, paused, template, kept }) {
  const lines = [];
  const add = ([words, tone], ...more) => lines.push(el("li", { "data-tone": tone }, [words, ...more.filter(Boolean)].join(" ")));
  const problem = render.error ?? render.refused;
  add(outcomes[render.outcome] ?? [String(render.outcome ?? ""), null], problem && `${problem.detail || problem.title}.`);
  if (signature) add(signatures[signature] ?? [signature, null], signature !== "none" && wrong && `(${wrong})`, accepted === false && "Ad networks are refused.", accepted === true && signature !== "good" && "This node answers it all the same.");
  if (paused) add([`An operator has paused the ${paused}: ad networks get what is kept, or are refused.`, "bad"]);
  if (template === null) add(["There is no such template, or it is broken.", "bad"]);
  for (const s of template?.substitutes ?? []) add([`Layer ${s.layer} wants the font ${s.wanted}, which this machine lacks; ${s.used ? `${s.used} is used` : "the layer is hidden"}.`, "warn"]);
  if (kept?.state === "fresh") add([kept.same ? "Ad networks get the kept picture, which is the same." : "Ad networks get the kept picture, which is another one.", kept.same ? "good" : "warn"], `It is ${format.span(kept.age_ms / 1000)} old.`);
  if (kept?.state === "stale") add([`A kept picture, ${format.span(kept.age_ms / 1000)} old, is sent when this cannot be drawn${kept.same ? "; it is the same" : ""}.`, null]);
  return el("ul", { class: "sentences" }, lines);
}

function facts({ request = {}, template, render = {}, canonical, request_id: id }) {
  return readable({
    customer: request.customer, template: `${request.template}${template?.name ? `, “${template.name}”` : ""}`,
    version: `${request.version || "none named"}; ${template?.version ?? "none"} answers${template?.published ? `, ${template.published} is published` : ""}`,
    ...(template ? { canvas: `${template.width} × ${template.height}, ${template.locale}` } : {}),
    ...(render.error ?? render.refused ? { problem: render.error ?? render.refused } : {}),
    canonical, ...(id ? { request_id: id } : {}),
  });
}

// pictures are the fresh one, and the kept one when that is another.
function pictures({ picture, kept }) {
  const fresh = image(picture, "The picture as it is drawn now");
  const old = kept?.picture?.data ? image(kept.picture, "The picture that was kept") : null;
  return [fresh ?? el("p", { class: "empty" }, "There is none."), old].filter(Boolean);
}

function image(picture, words) {
  if (!picture) return null;
  const drawn = picture.data ? el("img", { src: `data:${/^image\/[a-z]+$/.test(picture.content_type) ? picture.content_type : "image/jpeg"};base64,${picture.data}`, alt: words }) : el("p", { class: "empty" }, "It is too large to be shown here.");
  return el("figure", {}, drawn, el("figcaption", { class: "quiet" }, `${words}: ${picture.width} × ${picture.height}, ${format.bytes(picture.bytes)}, ${picture.content_type}`));
}

// timings are bars of one scale.
function timings(stages) {
  const total = stages.reduce((sum, s) => sum + s.ms, 0);
  const lines = stages.map((s) => {
    const bar = el("span", { class: "meter-fill" });
    bar.style.width = `${((s.ms / (total || 1)) * 100).toFixed(1)}%`;
    return el("div", { class: "gauge" }, el("span", { class: "gauge-label" }, s.stage), el("span", { class: "gauge-value" }, format.ms(s.ms)), el("span", { class: "meter", "aria-hidden": "true" }, bar));
  });
  return el("div", { class: "gauges" }, lines, el("div", { class: "gauge" }, el("b", {}, "together"), el("b", {}, format.ms(total))));
}
