// The order of rows. Numbers change each second, rows must not: a new order is made only now and then, and never while
// somebody points at a row or has stepped into the table.

const every = 10000; // ms of the node's time between two orders

export class Order {
  #keys = [];
  #made = -Infinity;

  // again has the next rows put in order whatever the time.
  again() {
    this.#made = -Infinity;
  }

  // apply gives rows in order. Between two orders rows keep their places, and new ones come last.
  apply(rows, key, compare, now, held) {
    const stale = now - this.#made >= every || now < this.#made;
    if (this.#made === -Infinity || (stale && !held)) {
      this.#made = now;
      const sorted = [...rows].sort((a, b) => compare(a, b) || compareText(key(a), key(b)));
      this.#keys = sorted.map(key);
      return sorted;
    }
    const left = new Map(rows.map((row) => [key(row), row]));
    const out = [];
    for (const id of this.#keys) {
      const row = left.get(id);
      if (row === undefined) continue;
      out.push(row);
      left.delete(id);
    }
    out.push(...left.values());
    this.#keys = out.map(key);
    return out;
  }
}

// compareText is the order of names.
export const compareText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// comparator puts values of a column in order: numbers that are unknown come last, whichever way it goes.
export function comparator(value, descending) {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (typeof x === "string" || typeof y === "string") return sign * compareText(String(x), String(y));
    const [known, other] = [Number.isFinite(x), Number.isFinite(y)];
    if (!known || !other) return Number(other) - Number(known);
    return sign * (x - y);
  };
}
