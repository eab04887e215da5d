// Making and changing elements. Text from outside goes through here and becomes text nodes, never markup.

const drawing = "http://www.w3.org/2000/svg";

// el makes an HTML element. Attributes that are false, null or undefined are left out; functions are listeners, by the
// event's name. Children are nodes or text.
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

// svg does so with a part of a drawing.
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(drawing, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else attr(node, name, value);
  }
  const there = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  node.append(...there.map((child) => (child instanceof Node ? child : plain(child))));
  return node;
}

// plain is text without what would change the text around it: control characters, and marks that turn the direction of
// writing and do not turn it back (UAX #9: embeddings, overrides, isolates). Each is shown as one that is not known.
export const plain = (value) => String(value).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

// text sets the text of a node if it is another one than before: what does not change costs no layout.
export function text(node, value) {
  const now = plain(value ?? "");
  if (node.textContent !== now) node.textContent = now;
}

// attr sets an attribute, or takes it away when its value is false, null or undefined.
export function attr(node, name, value) {
  if (value === false || value === null || value === undefined) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    return;
  }
  const now = value === true ? "" : name === "title" || name === "aria-label" ? plain(value) : String(value);
  if (node.getAttribute(name) !== now) node.setAttribute(name, now);
}

const kept = new WeakMap();

// keyed makes the children of parent be one for each item, in that order. A child lives as long as its item's key is
// among them. make(item) gives {node, update}; update(item) is called each time.
export function keyed(parent, items, key, make) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  let place = parent.firstChild;
  for (const item of items) {
    const id = key(item);
    if (after.has(id)) continue; // two of the same key: the first counts
    const part = before.get(id) ?? make(item);
    after.set(id, part);
    part.update(item);
    if (part.node === place) place = place.nextSibling;
    else parent.insertBefore(part.node, place);
  }
  for (const [id, part] of before) if (!after.has(id)) part.node.remove();
  kept.set(parent, after);
}

// by finds an element of the page by its id.
export const by = (id) => document.getElementById(id);

let made = 0;

// freshId is an id that no other element has.
export const freshId = (name) => `${name}-${++made}`;

// icons are drawn with strokes on a field of 16 by 16.
const icons = {
  sun: "M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13M11 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z",
  moon: "M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z",
  auto: "M8 2a6 6 0 1 0 0 12ZM8 2a6 6 0 0 1 0 12M8 5h4.5M8 8h5.9M8 11h4.5",
  out: "M6 2.5H3.5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1H6M10.5 11l3-3-3-3M13.5 8H6",
  drain: "M8 1.5v6M4.3 4a5.5 5.5 0 1 0 7.4 0",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3.5 3.5",
};

// icon draws one of them; it says nothing to screen readers.
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, svg("path", { d: icons[name] }));
}
