/* Each talk gets buttons that copy its citation from the files that the foot of the page leads to,
   and the only talk of a page has them in their place. */
{
  const foot = document.querySelector(".conf-cite");
  const formats = [...foot.querySelectorAll("a")];

  const citations = async ({ href }) => {
    const reply = await fetch(href);
    if (!reply.ok) throw new Error(reply.status);
    const text = await reply.text();
    return href.endsWith(".json") ? JSON.parse(text).map((item) => JSON.stringify([item], null, 2)) : text.split("\n\n");
  };

  const button = (link, at) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: link.textContent });
    made.addEventListener("click", async () => {
      const found = await citations(link);
      await navigator.clipboard.writeText(`${found[at].trimEnd()}\n`);
      made.textContent = `${link.textContent} ✓`;
    });
    return made;
  };

  if (navigator.clipboard && location.protocol !== "file:") {
    const talks = document.querySelectorAll("section.conf-talk");
    talks.forEach((talk, at) => {
      const line = talks.length > 1 ? document.createElement("p") : foot;
      Object.assign(line, { className: "conf-cite", ariaLive: "polite" });
      line.replaceChildren(foot.dataset.copy, ...formats.flatMap((link) => [" ", button(link, at)]));
      if (line !== foot) talk.append(line);
    });
  }
}
