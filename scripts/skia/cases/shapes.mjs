// Filled shapes, and pictures cut by shapes.
import { trace } from "../figures.mjs";
import { style } from "../paint.mjs";
import { side } from "../pictures.mjs";

const sunset = { type: "linear", angle: 135, stops: [[0, "#ff5f6d"], [0.5, "#7b2ff7"], [1, "#ffc371"]] };

export function shapes() {
  const radii = [8, 12, 24, 50, 100, 200, 300];
  return [
    ...radii.map((radius) => filled(`rectangle radius ${radius}`, { shape: "rectangle", ...inset(660), radius })),
    filled("rectangle radius larger than half", { shape: "rectangle", ...inset(300), radius: 500 }),
    filled("rectangle four radii", { shape: "rectangle", ...inset(640, 480), radius: [8, 60, 120, 300] }),
    filled("rectangle four radii, one none", { shape: "rectangle", ...inset(300, 200), radius: [0, 40, 100, 16] }),
    filled("rectangle four radii, too large", { shape: "rectangle", ...inset(300, 200), radius: [200, 40, 180, 80] }),
    filled("rectangle between pixels", { shape: "rectangle", x: 20.3, y: 17.6, width: 200.5, height: 99.25, radius: 31.7 }),
    filled("rectangle radius 40 gradient", { shape: "rectangle", ...inset(360, 300), radius: 40, fill: sunset }),
    filled("ellipse circle", { shape: "ellipse", ...inset(300) }),
    filled("ellipse wide gradient", { shape: "ellipse", ...inset(500, 120), fill: sunset }),
    filled("ellipse small", { shape: "ellipse", x: 10.5, y: 10.25, width: 24, height: 17 }),
    filled("ellipse translucent", { shape: "ellipse", ...inset(300, 200), fill: "#c1272d80" }),
    filled("star five", { shape: "star", ...inset(300), tips: 5, inner: 0.382 }),
    filled("star twenty-four", { shape: "star", ...inset(300, 240), tips: 24, inner: 0.8, fill: sunset }),
    filled("polygon triangle", { shape: "polygon", ...inset(300), points: [[150, 0], [300, 290], [10, 200]] }),
    filled("polygon thin", { shape: "polygon", ...inset(300), points: [[0, 0], [300, 10], [300, 12], [0, 3]] }),
    filled("polygon that crosses itself", { shape: "polygon", ...inset(300), points: [[150, 0], [240, 280], [0, 110], [300, 110], [60, 280]] }),
    ...[8, 40, 100, 128].map((radius) => cut(`radius ${radius}`, { radius }, { shape: "rectangle", radius })),
    cut("four radii", { radius: [8, 90, 30, 128] }, { shape: "rectangle", radius: [8, 90, 30, 128] }),
    cut("ellipse mask", { mask: { shape: "ellipse" } }, { shape: "ellipse" }),
    cut("star mask", { mask: { shape: "star", tips: 7, inner: 0.6 } }, { shape: "star", tips: 7, inner: 0.6 }),
  ];
}

/** inset is a box 20 pixels from the upper left corner of the picture. */
function inset(width, height = width) {
  return { x: 20, y: 20, width, height };
}

/** around is the size of a picture that holds a layer and 20 pixels. */
function around({ x, y, width, height }) {
  return { width: Math.ceil(x + width + 20), height: Math.ceil(y + height + 20) };
}

function filled(name, shape) {
  const layer = { type: "shape", fill: "#2a9d8f", ...shape };
  return {
    name: `shape ${name}`, ...around(layer), background: "#fdf6ec", layers: [layer],
    paint(context) {
      context.fillStyle = style(context, layer.fill, layer);
      trace(context, layer);
      context.fill();
    },
    covers(context) {
      trace(context, layer);
      context.fill();
    },
  };
}

/** cut shows a photo through a figure, which the layer has by the keys of dress. */
function cut(name, dress, figure) {
  const box = inset(side);
  return {
    name: `cut ${name}`, ...around(box), background: "#ffd166", assets: ["photo.png"],
    layers: [{ type: "image", ...box, src: "asset:photo.png", fit: "fill", ...dress }],
    paint(context, images) {
      trace(context, { ...box, ...figure });
      context.clip();
      context.drawImage(images["photo.png"], box.x, box.y);
    },
    covers(context) {
      trace(context, { ...box, ...figure });
      context.fill();
    },
  };
}
