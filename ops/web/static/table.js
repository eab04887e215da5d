// A table whose rows stay where they are while their numbers change. Rows that open something can be reached by the
// keyboard: Tab comes to one row, the arrow keys go on from there, Enter opens.

import { attr, el, keyed, text } from "./dom.js";
import { comparator, Order } from "./order.js";

// table makes one. columns are {name, label, title, sort, descends, number, wide, cell}: sort gives the value to sort by,
// wide is the class of screens that show it, cell(td) gives what updates the cell from a row. Options: key(row), open(row),
// sort: the first column to sort by, name: what the table is, empty: what it says without rows.
export function table({ columns, key, open, sort, name, empty, held }) {
  const order = new Order();
  let column = columns.find((c) => c.name === sort) ?? null;
  let descending = column?.descends ?? true;
  let last = null;
  let pointed = false;

  const heads = columns.map((c) => head(c, (by) => {
    descending = by === column ? !descending : by.descends ?? true;
    column = by;
    order.again();
    if (last) update(last.rows, last.now, last.part);
  }));
  const body = el("tbody");
  const nothing = el("p", { class: "empty", hidden: true }, empty ?? "Nothing.");
  const grid = el("table", { "aria-label": name }, el("thead", {}, el("tr", {}, heads.map((h) => h.node))), body);
  const node = el("div", { class: "table", "data-table": name }, grid, nothing);

  body.addEventListener("pointerenter", (e) => (pointed = e.pointerType === "mouse"));
  body.addEventListener("pointerleave", () => (pointed = false));
  const stays = () => pointed || body.contains(document.activeElement);

  // update shows rows at a time of the node. part may name a filter and how many rows to show at most: the order is made
  // of all of them, so that it outlives a filter.
  function update(rows, now, part = {}) {
    last = { rows, now, part };
    const all = column ? order.apply(rows, key, comparator(column.sort, descending), now, stays()) : rows;
    const found = part.filter ? all.filter(part.filter) : all;
    keyed(body, found.slice(0, part.most ?? Infinity), key, () => row(columns, open));
    for (const h of heads) h.mark(h.column === column, descending);
    nothing.hidden = found.length > 0;
    grid.hidden = found.length === 0;
    held?.(stays() && column !== null);
    rove();
    return found.length;
  }

  // rove keeps one row in the way of the Tab key.
  function rove() {
    if (!open || body.querySelector('tr[tabindex="0"]')) return;
    body.firstElementChild?.setAttribute("tabindex", "0");
  }
  if (open) {
    body.addEventListener("keydown", (e) => step(e, body));
    body.addEventListener("focusin", (e) => {
      const to = e.target.closest("tr");
      for (const other of body.querySelectorAll('tr[tabindex="0"]')) if (other !== to) other.setAttribute("tabindex", "-1");
      to.setAttribute("tabindex", "0");
    });
  }
  return {
    node, update, body,
    sortable: columns.filter((c) => c.sort),
    sortBy: (name) => heads.find((h) => h.column.name === name)?.press(),
  };
}

function head(column, sortBy) {
  const node = el("th", { scope: "col", class: classes(column), title: column.title });
  const press = () => sortBy(column);
  if (column.sort) node.append(el("button", { type: "button", class: "sort", click: press }, column.label));
  else node.append(column.label);
  return {
    node, column, press,
    mark: (sorted, descending) => attr(node, "aria-sort", sorted ? (descending ? "descending" : "ascending") : null),
  };
}

function classes(column) {
  return [column.number && "number", column.wide, column.class].filter(Boolean).join(" ") || null;
}

function row(columns, open) {
  let item = null;
  const node = el("tr", open ? { tabindex: "-1", class: "opens", "aria-haspopup": "dialog" } : {});
  const updates = columns.map((c, i) => {
    const cell = el(i === 0 ? "th" : "td", { class: classes(c), scope: i === 0 ? "row" : null });
    node.append(cell);
    return c.cell(cell);
  });
  if (open) {
    node.addEventListener("click", (e) => !e.target.closest("a, button") && open(item, node));
    node.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || e.target !== node) return;
      e.preventDefault();
      open(item, node);
    });
  }
  return {
    node,
    update(next) {
      item = next;
      for (const u of updates) u(next);
    },
  };
}

function step(e, body) {
  const here = e.target.closest("tr");
  const to = { ArrowDown: here.nextElementSibling, ArrowUp: here.previousElementSibling, Home: body.firstElementChild, End: body.lastElementChild }[e.key];
  if (!to) return;
  e.preventDefault();
  to.focus();
}

// words is a cell of text.
export const words = (value) => (cell) => (row) => text(cell, value(row));

// numbers is a cell of one number; zero is quiet, and tone(row) may name a colour.
export const numbers = (value, show, tone) => (cell) => (row) => {
  const n = value(row);
  text(cell, show(n));
  attr(cell, "data-tone", n > 0 ? tone?.(row) ?? null : "zero");
};
