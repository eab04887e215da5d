#!/usr/bin/env node
// Draws the same cases with Adloom and with Skia and prints how far they are apart, tab-separated, in 1/255.
// Usage: node compare.mjs [--adloom PATH] [--out DIR] [--only TEXT]
//   --adloom  the program; bin/adloom of the repository without it
//   --out     a folder for pictures of the cases: Adloom's, Skia's, their difference times 16
//   --only    only cases whose names have this text
// The pixels within 1 px of an edge are counted apart, as engines smooth edges differently: edge_… compares them with
// Skia's, fine_edge_… with Skia's picture drawn eight times larger and averaged, which is close to the truth.
// Exits 1 when a case is off: outside of edges by more than 1 on average or 4 in one pixel, or where more than one in
// a hundred edge pixels is more than 16 from the fine picture. Cases named "info …" never are.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { blends } from "./cases/blends.mjs";
import { gradients } from "./cases/gradients.mjs";
import { layers } from "./cases/layers.mjs";
import { shapes } from "./cases/shapes.mjs";
import { strokes } from "./cases/strokes.mjs";
import { coverage, sideBySide, withAdloom, withFineSkia, withSkia } from "./draw.mjs";
import { differences, edges } from "./measure.mjs";

const { values: options } = parseArgs({
  options: {
    adloom: { type: "string", default: fileURLToPath(new URL("../../bin/adloom", import.meta.url)) },
    out: { type: "string" },
    only: { type: "string", default: "" },
  },
});

const folder = mkdtempSync(join(tmpdir(), "adloom-skia-"));
try {
  if (options.out) mkdirSync(options.out, { recursive: true });
  process.exitCode = await compare([...blends(), ...gradients(), ...shapes(), ...strokes(), ...layers()]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** compare prints a line for every case and returns 1 if one is off. */
async function compare(cases) {
  let off = 0, header = true;
  for (const c of cases.filter(({ name }) => name.includes(options.only))) {
    const slug = c.name.replaceAll(/[^a-z0-9]+/g, "-");
    const adloom = await withAdloom(options.adloom, join(folder, slug), c);
    const skia = await withSkia(c);
    const marks = c.covers && edges(coverage(c), c.width, c.height);
    const { inside, edge } = differences(adloom, skia, marks);
    const fine = marks && !c.unscaled ? differences(adloom, await withFineSkia(c), marks).edge : undefined;
    const verdict = c.name.startsWith("info ") ? "info" : isOff(inside, fine) ? "off" : "ok";
    if (verdict === "off") off = 1;
    const line = {
      case: c.name,
      mean: inside.mean.toFixed(4),
      max: inside.max,
      share_over_4: inside.shareOver4.toFixed(6),
      pixels: inside.pixels,
      edge_pixels: edge.pixels,
      edge_mean: edge.mean.toFixed(4),
      edge_max: edge.max,
      fine_edge_mean: fine?.mean.toFixed(4) ?? "",
      fine_edge_max: fine?.max ?? "",
      fine_edge_share_over_16: fine?.shareOver16.toFixed(6) ?? "",
      verdict,
    };
    if (header) console.log(Object.keys(line).join("\t"));
    header = false;
    console.log(Object.values(line).join("\t"));
    if (options.out) writeFileSync(join(options.out, `${slug}.png`), sideBySide(adloom, skia, c.width, c.height));
  }
  return off;
}

function isOff(inside, fineEdge) {
  return inside.mean > 1 || inside.max > 4 || fineEdge?.shareOver16 > 0.01;
}
