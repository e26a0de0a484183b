/* The search page. What is asked is in its address: ?q=…&speaker=…&speaker=…&year=…&sort=newest */

import { Combobox, make, recordedMark } from "./dom.js";
import { countValues, findNames, findTalks, KINDS, loadTalk, nameLink } from "./engine.js";
import { fold } from "./words.js";

const form = document.querySelector(".conf-search");
const found = document.querySelector(".conf-found");
const names = document.querySelector(".conf-names");
const list = document.querySelector(".conf-results");
const chips = form.querySelector(".conf-chips");
const facets = form.querySelector(".conf-facets");
const labels = JSON.parse(document.querySelector(".conf-words").textContent);
const FACETS = ["speaker", "topic", "event", "year", "kind"];
const ONE = { people: "speaker", topics: "topic", events: "event" };
const ORDERS = ["best", "newest", "oldest"];
const NAMES = 5;
const SHOWN = 10;
const OFFERED = 50;

/* Return the question. Without a text no talk is better than another, so the newest come first. */
const asked = () => {
  const query = new URLSearchParams(location.search);
  const text = query.get("q")?.trim() ?? "";
  const chosen = FACETS.map((name) => [name, query.getAll(name).filter(Boolean)]);
  const orders = text ? ORDERS : ORDERS.slice(1);
  return {
    text,
    chosen: Object.fromEntries(chosen.filter(([, values]) => values.length)),
    orders,
    order: orders.includes(query.get("sort")) ? query.get("sort") : orders[0],
  };
};

const shown = (count) => count.toLocaleString(document.documentElement.lang || undefined);

const isNothing = ({ text, chosen }) => !text && !Object.keys(chosen).length;

const go = (change) => {
  const query = new URLSearchParams(location.search);
  change(query);
  history.pushState(null, "", query.size ? `?${query}` : location.pathname);
  return show();
};

/* A facet to type into. Its values are loaded when it is opened. */
const facet = (name) => {
  const input = make("input", { type: "text", id: `conf-${name}`, placeholder: labels.any });
  const options = make("div", { id: `conf-${name}-values`, "aria-label": labels[name] });
  const box = new Combobox(input, options, (option) => {
    close();
    go((query) => query.append(name, option.dataset.value));
  });
  const offer = async () => {
    options.ariaBusy = "true";
    const question = asked();
    const counts = await countValues(name, question);
    const typed = fold(input.value.trim());
    const values = Object.entries(counts)
      .filter(([value, count]) => count && fold(value).includes(typed))
      .filter(([value]) => !question.chosen[name]?.includes(value))
      .sort(([a, m], [b, n]) => (name === "year" ? b.localeCompare(a) : n - m || a.localeCompare(b)));
    options.ariaBusy = "false";
    if (document.activeElement !== input || asked().text !== question.text) return;
    const offered = values.slice(0, OFFERED).map(([value, count]) => {
      const option = make("div", { role: "option" }, value, make("small", {}, shown(count)));
      option.dataset.value = value;
      return option;
    });
    if (values.length > OFFERED) offered.push(make("p", { role: "presentation" }, labels.narrow));
    box.show(offered);
  };
  const close = () => {
    input.value = "";
    box.hide();
  };
  input.addEventListener("input", offer);
  input.addEventListener("click", offer);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && input.value && box.options.length) box.choose(box.options[0]);
    else if (event.key === "ArrowDown" && options.hidden) offer();
    else if (event.key !== "Enter") return;
    event.preventDefault();
  });
  return make("div", {}, make("label", { htmlFor: input.id }, labels[name]), input, options);
};

const showChips = ({ chosen }) => {
  chips.replaceChildren(...Object.entries(chosen).flatMap(([name, values]) => values.map((value) => {
    const chip = make("button", { type: "button" }, `${labels[name]}: ${value} ×`);
    chip.setAttribute("aria-label", labels.remove.replace("{}", `${labels[name]}: ${value}`));
    chip.onclick = () => {
      go((query) => {
        const kept = query.getAll(name).filter((other) => other !== value);
        query.delete(name);
        for (const other of kept) query.append(name, other);
      });
      form.elements.q.focus();
    };
    return make("li", {}, chip);
  })));
  chips.hidden = !chips.children.length;
};

const sort = make("select", { name: "sort", id: "conf-sort" });
sort.onchange = () => go((query) => query.set("sort", sort.value));

const showOrder = ({ orders, order }) => {
  const options = orders.map((value) => make("option", { value, selected: value === order }, labels[value]));
  sort.replaceChildren(...options);
};

const result = async (one) => {
  const { href, title, recorded, lang, speakers, event, date, excerpt } = await loadTalk(one);
  const about = [speakers, event, date].filter(Boolean).join(" · ");
  const pieces = excerpt.map(([text, isMarked]) => (isMarked ? make("mark", {}, text) : text));
  const item = make(
    "li", {}, make("a", { href }, title), ...recordedMark(recorded), make("p", { className: "conf-when" }, about),
    make("p", { className: "conf-excerpt" }, ...pieces)
  );
  if (lang) item.lang = lang;
  return item;
};

const offerMore = (left) => {
  if (!left.length) return;
  const button = make("button", { type: "button" }, labels.more);
  button.onclick = async () => {
    const items = await Promise.all(left.slice(0, SHOWN).map(result));
    button.parentElement.replaceWith(...items);
    items[0].querySelector("a").focus();
    offerMore(left.slice(SHOWN));
  };
  list.append(make("li", { className: "conf-more" }, button));
};

const showNames = (entries) => {
  const links = KINDS.flatMap((kind) => entries[kind] ?? []).map((entry) => make(
    "li", {}, make("a", { href: nameLink(entry) }, entry.title), " ",
    make("small", {}, [labels[ONE[entry.kind]], entry.detail].filter(Boolean).join(" · "))
  ));
  names.replaceChildren(...links);
};

let latest; /* the question whose answer is awaited */

const show = async () => {
  const question = latest = asked();
  list.ariaBusy = "true";
  form.elements.q.value = question.text;
  showChips(question);
  showOrder(question);
  const [entries, { results }] = await Promise.all([
    findNames(question.text, NAMES).catch(() => ({})),
    isNothing(question) ? { results: [] } : findTalks(question),
  ]);
  const first = await Promise.all(results.slice(0, SHOWN).map(result));
  if (question !== latest) return;
  showNames(entries);
  list.replaceChildren(...first);
  found.textContent = isNothing(question) ? "" : `${labels.found}: ${shown(results.length)}`;
  offerMore(results.slice(SHOWN));
  list.ariaBusy = "false";
};

/* Show what the address asks, and then what else is asked. */
export const start = async () => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go((query) => query.set("q", form.elements.q.value.trim()));
  });
  addEventListener("popstate", () => show());
  const order = make("div", {}, make("label", { htmlFor: sort.id }, labels.sort), sort);
  facets.append(...FACETS.map(facet), order);
  facets.hidden = false;
  if (!asked().text) form.elements.q.focus();
  await show();
};
