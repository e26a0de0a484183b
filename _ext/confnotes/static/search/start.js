/* Start the search page; without Pagefind, or on file://, Sphinx's own search. */

const searchForm = document.querySelector(".conf-search");
const modules = ["page", "engine", "dom", "words"].map(
  (name) => new URL(`${name}.js`, document.currentScript.src)
);
const OURS = ".conf-results, .conf-names, .conf-facets, .conf-chips";

const fallBack = async () => {
  for (const element of document.querySelectorAll(OURS)) element.remove();
  for (const src of searchForm.dataset.fallback.split(" ").filter(Boolean)) {
    await new Promise((done) => {
      const script = Object.assign(document.createElement("script"), { src, onload: done, onerror: done });
      document.head.append(script);
    });
  }
};

const loadPage = async () => {
  if (location.protocol === "file:") throw new Error("modules need a server");
  const [{ start }] = await Promise.all(modules.map((url) => import(url)));
  await start();
};

document.querySelector(".conf-results").ariaBusy = "true";
loadPage().catch(fallBack);
