// What runs in the page: laying texts out, and reading where their lines end.

/** cssOf is the style of one case. White space, hyphens and wrapping are those that the cases are defined by. */
export function cssOf({ size, width, weight, families }) {
  const names = families.map((name) => `"${name}"`).join(", ");
  return [
    `width:${width}px`, `font:${weight} ${size}px/1.25 ${names}`, "text-rendering:geometricPrecision",
    "white-space:normal", "overflow-wrap:break-word", "hyphens:none",
  ].join(";");
}

/**
 * linesOf reads the lines of a laid-out element: of each its text, and its left edge and its width in px within the
 * element. Space at the ends of a line is left out.
 */
export function linesOf(element) {
  const node = element.firstChild;
  const text = node.data;
  const box = element.getBoundingClientRect();
  const range = document.createRange();
  const lines = [];
  const space = /[ \t\n]/;
  const round = (px) => Math.round(px * 100) / 100;
  for (let at = 0; at < text.length; ) {
    const next = at + String.fromCodePoint(text.codePointAt(at)).length;
    range.setStart(node, at);
    range.setEnd(node, next);
    const rect = !space.test(text[at]) && [...range.getClientRects()].at(-1);
    if (rect) {
      const middle = (rect.top + rect.bottom) / 2;
      const line = lines.at(-1);
      if (!line || Math.abs(middle - line.middle) > line.height / 2)
        lines.push({ start: at, end: next, middle, height: parseFloat(getComputedStyle(element).lineHeight) });
      else line.end = next;
    }
    at = next;
  }
  return lines.map(({ start, end }) => {
    range.setStart(node, start);
    range.setEnd(node, end);
    const shown = text.slice(start, end);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
    const left = Math.min(...rects.map((rect) => rect.left));
    const right = Math.max(...rects.map((rect) => rect.right));
    return rects.length
      ? { text: shown, left: round(left - box.left), width: round(right - left) }
      : { text: shown, left: 0, width: 0 };
  });
}

/**
 * breaksOf reads all places where a line may end: the element has no width, so that each of them is taken. They are
 * offsets in code points; the end of the text is not among them. Of a run of spaces, the place is behind it.
 */
export function breaksOf(element) {
  const node = element.firstChild;
  const text = node.data;
  const range = document.createRange();
  const breaks = [];
  let before;
  let point = 0;
  for (let at = 0; at < text.length; point++) {
    const next = at + String.fromCodePoint(text.codePointAt(at)).length;
    if (!/[ \t\n]/.test(text[at])) {
      range.setStart(node, at);
      range.setEnd(node, next);
      const rect = [...range.getClientRects()].at(-1);
      if (rect) {
        if (before !== undefined && rect.top > before + 1) breaks.push(point);
        before = rect.top;
      }
    }
    at = next;
  }
  return breaks;
}
