/* The box above a list of people hides those whose names do not have what is typed. */
const filterPeople = (box) => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const people = [...document.querySelectorAll(".conf-people > li")].map((item) => [item, plain(item.textContent)]);
  const sections = document.querySelectorAll("section:has(> .conf-people):not(:has(> h1))");
  box.addEventListener("input", () => {
    const words = plain(box.value).split(/\s+/);
    for (const [item, name] of people) item.hidden = !words.every((word) => name.includes(word));
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
  });
};

/* Where people are on pages by letter, the box lists those that the index of names has. */
const findPeople = (form, engine) => {
  const MOST = 60;
  const box = form.elements.q;
  const list = Object.assign(document.createElement("ul"), { className: "conf-people", ariaLive: "polite" });
  const show = ({ title, href, detail }) => {
    const link = Object.assign(document.createElement("a"), { href, textContent: title });
    const item = document.createElement("li");
    item.append(link, ` (${detail})`);
    return item;
  };
  form.after(list);
  box.addEventListener("input", async () => {
    const text = box.value;
    const { findNames, nameLink } = await import(engine);
    const { people = [] } = await findNames(text, MOST);
    if (text === box.value) list.replaceChildren(...people.map((one) => show({ ...one, href: nameLink(one) })));
  });
};

{
  const [box, form] = [".conf-filter", ".conf-people-search"].map((name) => document.querySelector(name));
  if (box) filterPeople(box);
  if (form && location.protocol !== "file:") findPeople(form, new URL("search/engine.js", document.currentScript.src));
}
