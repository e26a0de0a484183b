/* The search page. What is asked is in its address: ?q=…&speaker=…&year=…&sort=date */

const form = document.querySelector(".conf-search");
const found = document.querySelector(".conf-found");
const list = document.querySelector(".conf-results");
const filters = form.querySelector(".conf-filters");
const words = JSON.parse(document.querySelector(".conf-words").textContent);
const NAMES = ["kind", "year", "event", "topic", "speaker"];
const SHOWN = 20;
const EXCERPT = 28; /* words */
const EVERY = "zqtalk"; /* a word in every record; to ask for none would load the whole index */

const make = (tag, attributes = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
};

const asked = () => {
  const query = new URLSearchParams(location.search);
  return {
    text: query.get("q")?.trim() ?? "",
    chosen: Object.fromEntries(
      NAMES.filter((name) => query.get(name)).map((name) => [name, query.get(name)])
    ),
    byDate: query.get("sort") === "date",
  };
};

/* Sphinx's own search, for when there is no Pagefind: on file://, or not installed. */
const fallBack = async () => {
  list.remove();
  filters.remove();
  for (const source of form.dataset.fallback.split(" ").filter(Boolean)) {
    await new Promise((done) => {
      document.head.append(make("script", { src: source, onload: done, onerror: done }));
    });
  }
};

const labelled = (name, options, chosen) => {
  const box = make("select", { name });
  for (const [value, shown] of options) {
    box.append(make("option", { value, selected: value === (chosen ?? "") }, shown));
  }
  return make("label", {}, words[name], box);
};

const filter = (name, counts, chosen) => {
  const known = chosen && !(chosen in counts) ? { ...counts, [chosen]: 0 } : counts;
  const options = Object.entries(known)
    .filter(([value, count]) => count || value === chosen)
    .sort(([a, m], [b, n]) => (name === "year" ? b.localeCompare(a) : n - m || a.localeCompare(b)))
    .map(([value, count]) => [value, everything ? `${value} (${count})` : value]);
  return labelled(name, [["", words.any], ...options], chosen);
};

/* The body comes first in a record, up to a sign; then come names and topics, to be found by. */
const excerpt = ({ raw_content, locations }) => {
  const between = raw_content.includes("\u200b") ? "\u200b" : /\s+/;
  const body = raw_content.split(between);
  body.length = Math.max(0, body.findIndex((word) => word.includes("⁂")));
  const first = Math.min(...locations.filter((place) => place < body.length), body.length);
  const from = first < body.length ? Math.max(0, first - EXCERPT / 4) : 0;
  const shown = make("p", { className: "conf-excerpt" }, from ? "… " : "");
  for (let place = from; place < Math.min(from + EXCERPT, body.length); place += 1) {
    const word = body[place].replaceAll("&lt;", "<").replaceAll("&gt;", ">"); /* as Pagefind has it */
    shown.append(locations.includes(place) ? make("mark", {}, word) : word, between.length ? "" : " ");
  }
  if (from + EXCERPT < body.length) shown.append("…");
  return shown;
};

const result = async (found) => {
  const talk = await found.data();
  const { speakers, event, date } = talk.meta;
  const link = make("a", { href: form.dataset.root + talk.meta.url }, talk.meta.title);
  const about = make("p", { className: "conf-when" }, [speakers, event, date].filter(Boolean).join(" · "));
  return make("li", {}, link, about, excerpt(talk));
};

let latest; /* the question whose answer is awaited */
let everything; /* all filters with their counts, once they are there */

/* Pagefind forgets what it has loaded if it is asked two things at once. */
let turn = Promise.resolve();
const inTurn = (ask) => (turn = turn.then(ask, ask));

const answerTo = ({ text, chosen, byDate }, pagefind) =>
  inTurn(() => pagefind.search(text || EVERY, {
    filters: chosen,
    ...(byDate || !text ? { sort: { date: "desc" } } : {}),
  }));

const isNothing = ({ text, chosen }) => !text && !Object.keys(chosen).length;

/* How many talks each choice would leave, in the place of what is chosen there now. */
const countsFor = async (question, answer, pagefind) => {
  if (!everything || isNothing(question)) return everything ?? {};
  const counts = { ...answer.filters };
  for (const name of Object.keys(question.chosen)) {
    const others = { ...question.chosen };
    delete others[name];
    counts[name] = (await answerTo({ ...question, chosen: others }, pagefind)).filters[name];
  }
  return counts;
};

const showFilters = ({ chosen, byDate }, counts) => {
  const focused = filters.contains(document.activeElement) && document.activeElement.name;
  filters.replaceChildren(
    ...NAMES.map((name) => filter(name, counts[name] ?? {}, chosen[name])),
    labelled("sort", [["", words.best], ["date", words.newest]], byDate ? "date" : "")
  );
  filters.hidden = false;
  if (focused) filters.querySelector(`[name="${focused}"]`).focus();
};

const show = async (pagefind) => {
  const question = latest = asked();
  list.ariaBusy = "true";
  form.elements.q.value = question.text;
  const answer = isNothing(question) ? { results: [] } : await answerTo(question, pagefind);
  const first = await Promise.all(answer.results.slice(0, SHOWN).map(result));
  const counts = await countsFor(question, answer, pagefind);
  if (question !== latest) return;
  showFilters(question, counts);
  list.replaceChildren(...first);
  found.textContent = isNothing(question) ? "" : `${words.found}: ${answer.results.length}`;
  offerMore(answer.results.slice(SHOWN));
  list.ariaBusy = "false";
};

/* What can be chosen costs as much as a first answer, and comes after it. */
const loadFilters = async (pagefind) => {
  everything = await inTurn(() => pagefind.filters());
  const question = latest;
  const answer = isNothing(question) ? {} : await answerTo(question, pagefind);
  const counts = await countsFor(question, answer, pagefind);
  if (question === latest) showFilters(question, counts);
};

const offerMore = (left) => {
  if (!left.length) return;
  const button = make("button", { type: "button" }, words.more);
  button.onclick = async () => {
    const items = await Promise.all(left.slice(0, SHOWN).map(result));
    button.parentElement.replaceWith(...items);
    items[0].querySelector("a").focus();
    offerMore(left.slice(SHOWN));
  };
  list.append(make("li", { className: "conf-more" }, button));
};

const go = (pagefind) => {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.pushState(null, "", `?${query}`);
  return show(pagefind);
};

const start = async () => {
  list.ariaBusy = "true";
  if (location.protocol === "file:") throw new Error("modules need a server");
  const pagefind = await import(new URL(form.dataset.index, location.href));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(pagefind);
  });
  filters.addEventListener("change", () => go(pagefind));
  addEventListener("popstate", () => show(pagefind));
  await show(pagefind);
  loadFilters(pagefind).catch(() => filters.remove());
};

start().catch(fallBack);
if (!asked().text) form.elements.q.focus();
