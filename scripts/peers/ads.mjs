// The reference ads, read from the example templates.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setWords } from "./words.mjs";

const folder = fileURLToPath(new URL("../../examples/templates", import.meta.url));

// Prices of the samples as the ads' locales write them. \u00a0 is the space that does not break.
const expanded = {
  link: {
    "{{money(price)}}": "$129.00",
    "{{money(sale_price < price ? sale_price : price)}}": "$89.00",
  },
  square: {
    "from {{money(sale_price < price ? sale_price : price, 'nonzero')}}": "from €149",
  },
  story: {
    "{{money(price)}}": "159,00\u00a0€",
    "{{money(sale_price < price ? sale_price : price)}}": "119,00\u00a0€",
  },
};

// Whatever else a layer says would change the picture, and the peers would not draw it.
const box = ["id", "type", "show", "x", "y", "width", "height"];
const known = {
  image: [...box, "src", "fit", "radius"],
  text: [...box, "text", "font", "weight", "size", "minSize", "fit", "lineHeight", "maxLines", "overflow", "color", "strike"],
};

/**
 * readAds returns the ads: name, width, height, quality, background (a colour, or a gradient from top to bottom, of
 * which stops are the offsets and colours) and layers, the lowest first.
 * A layer is a photo or an asset (kind, x, y, width, height, fit, radius, file) or a text (kind, color, and what
 * setWords returns). Every layer is shown, as it is with the samples.
 */
export function readAds() {
  return readdirSync(folder).sort().map((name) => {
    const template = JSON.parse(readFileSync(`${folder}/${name}/template.json`, "utf8"));
    const { width, height, background = "#ffffff", output, fields } = template;
    if (background.type && !(background.type === "linear" && background.angle === 180))
      throw new Error(`${name}: expected a background that the peers can draw; found ${JSON.stringify(background)}`);
    const samples = Object.fromEntries(fields.map((field) => [`{{${field.name}}}`, field.sample]));
    const words = { ...samples, ...expanded[name] };
    const layers = template.layers.map((layer) => readLayer(layer, words, `${folder}/${name}`));
    return { name, width, height, background, quality: output?.quality ?? 85, layers };
  });
}

function readLayer(layer, words, from) {
  const at = `${from}: layer ${layer.id}`;
  for (const key of Object.keys(layer))
    if (!known[layer.type]?.includes(key))
      throw new Error(`${at}: expected a layer that the peers can draw; found ${layer.type} with ${key}`);
  const { x, y, width, height, fit = "cover", radius = 0 } = layer;
  if (layer.type === "image") {
    const asset = layer.src.startsWith("asset:") && `${from}/assets/${layer.src.slice("asset:".length)}`;
    return { kind: asset ? "asset" : "photo", x, y, width, height, fit, radius, file: asset };
  }
  if (!words[layer.text]) throw new Error(`${at}: expected a text of which the words are known; found ${layer.text}`);
  return { kind: "text", color: layer.color, ...setWords(words[layer.text], layer) };
}

/** fitted is how large a picture of w by h is in a layer's box, by the rules of CSS. */
export function fitted(layer, w, h) {
  switch (layer.fit) {
    case "fill":
      return { width: layer.width, height: layer.height };
    case "cover":
    case "contain": {
      const ratios = [layer.width / w, layer.height / h];
      const scale = layer.fit === "cover" ? Math.max(...ratios) : Math.min(...ratios);
      return { width: w * scale, height: h * scale };
    }
    default:
      throw new Error(`fit: expected cover, contain or fill; found ${layer.fit}`);
  }
}
