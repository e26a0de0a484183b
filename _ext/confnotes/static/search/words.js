/* The words of a question, folded as in search/words.py. */

const UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;
const FOLDED = { ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", æ: "ae", œ: "oe", þ: "th", ß: "ss" };
const ACCENTS = /(?![\u0900-\u109f\u1780-\u17ff])\p{M}/gu; /* others are letters, as names.py says */
const EXCLUDED = /(?<=^|\s)-(?=["\p{L}\p{N}])(?:"[^"]*"?|\S+)/gu;

/* Blanks around each sign of a script that has none between words. */
export const segment = (text) => text.replace(UNSPACED, " $& ").replace(/\s+/g, " ").trim();

export const fold = (text) =>
  text.normalize("NFKD").replace(ACCENTS, "").toLowerCase()
    .replace(/['’‘`´]/g, "").replace(/[øđðłıæœþß]/g, (sign) => FOLDED[sign]);

export const words = (text) => fold(segment(text)).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/* Return what is wanted, as Pagefind is asked for it, and each word or phrase that is not. */
export const parse = (text, stopWords) => {
  const excluded = (text.match(EXCLUDED) ?? []).map((word) => forPagefind(word.slice(1)));
  return { wanted: forPagefind(withoutStopWords(text.replace(EXCLUDED, " "), stopWords)), excluded };
};

/* Words such as “the” are in most talks and tell none from another. Of nothing but these, the longest is kept. */
const withoutStopWords = (text, stopWords) => {
  const dropped = new Set(stopWords.map(fold));
  const all = text.match(/"[^"]*"?|\S+/g) ?? [];
  const kept = all.filter((one) => one.startsWith('"') || !words(one).every((word) => dropped.has(word)));
  const longest = all.reduce((a, b) => (b.length > a.length ? b : a), "");
  return kept.length ? kept.join(" ") : longest;
};

/* A Chinese or Japanese word is a phrase of its signs. */
const forPagefind = (text) => {
  const trimmed = text.trim();
  const isOneWord = !/[\s"]/.test(trimmed) && segment(trimmed) !== trimmed;
  return isOneWord ? `"${segment(trimmed)}"` : segment(trimmed);
};
