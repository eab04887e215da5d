// The ads drawn with Skia, by @napi-rs/canvas.
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { fitted } from "./ads.mjs";

/**
 * prepare returns the functions that draw an ad with a photo and return a JPEG: skia decodes the photo each time,
 * skia-warm has it decoded. The canvas, the background's paint and the assets at their size are ready before.
 */
export async function prepare(ad, photo) {
  const canvas = createCanvas(ad.width, ad.height), context = canvas.getContext("2d");
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  const background = paint(context, ad);
  const assets = new Map();
  for (const layer of ad.layers)
    if (layer.kind === "asset") assets.set(layer, await scaled(layer));
  const draw = (loaded) => {
    context.fillStyle = background;
    context.fillRect(0, 0, ad.width, ad.height);
    for (const layer of ad.layers) {
      if (layer.kind === "text") drawText(context, layer);
      else if (layer.kind === "asset") context.drawImage(assets.get(layer), layer.x, layer.y);
      else drawImage(context, loaded, layer);
    }
    return canvas.encode("jpeg", ad.quality);
  };
  const kept = await loadImage(photo);
  return { skia: async () => draw(await loadImage(photo)), "skia-warm": () => draw(kept) };
}

function drawImage(context, image, layer) {
  const { x, y, width, height, radius } = layer;
  const size = fitted(layer, image.width, image.height);
  context.save();
  context.beginPath();
  if (radius > 0) context.roundRect(x, y, width, height, radius);
  else context.rect(x, y, width, height);
  context.clip();
  context.drawImage(image, x + (width - size.width) / 2, y + (height - size.height) / 2, size.width, size.height);
  context.restore();
}

function drawText(context, { font, color, lines }) {
  context.font = font;
  context.fillStyle = color;
  for (const { words, x, y, bar } of lines) {
    context.fillText(words, x, y);
    if (bar) context.fillRect(bar.x, bar.y, bar.width, bar.height);
  }
}

/** scaled is an asset at the size of its box. */
async function scaled(layer) {
  const canvas = createCanvas(layer.width, layer.height), context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  drawImage(context, await loadImage(layer.file), { ...layer, x: 0, y: 0 });
  return canvas;
}

/** paint is the fill style of an ad's background. */
function paint(context, { background, height }) {
  if (typeof background === "string") return background;
  const gradient = context.createLinearGradient(0, 0, 0, height);
  for (const [offset, colour] of background.stops) gradient.addColorStop(offset, colour);
  return gradient;
}
