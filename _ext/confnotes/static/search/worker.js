/* Pagefind in a thread of its own: a word that is in most talks takes it a while. */

import { createInstance } from "../../pagefind/pagefind.js";

const folder = new URL("../../pagefind/", import.meta.url);
const index = createInstance({ basePath: folder.pathname, noWorker: true });
/* A record is named by its number, so after an edit another may have its name: browsers ask if it is still the same. */
const { fetch } = self;
self.fetch = (url, options) => fetch(url, String(url).includes("/fragment/") ? { ...options, cache: "no-cache" } : options);
const KEPT = 8; /* searches whose talks can still be loaded */
const searches = new Map();

const search = async ({ text, without, filters }, number) => {
  const answer = await index.search(text, { filters });
  let { results } = answer;
  for (const word of without) {
    const others = (await index.search(word, { filters })).results.filter(({ score }) => score);
    const excluded = new Set(others.map(({ id }) => id)); /* what only a topic says has no score */
    results = results.filter(({ id }) => !excluded.has(id));
  }
  searches.set(number, new Map(results.map((result) => [result.id, result])));
  searches.delete([...searches.keys()].at(-KEPT - 1));
  return { ids: results.map(({ id }) => id), counts: answer.filters };
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
