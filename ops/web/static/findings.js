// What stands out in a state: what is wrong, whose doing it is, which knob turns it. Worst first.

import * as format from "./format.js";
import { error, reason } from "./words.js";

const weights = { bad: 2, warn: 1 };

// findings gives a list of {key, level, text, whose, knob, customer, hash}. The node's own words come first.
export function findings(state) {
  const own = (state.health ?? []).filter((h) => h.what !== "hosts" || !shops(state).length).map((h) => ({ key: `health ${h.what}`, level: h.level === "bad" ? "bad" : "warn", text: h.text, own: true }));
  const told = new Set((state.health ?? []).map((h) => h.what));
  const seen = [...refused(state), ...failing(state), ...shops(state), ...full(state, told), ...dropped(state, told)];
  return [...own, ...seen].sort((a, b) => weights[b.level] - weights[a.level] || Number(b.own ?? 0) - Number(a.own ?? 0) || (b.size ?? 0) - (a.size ?? 0));
}

const single = 3; // customers that are refused for the same reason and have a line each; more share one

function refused(state) {
  const groups = new Map();
  for (const c of state.customers ?? []) {
    const [worst] = [...(c.refusals ?? [])].sort((a, b) => b.rate - a.rate);
    if (!(c.refused >= 0.05) || !worst || worst.reason === "paused") continue;
    groups.set(worst.reason, [...(groups.get(worst.reason) ?? []), { c, worst }]);
  }
  return [...groups].flatMap(([word, all]) => {
    all.sort((a, b) => b.c.refused - a.c.refused);
    if (all.length > single) return [refusal(word, all[0].c, all.reduce((sum, { c }) => sum + c.refused, 0), `and ${all.length - 1} others are`)];
    return all.map(({ c, worst }) => refusal(word, c, c.refused, "is", worst.left_ms > 0 ? `, another ${format.span(worst.left_ms / 1000)}` : ""));
  });
}

function refusal(word, customer, rate, are, left = "") {
  const { short, whose, knob } = reason(word);
  return {
    key: are === "is" ? `refused ${customer.id}` : `refused for ${word}`, level: word === "node_full" ? "bad" : "warn", size: rate, customer: customer.id,
    text: `${are} refused ${format.rate(rate)} times a second: ${short}${left}`, whose, knob,
  };
}

function failing(state) {
  const out = [];
  for (const f of state.templates?.by_failures ?? []) {
    const customer = (state.customers ?? []).find((c) => c.id === f.customer);
    if (!(customer?.failed >= 0.05)) continue; // it was, within the hour
    if ((customer.paused_templates ?? []).includes(f.template)) continue;
    const about = error(f.error);
    out.push({
      key: `failing ${f.customer}/${f.template}`, level: "warn", size: customer.failed, customer: f.customer,
      text: `template ${f.template} failed ${format.count(f.failures)} times in the last hour: ${about.short}`, whose: about.whose, knob: about.knob,
    });
  }
  return out;
}

function shops(state) {
  return (state.hosts ?? []).filter((h) => h.state !== "closed").map((h) => ({
    key: `host ${h.host}`, level: "warn", size: 0, hash: "#/node", subject: h.host,
    text: `failed ${format.count(h.failures)} times in a row (${h.reason})${h.again_ms > 0 ? `, asked again in ${format.span(h.again_ms / 1000)}` : ", asked by one request at a time"}`,
    whose: "the shop", knob: "old copies are served meanwhile; tell the customer",
  }));
}

function full(state, told) {
  const out = [];
  const { busy, total, waiting, oldest_ms: oldest } = state.slots ?? {};
  if (!told.has("slots") && busy >= total && waiting > 0 && oldest >= 1000) {
    out.push({ key: "slots", level: "warn", size: 1, hash: "#/node", text: `All ${total} slots are busy: ${format.count(waiting)} renders wait, the first for ${format.ms(oldest)}`, whose: "the node", knob: "limit the busiest customer, pause its dearest template, or add nodes" });
  }
  for (const d of state.disks ?? []) {
    if (d.refusing && !told.has(`disk_${d.files}`)) out.push({ key: `disk ${d.files}`, level: "bad", size: 1, hash: "#/node", text: `The disk takes no more ${d.files}`, whose: "the node’s disk", knob: "free space in the data folder" });
  }
  if (state.redis && !state.redis.up && !told.has("redis")) {
    out.push({ key: "redis", level: "bad", size: 1, hash: "#/node", text: "Redis is away: limits count in this process alone", whose: "Redis", knob: `check that it runs at ${state.redis.address}` });
  }
  return out;
}

function dropped(state, told) {
  const elastic = state.log?.elastic;
  if (!elastic || elastic.up || told.has("elastic")) return [];
  return [{ key: "elastic", level: "warn", size: 0, hash: "#/node", text: `Elasticsearch is away: ${format.count(elastic.waiting)} records wait, ${format.count(elastic.dropped)} were dropped`, whose: "Elasticsearch", knob: "pictures are not affected; check that it runs" }];
}
