/* What can be asked: names of an index of our own, and talks of Pagefind. */

import { parse, words } from "./words.js";

export const ROOT = new URL("../..", import.meta.url);
export const KINDS = ["people", "topics", "events", "pages"];
const EVERY = "zqtalk"; /* the first word of every record; to ask for none would load all of the index */
const BODY = "⁂"; /* what the body of a record follows */
const EXCERPT = 28; /* words */
const HIGHLIGHTED = 8;

const load = async (path) => {
  const answer = await fetch(new URL(`_search/${path}`, ROOT));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
};

const once = (ask) => {
  const answers = new Map();
  return (key) => {
    if (!answers.has(key)) answers.set(key, ask(key));
    return answers.get(key);
  };
};

/* The labels of the site, its stop words, and which beginnings of words have a file. */
export const loadIndex = once(() => load("index.json"));

const loadShard = once((prefix) => {
  const name = [...prefix].map((sign) => sign.codePointAt(0).toString(16)).join("-");
  return load(`${name || "all"}.json`);
});

/* Return entries by their address that have a word which begins with `word`, and how well. */
const namesWith = async (word) => {
  const { prefixes } = await loadIndex();
  const fitting = prefixes.filter((prefix) => word.startsWith(prefix));
  const longest = fitting.reduce((a, b) => (a.length < b.length ? b : a), "");
  const { entries, texts } = await loadShard(longest);
  const found = new Map();
  entries.forEach(([kind, title, url, detail, weight, names], row) => {
    const name = [title, ...names].find((one) => words(one).some((other) => other.startsWith(word)));
    const isExact = name && words(name).includes(word);
    const inText = Object.keys(texts).find((one) => one.startsWith(word) && texts[one].includes(row));
    if (!name && !inText) return;
    const score = (name === title ? 3 : name ? 2 : 0) + (isExact ? 1 : 0);
    found.set(url, { kind, title, url, detail, weight, names, name, inText, score });
  });
  return found;
};

/* Return what all words of `text` are found in, the best first; by kind, a few of each. */
export const findNames = async (text, limit) => {
  const asked = words(text.replace(/(?<=^|\s)-\S+/g, ""));
  if (!asked.length) return {};
  const [first, ...others] = await Promise.all(asked.map(namesWith));
  const found = [...first.values()].filter(({ url }) => others.every((one) => one.has(url)));
  const whole = asked.join(" ");
  for (const entry of found) {
    entry.score = others.reduce((sum, one) => sum + one.get(entry.url).score, entry.score);
    const isWhole = [entry.title, ...entry.names].some((name) => words(name).join(" ") === whole);
    if (isWhole) entry.score += 100;
  }
  found.sort((a, b) => b.score - a.score || b.weight - a.weight || a.title.localeCompare(b.title));
  return Object.fromEntries(
    KINDS.map((kind) => [kind, found.filter((entry) => entry.kind === kind).slice(0, limit)])
  );
};

/* Where a name leads: a section that is found by its text shows the words. */
export const nameLink = ({ url, inText, name }) => address(url, name || !inText ? [] : [inText]);

const address = (path, highlighted) => {
  const url = new URL(path, ROOT);
  if (highlighted.length) url.searchParams.set("highlight", highlighted.join(" "));
  return url.href;
};

/* Pagefind works in another thread; each message to it has a number, and so has its answer. */
const startWorker = once(() => {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  const waiting = new Map();
  worker.onmessage = ({ data: { number, value, error } }) => {
    const { resolve, reject } = waiting.get(number);
    waiting.delete(number);
    if (error) reject(new Error(error)); else resolve(value);
  };
  worker.onerror = () => {
    for (const { reject } of waiting.values()) reject(new Error("Pagefind is not there"));
  };
  return { worker, waiting };
});
let messages = 0;

const tell = (task, question) => new Promise((resolve, reject) => {
  const { worker, waiting } = startWorker();
  const number = messages += 1;
  waiting.set(number, { resolve: (value) => resolve({ ...value, number }), reject });
  worker.postMessage({ number, task, question });
});

/* Return the talks that fit, and how many of them each value of the facet `counted` has.
   `chosen` are values by facet; of those of one facet, any will do. `order` is of the dates. */
export const findTalks = async ({ text = "", chosen = {}, order = "best", counted = "" }) => {
  startWorker();
  const { wanted, excluded } = parse(text, (await loadIndex()).stop_words);
  const question = { text: wanted || EVERY, without: excluded, chosen, counted };
  const { ids, counts, number } = await tell("search", question);
  if (order !== "best") ids.sort(); /* which is by date */
  if (order === "newest") ids.reverse();
  return { results: ids.map((id) => ({ search: number, id })), counts };
};

/* Load the values of one facet, and return how many talks each would leave. */
export const countValues = async (counted, { text = "", chosen = {} }) => {
  const { [counted]: _own, ...others } = chosen;
  return (await findTalks({ text, chosen: others, counted })).counts;
};

/* Return what there is to show of a talk that was found. */
export const loadTalk = async (result) => {
  const { content, locations, meta } = await tell("load", result);
  const pieces = content.replaceAll("&lt;", "<").replaceAll("&gt;", ">").split(/\s+/);
  const matched = new Set(locations.map((place) => strip(pieces[place] ?? "")));
  const highlighted = [...matched].filter((word) => word && word !== EVERY).slice(0, HIGHLIGHTED);
  return { ...meta, href: address(meta.url, highlighted), excerpt: excerpt(pieces, locations) };
};

/* Return what is before the letters and digits of a word, these, and what is after them. */
const split = (word) => word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su).slice(1);
const strip = (word) => split(word)[1];
const isUnspaced = (word) => /^[\u3040-\ufaff\u{20000}-\u{3ffff}]+$/u.test(word ?? "");

/* Return pieces of the body around the first word that was found: texts, and whether to mark them. */
const excerpt = (content, locations) => {
  const start = content.findIndex((word) => word.includes(BODY)) + 1;
  const body = content.slice(start);
  const marked = new Set(locations.map((place) => place - start));
  const inBody = [...marked].filter((place) => place >= 0 && place < body.length);
  const first = Math.min(...inBody, body.length);
  let from = first < body.length ? Math.max(0, first - EXCERPT / 4) : 0;
  if (body[from] === "·") from += 1; /* between two lines */
  const to = Math.min(from + EXCERPT, body.length);
  const pieces = from ? [["… ", false]] : [];
  for (let place = from; place < to; place += 1) {
    const joined = isUnspaced(body[place]) && isUnspaced(body[place + 1]);
    const [before, word, after] = split(body[place]);
    pieces.push([before, false], [word, marked.has(place)], [after + (joined ? "" : " "), false]);
  }
  if (to < body.length) pieces.push(["…", false]);
  return pieces;
};
