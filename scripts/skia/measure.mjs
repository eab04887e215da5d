// Differences between two pictures.

/**
 * differences compares two pictures of RGBA pixels. Where edge is set a pixel is counted apart.
 * Differences are in 1/255 over red, green and blue; a pixel is off by its worst channel.
 */
export function differences(a, b, edge) {
  const inside = tally(), atEdge = tally();
  for (let i = 0, p = 0; i < a.length; i += 4, p++) {
    const [r, g, b1] = [0, 1, 2].map((c) => Math.abs(a[i + c] - b[i + c]));
    const to = edge?.[p] ? atEdge : inside;
    const worst = Math.max(r, g, b1);
    to.pixels++;
    to.sum += r + g + b1;
    to.max = Math.max(to.max, worst);
    if (worst > 4) to.over4++;
    if (worst > 16) to.over16++;
  }
  return { inside: summary(inside), edge: summary(atEdge) };
}

function tally() {
  return { pixels: 0, sum: 0, max: 0, over4: 0, over16: 0 };
}

function summary({ pixels, sum, max, over4, over16 }) {
  const share = (n) => pixels && n / pixels;
  return { pixels, mean: share(sum / 3), max, shareOver4: share(over4), shareOver16: share(over16) };
}

/** edges marks the pixels within 1 px of where coverage, the alpha of RGBA pixels, is neither full nor none, or jumps. */
export function edges(coverage, width, height) {
  const marks = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let low = 255, high = 0;
      for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++)
        for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++) {
          const alpha = coverage[4 * (v * width + u) + 3];
          low = Math.min(low, alpha);
          high = Math.max(high, alpha);
        }
      if (low < high || low > 0 && high < 255) marks[y * width + x] = 1;
    }
  return marks;
}
