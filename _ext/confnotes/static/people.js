/* The box above a list of people hides those whose names do not have what is typed. */
{
  const box = document.querySelector(".conf-filter");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const people = [...document.querySelectorAll(".conf-people > li")].map((item) => [item, plain(item.textContent)]);
  const sections = document.querySelectorAll("section:has(> .conf-people):not(:has(> h1))");
  box.addEventListener("input", () => {
    const words = plain(box.value).split(/\s+/);
    for (const [item, name] of people) item.hidden = !words.every((word) => name.includes(word));
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
  });
}
