// Layers as a whole: groups that fade or clip, turned layers, shadows. What a canvas does by way of another canvas, and
// its shadows, do not grow with its scale: such cases are unscaled and have no fine picture.
import { trace } from "../figures.mjs";
import { sheet } from "../draw.mjs";

const width = 400, height = 300, ground = "#fdf6ec";
const disc = { type: "shape", shape: "ellipse", x: 60, y: 50, width: 160, height: 160, fill: "#e63946" };
const card = { type: "shape", shape: "rectangle", x: 140, y: 100, width: 200, height: 140, fill: "#457b9d", radius: 24 };

export function layers() {
  return [
    ...[0.15, 0.5, 0.9].map((opacity) => group(opacity)),
    clipped(),
    turned("info turned 90", 90),
    turned("info turned 30", 30),
    ...[0, 2, 6, 12, 40].map((blur) => shadowed(`info shadow blur ${blur}`, { x: 8, y: 12, blur, color: "#00000080" })),
    shadowed("info shadow coloured", { x: -20, y: 5, blur: 20, color: "#7b2ff7" }),
  ];
}

function fill(context, layer, colour = layer.fill) {
  context.fillStyle = colour;
  trace(context, layer);
  context.fill();
}

/** bothCovered is empty where the shapes overlap, so that all their edges are edges of what is covered. */
function bothCovered(context) {
  fill(context, disc, "#000");
  context.globalCompositeOperation = "xor";
  fill(context, card, "#000");
}

/** group fades two shapes that overlap, as one. */
function group(opacity) {
  return {
    name: `group opacity ${opacity}`, unscaled: true, width, height, background: ground,
    layers: [{ type: "group", x: 0, y: 0, width, height, opacity, layers: [disc, card] }],
    paint(context) {
      const { canvas, context: together } = sheet(width, height);
      fill(together, disc);
      fill(together, card);
      context.globalAlpha = opacity;
      context.drawImage(canvas, 0, 0);
    },
    covers: bothCovered,
  };
}

function clipped() {
  const box = { x: 90, y: 80, width: 200, height: 120 };
  const inBox = ({ x, y, ...layer }) => ({ ...layer, x: x - box.x, y: y - box.y });
  return {
    name: "group clipped", width, height, background: ground,
    layers: [{ type: "group", ...box, clip: true, layers: [inBox(disc), inBox(card)] }],
    paint(context) {
      context.beginPath();
      context.rect(box.x, box.y, box.width, box.height);
      context.clip();
      fill(context, disc);
      fill(context, card);
    },
    covers: bothCovered,
  };
}

function turned(name, rotation) {
  const turn = (context) => {
    const cx = card.x + card.width / 2, cy = card.y + card.height / 2;
    context.translate(cx, cy);
    context.rotate(rotation * Math.PI / 180);
    context.translate(-cx, -cy);
  };
  return {
    name, width, height, background: ground, layers: [{ ...card, rotation }],
    paint(context) {
      turn(context);
      fill(context, card);
    },
    covers(context) {
      turn(context);
      fill(context, card, "#000");
    },
  };
}

function shadowed(name, shadow) {
  return {
    name, unscaled: true, width, height, background: ground, layers: [{ ...card, shadow }],
    paint(context) {
      context.shadowOffsetX = shadow.x;
      context.shadowOffsetY = shadow.y;
      context.shadowBlur = shadow.blur;
      context.shadowColor = shadow.color;
      fill(context, card);
    },
    covers: (context) => fill(context, card, "#000"),
  };
}
