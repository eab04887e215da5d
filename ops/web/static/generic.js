// Shows any JSON in readable form: objects as lists of names and values, lists of objects as tables. Whatever the node
// adds to an answer is shown, too.

import { el } from "./dom.js";
import * as format from "./format.js";

const deepest = 6;

// readable gives nodes for a value; name is the key that it stands under.
export function readable(value, name = "", depth = 0) {
  if (depth > deepest) return plain(JSON.stringify(value));
  if (Array.isArray(value)) return value.length === 0 ? plain("none") : list(value, name, depth);
  if (value !== null && typeof value === "object") return object(value, depth);
  return plain(scalar(value, name));
}

const plain = (words) => el("span", { class: "value", dir: "auto" }, words);

const isObject = (v) => v !== null && typeof v === "object" && !Array.isArray(v);

function scalar(value, name) {
  if (value === null || value === undefined) return "none";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (typeof value === "number" && /(^|_)ms$/.test(name)) return format.ms(value);
  if (typeof value === "number" && /(^|_)bytes$/.test(name)) return format.bytes(value);
  return value === "" ? "“”" : String(value);
}

// title is a key as words.
export const title = (key) => key.replace(/_/g, " ").replace(/ (ms|bytes)$/, "");

function object(value, depth) {
  const entries = Object.entries(value);
  if (entries.length === 0) return plain("none");
  return el("dl", { class: "pairs" }, entries.map(([key, v]) => el("div", {}, el("dt", {}, title(key)), el("dd", {}, readable(v, key, depth + 1)))));
}

function list(values, name, depth) {
  if (!values.every(isObject)) return el("ul", { class: "values" }, values.map((v) => el("li", {}, readable(v, name, depth + 1))));
  const keys = [...new Set(values.flatMap((v) => Object.keys(v)))];
  return grid(keys, values, (v, key) => (key in v ? readable(v[key], key, depth + 1) : ""), name);
}

// grid is a table of objects.
export function grid(keys, values, cell, name) {
  return el("div", { class: "table" }, el("table", { "aria-label": title(name) },
    el("thead", {}, el("tr", {}, keys.map((key) => el("th", { scope: "col" }, title(key))))),
    el("tbody", {}, values.map((v) => el("tr", {}, keys.map((key) => el("td", {}, cell(v, key))))))));
}
