// The blend modes of W3C Compositing and Blending 1, alone, half transparent, faded and inside an isolated group.
import { sheet } from "../draw.mjs";
import { side } from "../pictures.mjs";

const modes = ["normal", "multiply", "screen", "overlay", "darken", "lighten", "color-dodge", "color-burn", "hard-light",
  "soft-light", "difference", "exclusion", "hue", "saturation", "color", "luminosity"];

const operation = (mode) => mode === "normal" ? "source-over" : mode;

export function blends() {
  return modes.flatMap((mode) => [
    over(mode, "opaque", "colours.png", 1),
    over(mode, "half transparent", "colours-half.png", 1),
    over(mode, "fading", "colours-fading.png", 1),
    over(mode, "opacity 0.5", "colours.png", 0.5),
    isolated(mode),
  ]);
}

const whole = (src) => ({ type: "image", x: 0, y: 0, width: side, height: side, src: `asset:${src}`, fit: "fill" });

/** over lays a picture over an opaque photo. */
function over(mode, kind, source, opacity) {
  return {
    name: `blend ${mode} ${kind}`, width: side, height: side, assets: ["photo.png", source],
    layers: [whole("photo.png"), { ...whole(source), blend: mode, opacity }],
    paint(context, images) {
      context.drawImage(images["photo.png"], 0, 0);
      context.globalCompositeOperation = operation(mode);
      context.globalAlpha = opacity;
      context.drawImage(images[source], 0, 0);
    },
  };
}

/** isolated blends inside a group that is faded as a whole, so over what is transparent in part. */
function isolated(mode) {
  const opacity = 0.8, box = { x: 0, y: 0, width: side, height: side };
  return {
    name: `blend ${mode} in a faded group`, width: side, height: side, background: "#3a7bd5",
    assets: ["colours-half.png", "colours-fading.png"],
    layers: [{
      type: "group", ...box, opacity,
      layers: [whole("colours-half.png"), { ...whole("colours-fading.png"), blend: mode }],
    }],
    paint(context, images) {
      const { canvas, context: group } = sheet(side, side);
      group.drawImage(images["colours-half.png"], 0, 0);
      group.globalCompositeOperation = operation(mode);
      group.drawImage(images["colours-fading.png"], 0, 0);
      context.globalAlpha = opacity;
      context.drawImage(canvas, 0, 0);
    },
  };
}
