// Test pictures. Both sides read the same PNG files.
import { createCanvas } from "@napi-rs/canvas";

/** side is the width and height of every test picture, in pixels. */
export const side = 256;

/** pictures are the functions from x, y to [r, g, b, a], not premultiplied, by file name. */
const pictures = {
  // Slow gradients with the grain of a photo and a few clipped highlights and shadows.
  "photo.png": (x, y) => {
    const grain = noise(x, y) % 25 - 12;
    const wave = 40 * Math.sin(x / 17) * Math.cos(y / 23);
    return [clip(x + wave + grain), clip(255 - y + wave - grain), clip((x + y) / 2 - wave + grain), 255];
  },
  // All hues along x; black over full colour to white along y, in bands of less saturation.
  "colours.png": (x, y) => [...hueColour(x / side, y % 128 / 127, y < 128 ? 1 : 0.4), 255],
  "colours-half.png": (x, y) => [...hueColour(x / side, y % 128 / 127, y < 128 ? 1 : 0.4), 128],
  "colours-fading.png": (x, y) => [...hueColour(y / side, 0.5 + (x % 8) / 20, 1), x],
};

/** png returns a test picture as a PNG file. */
export function png(name) {
  const canvas = createCanvas(side, side), context = canvas.getContext("2d");
  const image = context.createImageData(side, side);
  for (let y = 0, i = 0; y < side; y++)
    for (let x = 0; x < side; x++, i += 4) image.data.set(pictures[name](x, y), i);
  context.putImageData(image, 0, 0);
  return canvas.toBuffer("image/png");
}

/** hueColour is the colour of a hue and a lightness from 0 to 1, with its saturation scaled. */
function hueColour(hue, lightness, saturation) {
  return [0, 2, 4].map((shift) => {
    const ramp = Math.min(Math.max(Math.abs((hue * 6 + 6 - shift) % 6 - 3) - 1, 0), 1);
    const share = 0.5 + (ramp - 0.5) * saturation;
    return clip(255 * (lightness < 0.5 ? share * 2 * lightness : share + (1 - share) * (2 * lightness - 1)));
  });
}

/** noise is a whole number from 0 to 65535 that looks random. */
function noise(x, y) {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1);
  h = Math.imul(h ^ h >>> 15, 0x2c1b3c6d);
  return (h ^ h >>> 13) >>> 16;
}

function clip(v) {
  return Math.min(Math.max(Math.round(v), 0), 255);
}
