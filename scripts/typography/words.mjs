// Writes the words of one of ICU's dictionaries as a list in order, a word a line: how many characters it has in common
// with the word before, and the rest.
//
//   node words.mjs thaidict.dict > ../../renderer/linebreak/words/thai.txt
//
// The file is a compiled dictionary, as `icupkg -x 'brkitr/*'` takes them out of ICU's data. Its words are a trie of
// bytes (bytestrie.h of ICU describes it), each byte a character at an offset.
import { readFileSync } from "node:fs";

const file = readFileSync(process.argv[2]);
const body = file.subarray(file.readUInt16LE(0));
const [start, , , size, type, transform] = [0, 4, 8, 12, 16, 20].map((at) => body.readInt32LE(at));
if ((type & 7) !== 0 || transform >> 24 !== 1)
  throw new Error(`expected a trie of bytes at an offset; found type ${type}, transform ${transform}`);
const trie = body.subarray(start, size);
const base = transform & 0x1fffff;
const words = [];
node(0, []);
words.sort((a, b) => (a < b ? -1 : 1));
process.stdout.write(words.map((word, i) => {
  let same = 0;
  while (i > 0 && same < word.length && word[same] === words[i - 1][same]) same++;
  return `${same}${word.slice(same)}\n`;
}).join(""));

/** node reads what follows a prefix. */
function node(at, prefix) {
  for (;;) {
    const lead = trie[at++];
    if (lead >= 0x20) {
      words.push(String.fromCodePoint(...prefix.map(character)));
      if (lead & 1) return;
      at += number(at, lead >> 1, 0x10, 0x51, 0x6c, 0x7e).size;
    } else if (lead >= 0x10) {
      const length = lead - 0x10 + 1;
      prefix = [...prefix, ...trie.subarray(at, at + length)];
      at += length;
    } else {
      branch(lead === 0 ? at + 1 : at, (lead === 0 ? trie[at] : lead) + 1, prefix);
      return;
    }
  }
}

/** branch reads so many ways to go on: halves of them, and when they are few one after the other. */
function branch(at, length, prefix) {
  for (; length > 5; length -= length >> 1) {
    at++;
    const { value, size: bytes } = number(at + 1, trie[at], 0, 0xc0, 0xf0, 0xfe);
    at += 1 + bytes;
    branch(at + value, length >> 1, prefix);
  }
  for (; length > 1; length--) {
    const next = [...prefix, trie[at++]];
    const lead = trie[at++];
    const { value, size: bytes } = number(at, lead >> 1, 0x10, 0x51, 0x6c, 0x7e);
    at += bytes;
    if (lead & 1) words.push(String.fromCodePoint(...next.map(character)));
    else node(at + value, next);
  }
  node(at + 1, [...prefix, trie[at]]);
}

/** number reads the rest of one whose first byte is lead: from which leads on it has one, two, three or more bytes. */
function number(at, lead, one, two, three, four) {
  if (lead < two) return { value: lead - one, size: 0 };
  if (lead < three) return { value: ((lead - two) << 8) | trie[at], size: 1 };
  if (lead < four) return { value: ((lead - three) << 16) | trie.readUInt16BE(at), size: 2 };
  return lead === four ? { value: trie.readUIntBE(at, 3), size: 3 } : { value: trie.readUInt32BE(at), size: 4 };
}

function character(byte) {
  return byte === 0xff ? 0x200d : byte === 0xfe ? 0x200c : base + byte;
}
