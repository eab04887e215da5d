// The tables of an explanation: fields, conditions, expressions, layers, texts and photos. Each has a title and
// show(list), which gives undefined for what is no list of objects.

import { el } from "./dom.js";
import * as format from "./format.js";

const whys = {
  condition: "its condition does not hold", group: "its group is hidden", empty_group: "nothing in it is drawn",
  transparent: "its opacity is 0", empty: "it has nothing to show", no_photo: "the product has no photo for it",
  no_asset: "the template has no such asset", photo_failed: "its photo cannot be had or drawn",
  no_font: "its font is not on this machine", no_glyphs: "no font has all its characters",
  text_overflow: "its text does not fit", outside: "it lies outside", failed: "what it shows cannot be settled",
};

const caches = {
  absent: "not in the cache", fresh: "copy in use, shop not asked", aging: "copy in use, shop asked in the background",
  resting: "copy in use, shop rests", stale: "shop asked first", refused: "shop asked first, it sent something else",
  doubted: "downloaded anew, the copy is broken", expired: "copy too old", gone: "the shop has none", unknown: "the cache does not answer",
};

const word = (map, key) => (Object.hasOwn(map, key) ? map[key] : key ?? "");
const code = (text) => el("code", { dir: "auto" }, text ?? "");
const value = (text, tone) => el("span", { class: "value", dir: "auto", "data-tone": tone }, String(text ?? ""));
const lines = (...all) => all.filter((one) => one !== null && one !== undefined && one !== false && one !== "").map((one) => el("p", {}, one));
const joined = (list) => (Array.isArray(list) ? list.join(", ") : "");

// grid makes a table of columns [label, cell(row)]; dim(row) tells what is not in use.
function grid(columns, dim = () => false) {
  return (list) => {
    if (!Array.isArray(list) || !list.every((row) => row !== null && typeof row === "object")) return undefined;
    if (list.length === 0) return el("p", { class: "empty" }, "None.");
    const row = (r) => el("tr", { "data-shown": r.error ? "failed" : dim(r) ? "no" : null }, columns.map(([label, cell], i) => el(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, "data-label": label }, cell(r))));
    return el("div", { class: "table" }, el("table", {}, el("thead", {}, el("tr", {}, columns.map(([label]) => el("th", { scope: "col" }, label)))), el("tbody", {}, list.map(row))));
  };
}

// settled is what a condition or an expression comes to.
function settled(v) {
  if (v.kind === "error" || v.error) return value(v.error ?? "error", "bad");
  if (v.kind === "missing") return value("missing", "zero");
  if (v.kind === "boolean") return value(v.value ? "holds" : "does not hold", v.value ? "good" : "warn");
  return value(v.text ?? v.value);
}

const evaluated = grid([
  ["Layer", (v) => value(v.layer)], ["Source", (v) => code(v.source)], ["Comes to", settled],
  ["Reads", (v) => value(joined(v.reads))], ["", (v) => (v.used === false ? value("not asked for", "zero") : "")],
], (v) => v.used === false);

export const tables = {
  fields: {
    title: "Fields",
    show: grid([
      ["Field", (f) => lines(value(f.name), el("small", {}, [f.type, f.required && "required", f.declared === false && "not of this template"].filter(Boolean).join(", ")))],
      ["Given", (f) => (f.given ? value(f.given) : value("nothing", f.required ? "bad" : "zero"))],
      ["As it is read", (f) => lines(f.error ? value(f.error, "bad") : f.normal === f.given ? value(f.normal && "the same", "zero") : value(f.normal))],
      ["In use", (f) => value(f.read ? "yes" : "no")],
    ], (f) => !f.read),
  },
  conditions: { title: "Conditions", show: evaluated },
  expressions: { title: "Expressions", show: evaluated },
  layers: {
    title: "Layers",
    show: grid([
      ["Layer", (l) => lines(value(l.id), el("small", {}, [l.type, l.group && `in ${l.group}`].filter(Boolean).join(", ")))],
      ["Drawn", (l) => (l.drawn ? value("yes", "good") : lines(value(`no: ${word(whys, l.why)}`), l.error && value(l.error, "bad")))],
      ["Content", (l) => lines(l.content && code(l.content), l.fallback && value("stands in for what is missing", "warn"))],
      ["Place", (l) => value(l.box ? `${size(l.box)} at ${round(l.box.x)}, ${round(l.box.y)}` : "")],
    ], (l) => !l.drawn),
  },
  texts: {
    title: "Texts",
    show: grid([
      ["Layer", (t) => value(t.layer)],
      ["Lines", (t) => lines(...(t.lines ?? []).map((line) => value(line)), t.whole === false && value(`cut: ${t.cut ?? ""}`, "warn"))],
      ["Size", (t) => lines(value(`${round(t.size)} px`, t.size <= t.smallest_size && t.size < t.largest_size ? "warn" : null), el("small", {}, `${round(t.smallest_size)} to ${round(t.largest_size)}`))],
      ["Fonts", (t) => lines(value(joined(t.fonts_used)), t.stand_ins?.length > 0 && value(`stands in: ${joined(t.stand_ins)}`, "warn"), t.missing_characters?.length > 0 && value(`no font has: ${joined(t.missing_characters)}`, "bad"))],
      ["Room", (t) => value(size(t))],
    ]),
  },
  photos: {
    title: "Photos",
    show: grid([
      ["Photo", (p) => lines(code(p.url), el("small", {}, `of ${joined(p.layers)}`))],
      ["Had", (p) => (p.error ? value(p.error.detail ?? p.error.title ?? p.error, "bad") : value(!p.fetched ? "no" : p.from_cache ? "from the cache" : "from the shop"))],
      ["Took", (p) => value(p.fetched ? format.ms(p.took_ms) : "")],
      ["Picture", (p) => (p.width ? lines(value(size(p)), el("small", {}, [format.bytes(p.bytes), p.format, p.space].filter(Boolean).join(", "))) : "")],
      ["Cache before", (p) => (p.cache ? lines(value(word(caches, p.cache.state)), el("small", {}, [p.cache.age_ms > 0 && `${format.span(p.cache.age_ms / 1000)} old`, p.cache.recheck_ms > 0 && `asked again in ${format.span(p.cache.recheck_ms / 1000)}`, p.cache.error].filter(Boolean).join(", "))) : value("not known", "zero"))],
    ]),
  },
};

const round = (n) => (Number.isFinite(n) ? String(Math.round(n * 10) / 10) : "");
const size = ({ width, height }) => `${round(width)} × ${round(height)}`;
