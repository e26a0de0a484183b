/* The search page. What is asked is in its address: ?q=…&speaker=…&year=…&sort=date */

const form = document.querySelector(".conf-search");
const found = document.querySelector(".conf-found");
const list = document.querySelector(".conf-results");
const filters = form.querySelector(".conf-filters");
const NAMES = ["kind", "year", "event", "topic", "speaker"];
const SHOWN = 20;

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
  filters.remove();
  for (const source of form.dataset.fallback.split(" ").filter(Boolean)) {
    await new Promise((done) => {
      document.head.append(make("script", { src: source, onload: done, onerror: done }));
    });
  }
};

const select = (name, counts, chosen) => {
  const options = Object.entries(counts)
    .filter(([value, count]) => count || value === chosen)
    .sort(([a, m], [b, n]) => (name === "year" ? b.localeCompare(a) : n - m || a.localeCompare(b)));
  const id = `conf-filter-${name}`;
  const box = make("select", { id, name }, make("option", { value: "" }, "any"));
  for (const [value, count] of options) {
    box.append(make("option", { value, selected: value === chosen }, `${value} (${count})`));
  }
  return make("span", {}, make("label", { htmlFor: id }, name), box);
};

const result = async (found) => {
  const talk = await found.data();
  const { speakers, event, date } = talk.meta;
  const link = make("a", { href: form.dataset.root + talk.meta.url }, talk.meta.title);
  const about = make("p", { className: "conf-when" }, [speakers, event, date].filter(Boolean).join(" · "));
  const excerpt = make("p", { className: "conf-excerpt" });
  excerpt.innerHTML = talk.excerpt; /* escaped by Pagefind, but for <mark> */
  return make("li", {}, link, about, excerpt);
};

const show = async (pagefind) => {
  const everything = await pagefind.filters(); /* only then does an answer have counts */
  const { text, chosen, byDate } = asked();
  form.elements.q.value = text;
  const nothing = !text && !Object.keys(chosen).length;
  const answer = await pagefind.search(text || null, {
    filters: chosen,
    ...(byDate || !text ? { sort: { date: "desc" } } : {}),
  });
  const counts = nothing ? everything : answer.filters;
  const order = make("select", { id: "conf-sort", name: "sort" },
    make("option", { value: "" }, "best first"),
    make("option", { value: "date", selected: byDate }, "newest first"));
  filters.replaceChildren(
    ...NAMES.filter((name) => counts[name]).map((name) => select(name, counts[name], chosen[name])),
    make("span", {}, make("label", { htmlFor: "conf-sort" }, "order"), order)
  );
  filters.hidden = false;
  list.replaceChildren();
  found.textContent = nothing ? "" : `${answer.results.length} ${answer.results.length === 1 ? "talk" : "talks"}`;
  if (nothing) return;
  const more = async (from) => {
    const items = await Promise.all(answer.results.slice(from, from + SHOWN).map(result));
    list.append(...items);
    if (answer.results.length > from + SHOWN) {
      const button = make("button", { type: "button" }, "more");
      button.onclick = async () => {
        button.parentElement.remove();
        await more(from + SHOWN);
        list.children[from + SHOWN]?.querySelector("a").focus();
      };
      list.append(make("li", { className: "conf-more" }, button));
    }
  };
  await more(0);
};

const go = (pagefind) => {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.pushState(null, "", `?${query}`);
  return show(pagefind);
};

const start = async () => {
  if (location.protocol === "file:") throw new Error("modules need a server");
  const pagefind = await import(new URL(form.dataset.index, location.href));
  await pagefind.options({ excerptLength: 24 });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(pagefind);
  });
  filters.addEventListener("change", () => go(pagefind));
  addEventListener("popstate", () => show(pagefind));
  await show(pagefind);
};

start().catch(fallBack);
if (!asked().text) form.elements.q.focus();
