#!/usr/bin/env node
// Draws the reference ads with Adloom and with the peers that could draw them instead, and prints what that takes.
// Usage: npm install; node bench.mjs PHOTO... [--runs 15] [--adloom PATH] [--peers skia,sharp] [--out DIR]
//   --runs    renders a row, behind three that warm up; the median counts
//   --adloom  the program; bin/adloom of the repository without it
//   --peers   whom to compare with
//   --out     a folder for the pictures
// Prints TSV: photo, ad, peer, cpu_ms (user and system of the whole process), wall_ms, bytes. Behind an empty line
// follow, for each ad, the medians over the photos of CPU ratios. The peers are
//   skia         @napi-rs/canvas: from an encoded photo to a JPEG; skia-warm: with the photo decoded
//   sharp        sharp, which is libvips
//   adloom, adloom-warm, floor, floor-encode   as "adloom bench --help" has them
//   adloom-go, adloom-go-warm                  the same with the codecs built in
// All of them have one thread to draw with, the words set, and what does not depend on the photo prepared. The peers
// always keep colours at half resolution; Adloom decides by the picture, and full resolution takes longer.
// The photos are the user's own: give a few, as their sizes and formats decide the figures. The ads' font, Inter, must
// be installed. Exits 1 when a photo could not be drawn by all.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { summary } from "./summary.mjs";

const { values: options, positionals: photos } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "15" },
    adloom: { type: "string", default: fileURLToPath(new URL("../../bin/adloom", import.meta.url)) },
    peers: { type: "string", default: "skia,sharp" },
    out: { type: "string" },
  },
});
const peers = options.peers.split(",").filter(Boolean);
const wrong = misuse();
if (wrong) {
  console.error(`bench.mjs: ${wrong}`);
  process.exit(2);
}
if (options.out) mkdirSync(options.out, { recursive: true });

const one = { ...process.env, UV_THREADPOOL_SIZE: "1", GOMAXPROCS: "1" };
const rows = [];
console.log("photo\tad\tpeer\tcpu_ms\twall_ms\tbytes");
for (const photo of photos) {
  for (const peer of peers) measure(photo, withPeer(peer));
  measure(photo, withAdloom("native"));
  measure(photo, withAdloom("go"));
}
console.log("\n" + summary(rows).map((line) => line.join("\t")).join("\n"));

function misuse() {
  if (photos.length === 0) return "expected one or more photos; found none";
  if (!/^[1-9]\d*$/.test(options.runs)) return `--runs: expected at least 1; found ${options.runs}`;
  const unknown = peers.find((peer) => !["skia", "sharp"].includes(peer));
  return unknown && `--peers: expected skia or sharp; found ${unknown}`;
}

/** measure prints the rows of a measurement. One that fails is passed over, and the exit code is 1. */
function measure(photo, run) {
  let found;
  try {
    found = run(photo);
  } catch (error) {
    console.error(`bench.mjs: ${photo}: ${error.message}`);
    process.exitCode = 1;
    return;
  }
  for (const row of found) {
    rows.push({ photo, peer: row.peer, ad: row.ad, cpu: parseFloat(row.cpu_ms) });
    console.log([basename(photo), row.ad, row.peer, row.cpu_ms, row.wall_ms, row.bytes].join("\t"));
  }
}

function withPeer(peer) {
  const program = fileURLToPath(new URL("peer.mjs", import.meta.url));
  const columns = ["peer", "ad", "cpu_ms", "wall_ms", "bytes"];
  return (photo) => table([columns, ...lines(process.execPath, [program, peer, photo, options.runs, options.out ?? ""])]);
}

function withAdloom(codecs) {
  const own = codecs === "native";
  const to = own && options.out ? ["--out", options.out] : [];
  return (photo) => table(lines(options.adloom, ["bench", photo, "--runs", options.runs, "--codecs", codecs, ...to]))
    .filter(({ peer }) => own || peer.startsWith("adloom"))
    .map((row) => own ? row : { ...row, peer: row.peer.replace(/^adloom(-go)?/, "adloom-go") });
}

/** lines runs a program with one thread to draw with and returns the cells of what it prints. */
function lines(program, args) {
  const printed = execFileSync(program, args, { encoding: "utf8", env: one, stdio: ["ignore", "pipe", "inherit"], timeout: 600_000 });
  return printed.trimEnd().split("\n").map((line) => line.split("\t"));
}

function table([header, ...body]) {
  return body.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
}
