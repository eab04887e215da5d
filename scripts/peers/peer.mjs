// Measures one peer with one photo in a process of its own and prints a row for each ad. bench.mjs runs it.
// Usage: node peer.mjs PEER PHOTO RUNS [DIR]
import { readFileSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { readAds } from "./ads.mjs";
import { median } from "./summary.mjs";

const [peer, path, runs, out] = process.argv.slice(2);
const warmUp = 3;

const { prepare } = await import(`./${peer}.mjs`);
const photo = readFileSync(path);
try {
  for (const ad of readAds())
    for (const [name, draw] of Object.entries(await prepare(ad, photo))) {
      const { cpu, wall, picture } = await measured(draw);
      console.log([name, ad.name, cpu.toFixed(1), wall.toFixed(1), picture.length].join("\t"));
      if (out) writeFileSync(join(out, `${name}-${ad.name}-${basename(path, extname(path))}.jpg`), picture);
    }
} catch (error) {
  console.error(`${peer}: ${error.message}`);
  process.exitCode = 1;
}

/** measured draws again and again: the medians of the milliseconds, and the last picture. */
async function measured(draw) {
  const cpu = [], wall = [];
  let picture;
  for (let i = -warmUp; i < runs; i++) {
    const start = performance.now(), used = process.cpuUsage();
    picture = await draw();
    const { user, system } = process.cpuUsage(used);
    if (i < 0) continue;
    cpu.push((user + system) / 1000);
    wall.push(performance.now() - start);
  }
  return { cpu: median(cpu), wall: median(wall), picture };
}
