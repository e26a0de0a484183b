/* Pagefind in a thread of its own: a word that is in most talks takes it a while. */

import { createInstance } from "../../pagefind/pagefind.js";

const folder = new URL("../../pagefind/", import.meta.url);
const index = createInstance({ basePath: folder.pathname, noWorker: true });
const { fetch } = self;

/* The metadata have a byte for each record, the exponent of four of its number of words, where Pagefind
   reads pairs of name and number. The name is the number of the record, with as many digits for all. */
const nameRecords = async (reply) => {
  const packed = reply.body.pipeThrough(new DecompressionStream("gzip"));
  const data = new Uint8Array(await new Response(packed).arrayBuffer());
  const start = 14 + (data[13] & 31); /* behind Pagefind's mark, the size of the list, its version */
  const [size, skipped] = sizeAt(data, start);
  const width = size.toString(16).length;
  const step = width + 7;
  const made = new Uint8Array(size * step);
  const numbers = new DataView(made.buffer);
  for (let at = 0; at < size; at += 1) {
    const name = at.toString(16).padStart(width, "0");
    made.set([0x82, 0x60 + width, ...[...name].map((digit) => digit.charCodeAt()), 0x1a], at * step);
    numbers.setUint32((at + 1) * step - 4, 4 ** data[start + skipped + at]);
  }
  const list = new Uint8Array([0x9a, size >>> 24, size >>> 16, size >>> 8, size]);
  return new Response(new Blob([data.slice(0, start), list, made, data.slice(start + skipped + size)]));
};

/* Return the size of a string of bytes in CBOR, and how many bytes say it. */
const sizeAt = (data, at) => {
  const short = data[at] & 31;
  if (short < 24) return [short, 1];
  const bytes = 1 << (short - 24);
  return [data.slice(at + 1, at + 1 + bytes).reduce((sum, byte) => sum * 256 + byte, 0), bytes + 1];
};

/* A record is named by its number, so after an edit another may have its name: browsers ask if it is still the same. */
const ask = (url) => fetch(url, { cache: "no-cache" });
self.fetch = async (url, options) => {
  if (String(url).endsWith(".pf_meta")) return nameRecords(await fetch(url, options));
  return String(url).includes("/fragment/") ? ask(url) : fetch(url, options);
};

/* Facets: the records of each value, in several files where there are many. */
const files = new Map();
const loadFacets = (name) => {
  if (!files.has(name)) files.set(name, ask(new URL(`facets/${name}.json`, folder)).then((reply) => reply.json()));
  return files.get(name);
};
const partsOf = async (facet) => (await loadFacets("parts"))[facet] ?? 0;

const recordsOf = (distances) => {
  let at = 0;
  return distances.map((distance) => (at += distance));
};

const recordsWith = async (facet, values) => {
  const parts = await partsOf(facet);
  const found = await Promise.all(values.map(async (value) => {
    const part = [...value].reduce((sum, sign) => sum + sign.codePointAt(), 0) % parts;
    const known = parts ? await loadFacets(`${facet}-${part}`) : {};
    return Object.hasOwn(known, value) ? known[value] : [];
  }));
  return new Set(found.flatMap(recordsOf));
};

const count = async (facet, records) => {
  const parts = Array.from({ length: await partsOf(facet) }, (_, part) => loadFacets(`${facet}-${part}`));
  const values = (await Promise.all(parts)).flatMap(Object.entries);
  return Object.fromEntries(values.map(
    ([value, distances]) => [value, recordsOf(distances).filter((one) => records.has(one)).length]
  ));
};

const KEPT = 8; /* searches whose talks can still be loaded */
const searches = new Map();
const recordOf = ({ id }) => parseInt(id, 16);

const search = async ({ text, without, chosen, counted }, number) => {
  const sets = Object.entries(chosen).map(([facet, values]) => recordsWith(facet, values));
  let { results } = await index.search(text);
  for (const records of await Promise.all(sets)) {
    results = results.filter((result) => records.has(recordOf(result)));
  }
  for (const word of without) {
    const others = (await index.search(word)).results.filter(({ score }) => score);
    const excluded = new Set(others.map(({ id }) => id)); /* what only a topic says has no score */
    results = results.filter(({ id }) => !excluded.has(id));
  }
  searches.set(number, new Map(results.map((result) => [result.id, result])));
  searches.delete([...searches.keys()].at(-KEPT - 1));
  const counts = counted ? await count(counted, new Set(results.map(recordOf))) : {};
  return { ids: results.map(({ id }) => id), counts };
};

const load = async ({ search: number, id }) => {
  const { raw_content, locations, meta } = await searches.get(number).get(id).data();
  return { content: raw_content, locations, meta };
};

/* Pagefind forgets what it has loaded if it is asked two things at once. */
let turn = Promise.resolve();

onmessage = ({ data: { number, task, question } }) => {
  const answer = task === "search" ? turn.then(() => search(question, number)) : load(question);
  if (task === "search") turn = answer.catch(() => {});
  answer.then(
    (value) => postMessage({ number, value }),
    (error) => postMessage({ number, error: String(error) })
  );
};
