// What the node's stable words mean to an operator: what happened, whose doing it is, and which knob turns it.

const reasons = {
  customer_concurrency: {
    short: "too many at once",
    whose: "the customer",
    means: "It has as many requests here as it may, or as many as it may while the node is busy.",
    knob: "its limit “running at once” (--customer-limit, --start-limit for all)",
  },
  customer_slow_downloads: {
    short: "slow downloads",
    whose: "the customer’s shop",
    means: "Its photos took too long too often in the last three minutes.",
    knob: "its shop; its limit “slow downloads” (--slow-downloads, --slow-download for all)",
  },
  customer_slow_renders: {
    short: "slow renders",
    whose: "the customer’s templates",
    means: "Its pictures took too long to draw too often in the last three minutes.",
    knob: "pause the template that costs most; its limit “slow renders” (--slow-renders for all)",
  },
  node_full: {
    short: "node full",
    whose: "the node",
    means: "It has all that it can do. This meets everybody.",
    knob: "more nodes; pause the busiest customer; --hard-limit, --queue, --max-wait",
  },
  origin_limited: {
    short: "shop left alone",
    whose: "a shop’s host",
    means: "A host that photos come from fails, is slow, or has all the downloads that it gets.",
    knob: "the shop; --fetch-per-host",
  },
  paused: {
    short: "paused",
    whose: "an operator",
    means: "The customer or the template was paused here.",
    knob: "resume it",
  },
};

// reason explains one of them; a word that is not known explains itself.
export function reason(word) {
  return Object.hasOwn(reasons, word) ? reasons[word] : { short: word, whose: "", means: "", knob: "" };
}

const errors = {
  photo_unavailable: ["a photo could not be had", "the customer’s shop", "the photo’s address in the feed, or the shop"],
  bad_field: ["a field does not fit the template", "the customer’s feed", "the field in the feed, or the template’s fields"],
  bad_expression: ["an expression fails", "the customer’s template", "pause the template; its designer mends the expression"],
  missing_glyphs: ["no font has a character", "the template’s font", "install a font that has it"],
  broken_template: ["the template has mistakes", "the customer’s template", "pause the template, or publish the version before"],
  unknown_template: ["there is no such template", "the customer’s feed", "publish the template, or mend the feed"],
  bad_signature: ["wrong signature", "whoever asks", "the key that signs the feed’s URLs"],
  malformed_url: ["wrong form of URL", "whoever asks", "the feed"],
  templates_away: ["templates cannot be read", "the node’s disk", "the data folder"],
  out_of_time: ["took too long", "the node or a shop", "see the stages below"],
  picture_too_large: ["the picture has too many bytes", "the customer’s template", "the template’s limit of bytes"],
  render_too_large: ["needs too much memory", "the customer’s template", "the template’s size and photos"],
  internal: ["internal error", "Adloom", "the log, by the request’s id"],
};

// error explains the stable word of a problem.
export function error(word) {
  const [short, whose, knob] = Object.hasOwn(errors, word) ? errors[word] : [word, "", ""];
  return { short, whose, knob };
}

const stages = {
  total: "whole request", template: "template", cache: "look for the picture", wait: "wait for a place",
  download: "download photos", render: "draw", encode: "encode", shared: "wait for another’s render",
};

export const stage = (word) => (Object.hasOwn(stages, word) ? stages[word] : word);

const hosts = { open: "not asked", half_open: "asked once", closed: "asked" };

export const hostState = (word) => (Object.hasOwn(hosts, word) ? hosts[word] : word);
