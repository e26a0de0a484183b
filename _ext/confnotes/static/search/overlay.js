/* Search as one types, over any page: names first, then talks. Loaded when it is opened first. */

import { Combobox, make, recordedMark } from "./dom.js";
import { findNames, findTalks, KINDS, loadIndex, loadTalk, nameLink, ROOT } from "./engine.js";
import { words } from "./words.js";

const NAMES = 3; /* of each kind */
const TALKS = 5;
const PAUSE = 250; /* milliseconds without a key before talks are asked for */
const SHORTEST = 3; /* letters; what begins with fewer is most of the index */

const style = make("link", { rel: "stylesheet", href: new URL("search.css", import.meta.url).href });
const styled = new Promise((done) => { style.onload = style.onerror = done; });
document.head.append(style);
const { labels, search } = await loadIndex();

const input = make("input", {
  name: "q", type: "text", "aria-label": labels.search, placeholder: labels.hint, enterkeyhint: "search",
});
const list = make("div", { id: "conf-hits", "aria-label": labels.search });
const status = make("p", { role: "status" });
const close = make("button", { type: "button", "aria-label": labels.close }, "×");
const form = make("form", { role: "search", action: new URL(search, ROOT).href }, input, close);
const dialog = make("dialog", { className: "conf-overlay", "aria-label": labels.search }, form, list, status);
const box = new Combobox(input, list, (option, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(option.href);
  else if (event.type !== "click") location.assign(option.href);
  dialog.close();
});
document.body.append(dialog);

const option = (href, title, ...about) => make(
  "a", { role: "option", href, tabIndex: -1 }, make("b", {}, title),
  ...about.filter(Boolean).map((text) => make("small", {}, text))
);

const group = (kind, options) => {
  if (!options.length) return [];
  const title = make("p", { id: `conf-hits-${kind}`, role: "presentation" }, labels[kind]);
  return [make("div", { role: "group", "aria-labelledby": title.id }, title, ...options)];
};

const nameOption = (entry) => {
  const other = entry.name && entry.name !== entry.title ? entry.name : "";
  return option(nameLink(entry), entry.title, [other, entry.detail].filter(Boolean).join(" · "));
};

const talkOption = ({ href, title, recorded, lang, speakers, event, excerpt }) => {
  const pieces = excerpt.map(([text, isMarked]) => (isMarked ? make("mark", {}, text) : text));
  const made = option(href, title, [speakers, event].filter(Boolean).join(" · "));
  made.firstChild.append(...recordedMark(recorded));
  made.append(make("small", { className: "conf-excerpt" }, ...pieces));
  if (lang) made.lang = lang;
  return made;
};

let latest = ""; /* the text whose answer is awaited */

/* Show what was found, and mark the first of it, or what was moved to before: Enter opens it.
   Pages that only their text leads to come after talks. */
const show = (text, names, talks, total) => {
  const kept = box.options.indexOf(box.active) > 0 ? box.active.href : "";
  const everything = new URL(form.action);
  everything.searchParams.set("q", text);
  const groups = KINDS.map((kind) => group(kind, (names[kind] ?? []).map(nameOption)));
  const isNamed = names.pages?.some(({ name }) => name);
  const more = total > talks.length || total === undefined
    ? [option(everything.href, labels.all.replace("{}", text))] : [];
  const found = group("talks", [...talks.map(talkOption), ...more]);
  groups.splice(isNamed ? KINDS.length : KINDS.indexOf("pages"), 0, found);
  box.show(groups.flat());
  box.activate(box.options.find(({ href }) => href === kept) ?? box.options[0]);
  const count = Object.values(names).flat().length + (total ?? 0);
  if (total !== undefined) status.textContent = count ? labels.found.replace("{}", count) : labels.none;
};

const answer = async () => {
  const text = latest = input.value.trim();
  box.activate(null); /* what is marked answers another text: Enter leads to the search page */
  list.ariaBusy = "true";
  const names = text ? await findNames(text, NAMES) : {};
  if (text !== latest) return;
  if (!text) box.hide(); else show(text, names, []);
  status.textContent = "";
  const isLong = words(text).some((word) => word.length >= SHORTEST || /[^\u0000-\u024f]/.test(word));
  if (isLong) {
    await new Promise((done) => setTimeout(done, PAUSE));
    if (text !== latest) return;
    const { results } = await findTalks({ text });
    const talks = await Promise.all(results.slice(0, TALKS).map(loadTalk));
    if (text !== latest) return;
    show(text, names, talks, results.length);
  }
  list.ariaBusy = "false";
};

const ask = () => answer().catch(() => { list.ariaBusy = "false"; });
input.addEventListener("input", ask);
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

await styled;

/* Open the dialog with `text` in it, or with the last one to be replaced; what had the focus gets it back. */
export const open = (text) => {
  if (!dialog.open) dialog.showModal();
  input.focus();
  if (text) input.value = text;
  else input.select();
  ask();
};
