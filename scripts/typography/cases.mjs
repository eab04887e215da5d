// Lays texts out in Chromium, and writes what it did: cases.json, and a picture of each case.
//
//   node cases.mjs TEXTS FOLDER [--no-pictures]
//
// TEXTS is what readTexts reads. FOLDER must lie outside the repository. breaks.json, beside the cases, has all places
// where a line of each text may end.
import { mkdirSync, writeFileSync } from "node:fs";
import { withPage } from "./browser.mjs";
import { breaksOf, cssOf, linesOf } from "./layout.mjs";
import { familiesOf, readTexts, sizes } from "./texts.mjs";

const [file, folder, option] = process.argv.slice(2);
if (!folder) throw new Error("expected: node cases.mjs TEXTS FOLDER [--no-pictures]");
const texts = readTexts(file);
mkdirSync(folder, { recursive: true });

const cases = texts.flatMap(({ id, lang, text }) => sizes.map((style, i) => ({
  id: `${id}${"abc"[i]}-${lang}`, lang, text, ...style, families: familiesOf(lang),
})));

await withPage(async (page, version) => {
  const rows = [];
  for (const one of cases) {
    const laid = await page.evaluate(show, { ...one, css: cssOf(one), reader: linesOf.toString() });
    rows.push({ ...one, ...laid });
    if (option !== "--no-pictures")
      await page.locator("div").screenshot({ path: `${folder}/${one.id}.png`, animations: "disabled" });
  }
  writeFileSync(`${folder}/cases.json`, list(rows));

  const all = [];
  for (const { id, lang, text } of texts) {
    const css = cssOf({ ...sizes[1], width: 0, families: familiesOf(lang) }).replace("break-word", "normal");
    const { lines: breaks } = await page.evaluate(show, { lang, text, css, reader: breaksOf.toString() });
    all.push({ id, lang, text, breaks });
  }
  writeFileSync(`${folder}/breaks.json`, list(all));
  console.log(`Chromium ${version}: ${texts.length} texts, ${cases.length} cases in ${folder}`);
});

/** show runs in the page. */
function show({ lang, text, css, reader }) {
  const div = document.createElement("div");
  div.lang = lang;
  div.dir = "auto";
  div.style.cssText = css;
  div.textContent = text;
  document.body.replaceChildren(div);
  const read = new Function(`return ${reader}`)();
  return { direction: getComputedStyle(div).direction, lines: read(div) };
}

function list(rows) {
  return `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
}
