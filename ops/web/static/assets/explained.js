// The sections of an explained render URL, in the order in which an operator asks.

import { el } from "./dom.js";
import { readable, title } from "./generic.js";

const order = ["render", "template", "fields", "evaluations", "layers", "texts", "fonts", "photos", "timings"];
const titles = { evaluations: "Conditions and expressions", timings: "Time of this render" };

// explainedParts gives the sections of an answer. What is not known to this page comes last, in readable form.
export function explainedParts(answer) {
  const { picture, ...rest } = answer;
  const plain = Object.entries(rest).filter(([, v]) => v === null || typeof v !== "object");
  const keys = Object.keys(rest).filter((key) => rest[key] !== null && typeof rest[key] === "object");
  const rank = (key) => (order.includes(key) ? order.indexOf(key) : order.length);
  keys.sort((a, b) => rank(a) - rank(b));
  const parts = keys.map((key) => card(titles[key] ?? title(key), readable(rest[key], key), key));
  if (plain.length > 0) parts.unshift(card("Request", readable(Object.fromEntries(plain)), "request"));
  const drawn = image(picture);
  return drawn ? [drawn, ...parts] : parts;
}

function card(heading, content, key) {
  return el("section", { class: "card explained", "data-part": key }, el("h3", {}, heading), content);
}

// image is the picture, when it comes as data or lies at this node. The page's policy refuses any other.
function image(picture) {
  const source = typeof picture === "string" ? picture : picture?.data ?? picture?.url ?? picture?.src;
  if (typeof source !== "string") return null;
  const type = picture?.content_type ?? "image/jpeg";
  const address = /^(data:image\/|\/)/.test(source) ? source : `data:${type};base64,${source}`;
  const about = typeof picture === "object" ? Object.fromEntries(Object.entries(picture).filter(([k]) => !["data", "url", "src"].includes(k))) : {};
  return el("section", { class: "card explained", "data-part": "picture" }, el("h3", {}, "Picture"),
    el("img", { src: address, alt: "The picture as it is drawn now" }), readable(about));
}
