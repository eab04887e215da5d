// Texts to lay out, and how.
import { readFileSync } from "node:fs";

/** sizes are the three ways each text is laid out. */
export const sizes = [
  { size: 48, width: 520, weight: 700 },
  { size: 30, width: 300, weight: 400 },
  { size: 72, width: 960, weight: 700 },
];

const han = { ko: "KR", "zh-Hans": "SC", "zh-Hant": "TC" };

/** familiesOf lists the fonts of a language, the first choice first. Debian's packages have them all. */
export function familiesOf(lang) {
  const scripts = ["", "Arabic", "Hebrew", "Thai", "Devanagari"].map((script) => `Noto Sans ${script}`.trim());
  return ["Inter", ...scripts, `Noto Sans CJK ${han[lang] ?? "JP"}`, "Noto Color Emoji"];
}

/**
 * readTexts reads a list of texts: a JSON list of {id, lang, text}, a cases.json (each of its texts once), or lines of
 * JSON with lang, title and description.
 */
export function readTexts(file) {
  const source = readFileSync(file, "utf8");
  if (file.endsWith(".jsonl"))
    return source.split("\n").filter(Boolean).map((line) => JSON.parse(line)).flatMap(({ id, lang, title, description }) =>
      [["title", title], ["description", description]].filter(([, text]) => text)
        .map(([part, text]) => ({ id: `${id}-${part}`, lang, text })));
  const seen = new Set();
  return JSON.parse(source).map(({ id, lang, text, size }) => ({
    id: size ? id.replace(/^(\w+?)[abc]-.*/, "$1") : id, lang, text,
  })).filter(({ id }) => !seen.has(id) && seen.add(id));
}
