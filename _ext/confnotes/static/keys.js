/* Ctrl-K and / lead to the search box. */
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey)) ||
    (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing);
  const box = document.querySelector(".conf-search input, input.sidebar-search, input[name=q]");
  if (!wanted || !box) return;
  event.preventDefault();
  const drawer = document.querySelector("#__navigation, .sidebar-toggle[type=checkbox]");
  if (drawer && !box.offsetParent) drawer.checked = true;
  box.focus();
  box.select();
});

/* What is wider than the page can be reached, and then scrolled with the arrows. */
const sized = new ResizeObserver((boxes) => {
  for (const { target } of boxes) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
document.querySelectorAll("pre, .table-wrapper, .conf-picture").forEach((box) => sized.observe(box));

/* The sign beside a heading leads there, and puts the address at hand to be pasted elsewhere. */
addEventListener("click", async (event) => {
  const link = event.target.closest?.("a.headerlink");
  if (!link || !navigator.clipboard) return;
  await navigator.clipboard.writeText(link.href);
  link.classList.add("conf-copied");
  setTimeout(() => link.classList.remove("conf-copied"), 2000);
});
