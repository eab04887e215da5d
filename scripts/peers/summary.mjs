// Ratios of what was measured.

/** The ratios, by name: what is divided by what. */
const ratios = {
  "cold/floor": ["adloom", "floor"],
  "skia/cold": ["skia", "adloom"],
  "skia/warm": ["skia", "adloom-warm"],
  "skia-warm/warm": ["skia-warm", "adloom-warm"],
  "warm/floor-encode": ["adloom-warm", "floor-encode"],
  "sharp/adloom-go": ["sharp", "adloom-go"],
};

/**
 * summary is a line of CPU ratios for each ad, the header first: medians over the photos that have both figures, -
 * where none has.
 */
export function summary(rows) {
  const line = (ad) => Object.values(ratios).map(([over, under]) => {
    const of = (peer, photo) => rows.find((r) => r.peer === peer && r.ad === ad && r.photo === photo)?.cpu;
    const values = [...new Set(rows.map(({ photo }) => photo))].map((photo) => of(over, photo) / of(under, photo));
    const usable = values.filter(Number.isFinite);
    return usable.length ? median(usable).toFixed(2) : "-";
  });
  const ads = [...new Set(rows.map(({ ad }) => ad))];
  return [["ad", ...Object.keys(ratios)], ...ads.map((ad) => [ad, ...line(ad)])];
}

/** median is the middle of some numbers; of two middle ones their mean. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
