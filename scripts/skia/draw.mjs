// Draws a case with either engine. Pictures come back as RGBA pixels, opaque.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { png } from "./pictures.mjs";

/** withAdloom writes the case's template to folder and has the program render it. */
export async function withAdloom(program, folder, { name, width, height, background, layers, assets = [] }) {
  mkdirSync(join(folder, "assets"), { recursive: true });
  for (const asset of assets) writeFileSync(join(folder, "assets", asset), png(asset));
  const template = { schema: 1, name, width, height, background: background ?? "#fff", layers: named(layers) };
  writeFileSync(join(folder, "template.json"), JSON.stringify(template, null, 2));
  const file = join(folder, "adloom.png");
  execFileSync(program, ["render", folder, "-o", file], { stdio: ["ignore", "inherit", "inherit"], timeout: 60_000 });
  const { context } = sheet(width, height);
  context.drawImage(await loadImage(file), 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/** named gives every layer an id. */
function named(layers, prefix = "layer") {
  return layers.map((layer, i) => {
    const id = `${prefix}-${i}`;
    return layer.layers ? { id, ...layer, layers: named(layer.layers, id) } : { id, ...layer };
  });
}

/** withSkia has the case paint on a white canvas. */
export async function withSkia(c) {
  const images = await loaded(c);
  const { context } = sheet(c.width, c.height);
  return painted(context, c, images).getImageData(0, 0, c.width, c.height).data;
}

const fine = 8, strip = 32; // times larger; rows at once

/**
 * withFineSkia is withSkia eight times larger, averaged. Skia's curves leave the true ones by up to a quarter of a
 * pixel, which makes them up to 64/255 wrong at an edge; this is a thirty-second of a pixel.
 */
export async function withFineSkia(c) {
  const images = await loaded(c);
  const pixels = new Uint8ClampedArray(4 * c.width * c.height);
  for (let top = 0; top < c.height; top += strip) {
    const { context } = sheet(fine * c.width, fine * strip);
    context.imageSmoothingEnabled = false;
    context.scale(fine, fine);
    context.translate(0, -top);
    const large = painted(context, c, images).getImageData(0, 0, fine * c.width, fine * strip).data;
    averageInto(pixels.subarray(4 * c.width * top, 4 * c.width * Math.min(top + strip, c.height)), large, c.width);
  }
  return pixels;
}

function averageInto(pixels, large, width) {
  for (let p = 0; p < pixels.length; p++) {
    const channel = p % 4, x = (p >> 2) % width, y = Math.floor((p >> 2) / width);
    let sum = 0;
    for (let v = 0; v < fine; v++) {
      const row = 4 * fine * ((y * fine + v) * width + x) + channel;
      for (let u = 0; u < fine; u++) sum += large[row + 4 * u];
    }
    pixels[p] = sum / (fine * fine);
  }
}

async function loaded({ assets = [] }) {
  const images = {};
  for (const asset of assets) images[asset] = await loadImage(png(asset));
  return images;
}

function painted(context, { width, height, background = "#fff", paint }, images) {
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  paint(context, images);
  return context;
}

/** coverage has the case paint what its shapes cover. */
export function coverage({ width, height, covers }) {
  const { context } = sheet(width, height);
  covers(context);
  return context.getImageData(0, 0, width, height).data;
}

/** sheet is an empty canvas, transparent. */
export function sheet(width, height) {
  const canvas = createCanvas(width, height);
  return { canvas, context: canvas.getContext("2d") };
}

/** sideBySide is Adloom's picture, Skia's, and their difference times 16 on black, as a PNG file. */
export function sideBySide(adloom, skia, width, height) {
  const { canvas, context } = sheet(3 * width, height);
  const difference = adloom.map((v, i) => i % 4 === 3 ? 255 : Math.min(255, 16 * Math.abs(v - skia[i])));
  [adloom, skia, difference].forEach((pixels, i) => {
    const image = context.createImageData(width, height);
    image.data.set(pixels);
    context.putImageData(image, i * width, 0);
  });
  return canvas.toBuffer("image/png");
}
