/* Ctrl-K, / and any search box open the search dialog. Without it they lead to the box. */
const dialogModules = ["overlay", "dom", "engine", "words"].map((name) => new URL(`search/${name}.js`, document.currentScript.src));
const boxes = ".sidebar-search, [role=search]:not(.conf-people-search) input[name=q], .conf-open-search";
const onSearchPage = document.querySelector(".conf-search");
let typed = null; /* while the dialog is loaded: what was typed meanwhile */
const openSearch = async (box, text = "") => {
  if (typed !== null) return;
  typed = text;
  try {
    const [{ open }] = await Promise.all(dialogModules.map((one) => import(one))); /* all at once, not one after the other */
    open(typed);
    if (text) box.value = "";
  } catch {
    const drawer = document.querySelector("#__navigation, .sidebar-toggle[type=checkbox]");
    if (drawer && !box?.offsetParent) drawer.checked = true;
    if (box?.href) location.assign(box.href);
    else box?.focus();
  }
  typed = null;
};
const searchBox = () => document.querySelector(".conf-search > input, .sidebar-search, input[name=q]");
addEventListener("keydown", (event) => {
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (typed !== null && (isLetter || event.key === "Backspace")) {
    typed = isLetter ? typed + event.key : typed.slice(0, -1);
    event.preventDefault();
    return;
  }
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  const isWanted = (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey) ||
    (event.key === "/" && isLetter && !isTyping);
  if (!isWanted) return;
  event.preventDefault();
  event.stopImmediatePropagation(); /* some themes have a dialog of their own */
  openSearch(searchBox());
}, { capture: true });
for (const type of ["click", "input"]) {
  addEventListener(type, (event) => {
    const box = event.target.closest?.(boxes);
    if (!box || onSearchPage?.contains(box) || box.closest(".conf-overlay") || location.protocol === "file:") return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch(box, box.value);
  });
}

/* What is in the labels that open Furo's drawers is a button where it shows: Enter and Space press it, Escape closes. */
for (const [name, drawer] of Object.entries({ __navigation: ".sidebar-drawer", __toc: ".toc-drawer" })) {
  const box = document.querySelector(`input#${name}`);
  const inside = document.querySelector(drawer);
  const narrow = matchMedia(name === "__toc" ? "(max-width: 82em)" : "(max-width: 63em)");
  const buttons = [...((inside && box?.labels) ?? [])].flatMap((label) => [...label.children]);
  const say = () => buttons.forEach((button) => {
    const label = button.textContent.trim() ? {} : { "aria-label": box.ariaLabel };
    const state = { role: "button", tabindex: "0", "aria-expanded": String(box.checked), ...label };
    for (const [key, value] of Object.entries(state)) {
      if (narrow.matches) button.setAttribute(key, value);
      else button.removeAttribute(key);
    }
  });
  let opener;
  const close = () => {
    if (!box.checked) return;
    box.click();
    opener?.focus({ preventScroll: true });
  };
  for (const button of buttons) {
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      opener = button;
      box.click();
      if (!box.checked) return;
      const reachable = [...inside.querySelectorAll("a, input")].find((one) => one.checkVisibility());
      reachable?.focus({ preventScroll: true });
    });
  }
  box?.addEventListener("change", say);
  inside?.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  narrow.addEventListener("change", say);
  say();
}

/* What is wider than the page can be reached, and then scrolled with the arrows. */
const sized = new ResizeObserver((boxes) => {
  for (const { target } of boxes) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
document.querySelectorAll("pre, .table-wrapper, .conf-picture").forEach((box) => sized.observe(box));

/* Bars are scrolled to the newest. */
document.querySelectorAll(".conf-picture").forEach((box) => { box.scrollLeft = box.scrollWidth; });

/* The address of a talk on a part of its note leads there at once. */
const talk = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
const part = talk && talk.matches(".conf-brief") && talk.querySelector("p a:last-child");
if (part) location.replace(Object.assign(new URL(part.href), { search: location.search }));

/* The sign beside a heading leads there, and puts the address at hand to be pasted elsewhere. */
addEventListener("click", async (event) => {
  const link = event.target.closest?.("a.headerlink");
  if (!link || !navigator.clipboard) return;
  await navigator.clipboard.writeText(link.href);
  link.classList.add("conf-copied");
  setTimeout(() => link.classList.remove("conf-copied"), 2000);
});
