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
