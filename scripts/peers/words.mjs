// Where the lines of a text lie. Both peers draw the same ones.
import { createCanvas } from "@napi-rs/canvas";

const ruler = createCanvas(1, 1).getContext("2d");

// Inter's line through a text, in ems: its OS/2 table, yStrikeoutPosition and yStrikeoutSize.
const strikeAt = 922 / 2816, strikeThick = 192 / 2816;

const step = 0.5; // pixels by which a text shrinks

/**
 * setWords returns the family, weight and size of a text in the box of its layer, and its lines: each with words, x and
 * its baseline, y; with strike also a bar of x, y, width, height. width is that of the widest line.
 */
export function setWords(words, layer) {
  const { font, weight = 400, lineHeight = 1.2 } = layer;
  const family = font.split(",")[0];
  const { size, lines } = shrunk(words, layer, (size) => `${weight} ${size}px ${font}`);
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ruler.measureText("x");
  const leading = (size * lineHeight - Math.round(up) - Math.round(down)) / 2;
  const thick = Math.max(1, strikeThick * size);
  return {
    family, weight, size, font: ruler.font,
    width: Math.ceil(Math.max(...lines.map((line) => ruler.measureText(line).width))),
    lines: lines.map((line, i) => {
      const y = Math.round(layer.y + i * size * lineHeight + leading + Math.round(up));
      const bar = layer.strike && { x: layer.x, y: y - strikeAt * size - thick / 2, width: ruler.measureText(line).width, height: thick };
      return { words: line, x: layer.x, y, bar };
    }),
  };
}

/** shrunk is the largest size at which the words fit. It leaves the ruler set to it. */
function shrunk(words, layer, style) {
  const { size: largest, minSize = largest, lineHeight = 1.2, fit, maxLines = Infinity } = layer;
  for (let size = largest; size >= (fit === "shrink" ? minSize : largest); size -= step) {
    ruler.font = style(size);
    const lines = broken(words, layer.width);
    if (lines && lines.length <= Math.min(maxLines, layer.height / (size * lineHeight))) return { size, lines };
  }
  throw new Error(`layer ${layer.id}: expected words that fit without an ellipsis; found ${words}`);
}

/** broken breaks words into lines behind spaces and hyphens; undefined when a piece alone is too wide. */
function broken(words, width) {
  const fits = (line) => ruler.measureText(line.trimEnd()).width <= width;
  const lines = [];
  for (const piece of words.split(/(?<=[ -])/)) {
    const longer = lines.length > 0 && lines.at(-1) + piece;
    if (longer && fits(longer)) lines[lines.length - 1] = longer;
    else if (fits(piece)) lines.push(piece);
    else return undefined;
  }
  return lines.map((line) => line.trimEnd());
}
