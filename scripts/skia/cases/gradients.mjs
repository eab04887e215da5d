// Gradients over the whole picture. Hard stops lie between pixels, never on a pixel's middle.
import { style } from "../paint.mjs";

const two = [[0, "#0b1d51"], [1, "#ffd166"]];
const three = [[0, "#ff0000"], [0.25, "#00ff00"], [1, "#0000ff"]];
const five = [[0.1, "#1d1b19"], [0.3, "#c1272d"], [0.55, "#fdf6ec"], [0.7, "#2a9d8f"], [0.95, "#264653"]];
const hard = [[0, "#e63946"], [0.333, "#f1faee"], [0.333, "#457b9d"], [0.667, "#457b9d"], [0.667, "#1d3557"], [1, "#a8dadc"]];
const dark = [[0, "#101010"], [1, "#202020"]]; // steps of one in 255, far apart
const fade = [[0, "#00000000"], [1, "#000000cc"]];
const fadeColour = [[0, "#ff006600"], [0.4, "#3a86ffb0"], [1, "#ffbe0b"]];
const evenAlpha = [[0, "#ff006680"], [1, "#3a86ff80"]];
const toTransparent = [[0, "#e63946"], [1, "#00000000"]];
const round = [[0, "#ff0000"], [0.25, "#ffff00"], [0.5, "#00ff88"], [0.75, "#0044ff"], [1, "#ff0000"]]; // no seam

export function gradients() {
  const box = { width: 400, height: 300 };
  const linear = (stops, angle) => ({ type: "linear", angle, stops });
  const radial = (stops, center, radius) => ({ type: "radial", center, radius, stops });
  const conic = (stops, center, angle) => ({ type: "conic", center, angle, stops });
  return [
    ...[0, 30, 45, 90, 117, 180, 225, 270, 300, 359, -45].map((angle) => gradient(`linear ${angle} two stops`, linear(two, angle), box)),
    ...[0, 60, 90, 135, 180].map((angle) => gradient(`linear ${angle} three stops`, linear(three, angle), box)),
    ...[20, 90, 160, 180].map((angle) => gradient(`linear ${angle} five stops`, linear(five, angle), box)),
    ...[0, 33, 90, 140, 180].map((angle) => gradient(`linear ${angle} hard stops`, linear(hard, angle), box)),
    gradient("linear 180 steps of one", linear(dark, 180), { width: 200, height: 1000 }),
    gradient("linear 77 large", linear(five, 77), { width: 1920, height: 1080 }),
    gradient("radial centred two stops", radial(two, [0.5, 0.5], 1), box),
    gradient("radial centred five stops", radial(five, [0.5, 0.5], 0.7), box),
    gradient("radial centred hard stops", radial(hard, [0.5, 0.5], 1), box),
    gradient("radial off centre", radial(three, [0.2, 0.83], 1), box),
    gradient("radial in the corner", radial(five, [0, 0], 0.5), box),
    gradient("radial beyond", radial(two, [0.5, 0.25], 3), box),
    gradient("conic centred no seam", conic(round, [0.5, 0.5], 0), box),
    gradient("conic centred seam", conic(two, [0.5, 0.5], 0), box),
    gradient("conic turned 100", conic(round, [0.5, 0.5], 100), box),
    gradient("conic turned -40 five stops", conic(five, [0.5, 0.5], -40), box),
    gradient("conic off centre hard stops", conic(hard, [0.25, 0.71], 13), box),
    gradient("conic in the corner", conic(three, [1, 1], 0), box),
    gradient("alpha linear one colour", linear(fade, 180), box),
    gradient("alpha linear even alpha", linear(evenAlpha, 70), box),
    gradient("alpha linear premultiplied", linear(fadeColour, 120), box),
    gradient("alpha linear to transparent", linear(toTransparent, 90), box),
    gradient("alpha radial premultiplied", radial(fadeColour, [0.4, 0.6], 1), box),
    gradient("alpha conic one colour", conic(fade, [0.5, 0.5], 0), box),
  ];
}

function gradient(name, paint, { width, height }) {
  const box = { x: 0, y: 0, width, height };
  return {
    name: `gradient ${name}`, width, height,
    layers: [{ type: "shape", shape: "rectangle", ...box, fill: paint }],
    paint(context) {
      context.fillStyle = style(context, paint, box);
      context.fillRect(0, 0, width, height);
    },
  };
}
