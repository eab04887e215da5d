// Numbers, sizes and times as people read them. All give short text of steady width, and a dash for what is unknown.

export const unknown = "–";

const known = (n) => typeof n === "number" && Number.isFinite(n);

const short = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e4, "k", 1e3]];

function digits(n) {
  if (n >= 99.95) return n.toFixed(0);
  return n >= 9.995 ? n.toFixed(1) : n.toFixed(n >= 0.995 ? 1 : 2);
}

// count is a whole number: 0, 9,812, 12.3k.
export function count(n) {
  if (!known(n)) return unknown;
  for (const [from, unit, by = from] of short) if (Math.abs(n) >= from) return digits(n / by) + unit;
  return Math.round(n).toLocaleString("en-US");
}

// rate is something per second: 0, 0.02, 4.1, 41.6, 187, 12.3k.
export function rate(n) {
  if (!known(n)) return unknown;
  if (n < 0.005) return "0";
  return n >= 1e4 ? count(n) : digits(n);
}

// bytes is a size in powers of ten.
export function bytes(n) {
  if (!known(n)) return unknown;
  for (const [by, unit] of [[1e12, "TB"], [1e9, "GB"], [1e6, "MB"], [1e3, "kB"]]) if (Math.abs(n) >= by) return `${digits(n / by)} ${unit}`;
  return `${Math.round(n)} B`;
}

// ms is a short time: 0.4 ms, 38 ms, 2.2 s.
export function ms(n) {
  if (!known(n)) return unknown;
  if (n < 9.95) return `${n.toFixed(1)} ms`;
  if (n < 999.5) return `${Math.round(n)} ms`;
  return n < 99950 ? `${(n / 1000).toFixed(1)} s` : span(n / 1000);
}

// span is a long time, in its two largest units: 45 s, 3 min 10 s, 3 d 7 h.
export function span(seconds) {
  if (!known(seconds)) return unknown;
  let rest = Math.max(0, Math.round(seconds));
  const out = [];
  for (const [unit, by] of [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]]) {
    const n = Math.floor(rest / by);
    rest -= n * by;
    if (n > 0) out.push(`${n} ${unit}`);
    else if (out.length > 0) break;
    if (out.length === 2) break;
  }
  return out.join(" ") || "0 s";
}

export const share = (part) => (known(part) ? `${(part * 100).toFixed(part < 0.0995 ? 1 : 0)} %` : unknown);

// limit is one of a customer's own limits in words.
export function limit(n) {
  if (n === 0) return "node’s default";
  return n < 0 ? "no limit" : count(n);
}

// zone remembers the node's own, so that times here are those of its log and of the texts that it sends.
let offset = 0;

export function zone(rfc3339) {
  const found = /([+-])(\d\d):(\d\d)$/.exec(rfc3339 ?? "");
  offset = found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
}

// zoneName is how it is written behind a time.
export function zoneName() {
  if (offset === 0) return "UTC";
  const pad = (n) => String(n).padStart(2, "0");
  return `${offset < 0 ? "−" : "+"}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
}

function local(time) {
  const t = typeof time === "number" ? time : Date.parse(time);
  return Number.isFinite(t) ? new Date(t + offset * 60000).toISOString() : null;
}

// clock is a time of day, with seconds unless they do not matter.
export const clock = (time, seconds = true) => local(time)?.slice(11, seconds ? 19 : 16) ?? unknown;

// day is a date and a time of day.
export function day(time) {
  const t = local(time);
  return t ? `${t.slice(5, 10)} ${t.slice(11, 19)}` : unknown;
}
