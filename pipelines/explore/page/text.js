// Text as a search sees it, and as a reader may see it. `fold` is the one of pipelines/explore/words.py; a test compares the two.
const FOLDED = {
  "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t", "ς": "σ",
};
const LETTERS = new RegExp(`[${Object.keys(FOLDED).join("")}]`, "gu");
const BEYOND_ASCII = /[^\x00-\x7f]+/g;
const ASCII_NO_WORD = /[\x00-\x2f\x3a-\x60\x7b-\x7f]+/g;
const runsFolded = new Map();
const ACCENTS = /[\u0300-\u036f]/g;
const INVISIBLE = /\p{Cf}/gu;
const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
// Scripts that set no space between words: each character is one.
const IDEOGRAPH = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
// Shown as their numbers: controls, and what turns the direction of what stands around it.
const MISLEADING = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

// Most of a text is ASCII; what is beyond it comes in few runs, again and again, so that each is worked out once.
function fold(text) {
  return text.toLowerCase().replace(BEYOND_ASCII, foldRun).replace(ASCII_NO_WORD, " ").trim();
}

function foldRun(run) {
  let folded = runsFolded.get(run);
  if (folded === undefined) {
    folded = run
      .normalize("NFKD").replace(ACCENTS, "").replace(INVISIBLE, "").normalize("NFC").toLowerCase()
      .replace(LETTERS, (letter) => FOLDED[letter]).replace(IDEOGRAPH, " $& ").replace(NO_WORD, " ");
    if (runsFolded.size < 100_000) runsFolded.set(run, folded);
  }
  return folded;
}

function wordsOf(text) {
  const folded = fold(text);
  return folded ? folded.split(" ") : [];
}

// A text as nodes in which nothing is active and nothing misleads.
function shown(text) {
  if (!MISLEADING.test(text)) return [text];
  const nodes = [];
  let plain = "";
  for (const character of text) {
    if (!MISLEADING.test(character)) {
      plain += character;
    } else if ("\t\n\r".includes(character)) {
      plain += " ";
    } else {
      const code = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
      nodes.push(plain, el("span", { class: "control", title: "a character that is not visible" }, code));
      plain = "";
    }
  }
  return [...nodes, plain];
}

// The same, with the words marked that a search found.
function highlighted(text, terms) {
  if (!terms.length) return shown(text);
  const nodes = [];
  let after = 0;
  for (const found of text.matchAll(WORD)) {
    const isHit = wordsOf(found[0]).some((word) => terms.some((term) => term.words.some(
      (wanted, at) => word === wanted || (term.isPrefix && at === term.words.length - 1 && word.startsWith(wanted)))));
    if (!isHit) continue;
    nodes.push(...shown(text.slice(after, found.index)), el("mark", {}, ...shown(found[0])));
    after = found.index + found[0].length;
  }
  return [...nodes, ...shown(text.slice(after))];
}

function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
