// Strokes: widths, joins, caps, dashes, and their place about the edge.
import { trace } from "../figures.mjs";

const zigzag = [[10, 180], [70, 20], [110, 170], [170, 30], [186, 150], [250, 60], [290, 180]];
const area = { x: 30, y: 30, width: 300, height: 200 };

export function strokes() {
  const joins = ["miter", "round", "bevel"], caps = ["butt", "round", "square"];
  const line = { shape: "line", points: zigzag };
  return [
    // Skia draws strokes of 1 and less without joins.
    stroked("info zigzag 1 miter", { ...line, strokeWidth: 1, strokeJoin: "miter" }),
    stroked("info ellipse 1", { shape: "ellipse", strokeWidth: 1 }),
    ...[1.5, 2, 5, 12, 31].flatMap((strokeWidth) => joins.map((strokeJoin, i) =>
      stroked(`zigzag ${strokeWidth} ${strokeJoin} ${caps[i]}`, { ...line, strokeWidth, strokeJoin, strokeCap: caps[i] }))),
    ...joins.map((strokeJoin) => stroked(`star 9 ${strokeJoin}`, { shape: "star", strokeWidth: 9, strokeJoin })),
    ...caps.map((strokeCap) => stroked(`dashes 6 ${strokeCap}`, { ...line, strokeWidth: 6, strokeCap, dash: [18, 11] })),
    stroked("dashes odd", { ...line, strokeWidth: 4, dash: [14, 6, 3] }),
    stroked("dashes round a polygon", { shape: "polygon", points: zigzag, strokeWidth: 7, strokeJoin: "miter", dash: [25, 12] }),
    stroked("dashes round an ellipse", { shape: "ellipse", strokeWidth: 8, dash: [20, 10] }),
    stroked("ellipse 2", { shape: "ellipse", strokeWidth: 2 }),
    stroked("ellipse 40", { shape: "ellipse", strokeWidth: 40 }),
    stroked("rectangle 3", { shape: "rectangle", strokeWidth: 3, strokeJoin: "miter" }),
    stroked("rectangle 10 radius 40", { shape: "rectangle", strokeWidth: 10, radius: 40 }),
    stroked("rectangle 2 radius four", { shape: "rectangle", strokeWidth: 2, radius: [0, 20, 60, 100], strokeJoin: "miter" }),
    stroked("translucent over itself", { ...line, strokeWidth: 24, stroke: "#c1272d80" }),
    stroked("filled", { shape: "ellipse", strokeWidth: 10, fill: "#ffd166" }),
    stroked("filled, inside", { shape: "ellipse", strokeWidth: 10, fill: "#ffd166", strokeAlign: "inside" }),
    stroked("filled, outside", { shape: "rectangle", radius: 30, strokeWidth: 10, fill: "#ffd166", strokeAlign: "outside" }),
  ];
}

function stroked(name, shape) {
  const layer = { type: "shape", ...area, stroke: "#1d3557", strokeJoin: "round", strokeCap: "butt", ...shape };
  const width = area.width + 60, height = area.height + 60;
  return {
    name: name.startsWith("info ") ? name.replace(" ", " stroke ") : `stroke ${name}`, width, height, background: "#fdf6ec", layers: [layer],
    paint: (context) => stroke(context, layer, layer.stroke),
    covers: (context) => stroke(context, { ...layer, fill: undefined }, "#000"),
  };
}

/** stroke draws a shape. A canvas has no stroke beside the edge, so twice the stroke loses the half that is not wanted. */
function stroke(context, layer, colour) {
  const { strokeAlign = "center", fill, dash = [] } = layer;
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = layer.strokeWidth * (strokeAlign === "center" ? 1 : 2);
  context.lineJoin = layer.strokeJoin;
  context.lineCap = layer.strokeCap;
  context.miterLimit = 4;
  context.setLineDash(dash);
  if (strokeAlign === "outside") {
    trace(context, layer);
    context.stroke();
    context.globalCompositeOperation = fill ? "source-over" : "destination-out";
  }
  trace(context, layer);
  if (fill || strokeAlign === "outside") {
    context.fillStyle = fill ?? "#000";
    context.fill();
  }
  if (strokeAlign === "inside") context.clip();
  if (strokeAlign !== "outside") context.stroke();
  context.restore();
}
