/* Zotero reads COinS, and offers a choice of the talks of a page. They are made of the structured data
   of the talks. It reads the book format with genre=conference as a conference paper; with its own type
   for talks, COinS would lose the event. It needs no ctx_ver. */
{
  const data = document.querySelector("script[type='application/ld+json']");
  const content = document.querySelector("[role=main], main, article") ?? document.body;
  const [event] = data ? JSON.parse(data.textContent)["@graph"] : [];
  const author = ({ name, familyName = name.split(" ").at(-1) }) =>
    [familyName, name.slice(0, -familyName.length).trim()].filter(Boolean).join(", ");
  const fields = ({ url, name, startDate, performer = [] }) => [
    ["rft_val_fmt", "info:ofi/fmt:kev:mtx:book"],
    ["rft.genre", "conference"],
    ["rft.atitle", name],
    ["rft.btitle", event.name],
    ["rft.place", event.location?.name],
    ["rft.date", startDate ?? event.startDate.slice(0, 4)],
    ...performer.map((one) => ["rft.au", author(one)]),
    ["rft_id", new URL(url, document.querySelector("link[rel=canonical]")?.href ?? document.baseURI).href],
  ];
  for (const talk of event?.subEvent ?? []) {
    const title = `${new URLSearchParams(fields(talk).filter(([, value]) => value))}`;
    content.append(Object.assign(document.createElement("span"), { className: "Z3988", title }));
  }
}

/* Each talk gets buttons that copy its address, and its citation from the files that the foot of the
   page leads to. The only talk of a page has them in their place. */
{
  const foot = document.querySelector(".conf-cite");
  const formats = [...(foot?.querySelectorAll("a") ?? [])];

  const citations = async ({ href }) => {
    const reply = await fetch(href);
    if (!reply.ok) throw new Error(reply.status);
    const text = await reply.text();
    return href.endsWith(".json") ? JSON.parse(text).map((item) => JSON.stringify([item], null, 2)) : text.split("\n\n");
  };

  const button = (label, text) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    made.addEventListener("click", async () => {
      await navigator.clipboard.writeText(await text());
      made.textContent = `${label} ✓`;
    });
    return made;
  };

  if (foot && navigator.clipboard && location.protocol !== "file:") {
    const talks = document.querySelectorAll("section.conf-talk");
    const first = Number(foot.dataset.first ?? 0); /* of a part of a note */
    talks.forEach((talk, at) => {
      const line = talks.length > 1 ? document.createElement("p") : foot;
      Object.assign(line, { className: "conf-cite", ariaLive: "polite" });
      const address = Object.assign(new URL(location), { search: "", hash: talk.id }).href;
      const buttons = formats.map((link) => button(
        link.textContent, async () => `${(await citations(link))[first + at].trimEnd()}\n`
      ));
      buttons.unshift(button(foot.dataset.link, () => address));
      line.replaceChildren(foot.dataset.copy, ...buttons.flatMap((one) => [" ", one]));
      if (line !== foot) talk.append(line);
    });
  }
}
