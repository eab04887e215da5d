// The ads drawn with sharp, which is libvips.
import sharp from "sharp";

sharp.concurrency(1);
sharp.cache(false);

/**
 * prepare returns the function that draws an ad with a photo and returns a JPEG. The background, which has a hole of
 * the photo's shape, and the assets at their size are ready before, as pixels. Two pipelines take less time than one,
 * and a hole less than cutting the photo's corners. A photo that can be seen through lies on the whole background.
 */
export async function prepare(ad, photo) {
  const { width, height, quality, layers } = ad;
  const { shown, above } = split(layers);
  const over = await Promise.all(above.map((layer) => layer.kind === "asset" ? scaled(layer) : svgText(layer, ad)));
  const ground = drawGround(ad);
  const below = await pixels(sharp(ground).removeAlpha());
  const frames = shown.width < width || shown.height < height || shown.radius > 0;
  if (frames) over.unshift(await cutFrame(ground, ad, shown));
  const around = {
    left: shown.x, top: shown.y, right: width - shown.x - shown.width, bottom: height - shown.y - shown.height,
  };
  const draw = async () => {
    const resized = sharp(photo).autoOrient().resize(shown.width, shown.height, { fit: shown.fit });
    const fitted = await pixels(resized.toColourspace("srgb"));
    const image = fitted.raw.channels < 4
      ? sharp(fitted.input, { raw: fitted.raw }).extend(around).composite(over)
      : sharp(below.input, { raw: below.raw }).composite([{ ...fitted, left: shown.x, top: shown.y }, ...over]);
    return image.jpeg({ quality, chromaSubsampling: "4:2:0" }).toBuffer();
  };
  return { sharp: draw };
}

/** split is the photo, which must be the lowest layer, and what lies above it. */
function split([shown, ...above]) {
  if (shown?.kind !== "photo" || above.some(({ kind }) => kind === "photo"))
    throw new Error("layers: expected one photo, below the others; found another order");
  return { shown, above };
}

/** drawGround is the background as a drawing. */
function drawGround({ width, height, background }) {
  const [paint, definition] = typeof background === "string" ? [background, ""] : ["url(#g)", gradient(background)];
  return svgOf(width, height, `${definition}<rect width="${width}" height="${height}" fill="${paint}"/>`);
}

/** cutFrame is what of the background lies around the photo. */
async function cutFrame(ground, { width, height }, { x, y, width: w, height: h, radius }) {
  const hole = svgOf(width, height, `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${radius}"/>`);
  const image = sharp(ground).composite([{ input: hole, blend: "dest-out" }]);
  return { ...await pixels(image), left: 0, top: 0 };
}

function gradient({ stops }) {
  const drawn = stops.map(([offset, colour]) => `<stop offset="${offset}" stop-color="${colour}"/>`);
  return `<linearGradient id="g" x1="0" y1="0" x2="0" y2="1">${drawn.join("")}</linearGradient>`;
}

/** scaled is an asset at the size of its box. */
async function scaled({ file, x, y, width, height, fit }) {
  const image = sharp(file).ensureAlpha().resize(width, height, { fit, background: "#0000" });
  return { ...await pixels(image), left: x, top: y };
}

async function pixels(image) {
  const { data, info: { width, height, channels } } = await image.raw().toBuffer({ resolveWithObject: true });
  return { input: data, raw: { width, height, channels } };
}

/** svgText is a text as a drawing that is as large as its lines. */
function svgText({ family, weight, size, color, lines, width }, ad) {
  const left = lines[0].x, top = Math.max(0, Math.floor(lines[0].y - 1.2 * size));
  const height = Math.min(ad.height, Math.ceil(lines.at(-1).y + 0.5 * size)) - top;
  const shapes = lines.map(({ words, x, y, bar }) =>
    `<text x="${x - left}" y="${y - top}">${escaped(words)}</text>` +
    (bar ? `<rect x="${bar.x - left}" y="${bar.y - top}" width="${bar.width}" height="${bar.height}"/>` : ""));
  const style = `font-family="${family}" font-weight="${weight}" font-size="${size}" fill="${color}"`;
  return { input: svgOf(width, height, `<g ${style}>${shapes.join("")}</g>`), left, top };
}

function escaped(words) {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function svgOf(width, height, shapes) {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`);
}
