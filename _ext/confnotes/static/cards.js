/* Who rests on a link to a speaker, topic, talk, event or note sees a card of it, made of its page. */
{
  const WAIT = 400; /* milliseconds: less is no rest, but passing by */
  const MOST = 240; /* characters of a description */
  const root = new URL("..", document.currentScript.src).href;
  const hasCard = (href) => href?.startsWith(root) && /^(speakers|topics|years)\//.test(href.slice(root.length));
  const article = document.querySelector("[role=main], main") ?? document.body;
  const card = document.createElement("div");
  Object.assign(card, { id: "conf-card", className: "conf-card", role: "tooltip", hidden: true });
  article.append(card);

  const pages = new Map();
  const pageAt = (address) => {
    if (!pages.has(address)) {
      pages.set(address, fetch(address).then(async (reply) => {
        if (!reply.ok) throw new Error(reply.status);
        return new DOMParser().parseFromString(await reply.text(), "text/html");
      }));
    }
    return pages.get(address);
  };

  const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const shortened = (text) => (text.length > MOST ? `${text.slice(0, MOST).replace(/\s+\S*$/, "")} …` : text);

  const fill = (page, anchor) => {
    const section = anchor && page.getElementById(decodeURIComponent(anchor));
    const place = section || page;
    const heading = place.querySelector("h1, h2, h3")?.cloneNode(true);
    heading?.querySelector(".headerlink")?.remove();
    const about = [...place.querySelectorAll(section ? ":scope > .conf-header > li" : "h1 ~ .conf-facts")];
    const description = section ? "" : page.querySelector("meta[name=description]")?.content ?? "";
    card.replaceChildren(
      line("strong", heading?.textContent ?? ""),
      ...about.map((part) => line("span", part.textContent.replace(/\s+/g, " "))),
      ...(description ? [line("span", shortened(description))] : [])
    );
  };

  const put = (link) => {
    const box = link.getBoundingClientRect();
    const below = box.bottom + card.offsetHeight + 8 < innerHeight;
    card.style.top = `${below ? box.bottom + 4 : Math.max(0, box.top - card.offsetHeight - 4)}px`;
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - card.offsetWidth - 8))}px`;
  };

  let shown, wanted, timer;
  const hide = () => {
    clearTimeout(timer);
    wanted = undefined;
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
    card.hidden = true;
  };

  const show = async (link) => {
    const [address, anchor] = link.href.split("#");
    const page = await pageAt(address);
    if (wanted !== link) return;
    fill(page, anchor);
    card.hidden = false;
    put(link);
    link.setAttribute("aria-describedby", card.id);
    shown = link;
  };

  const linkOf = (target) => target.closest?.("section a:not(.headerlink)");
  const rest = ({ target }) => {
    const link = linkOf(target);
    if (!hasCard(link?.href) || link === wanted || !article.contains(link)) return;
    hide();
    wanted = link;
    timer = setTimeout(() => show(link).catch(hide), WAIT);
  };
  const leave = ({ target, relatedTarget }) => {
    const link = linkOf(target) ?? (card.contains(target) ? shown : undefined);
    if (!link || link !== wanted) return;
    if (card.contains(relatedTarget) || link.contains(relatedTarget)) return;
    clearTimeout(timer);
    timer = setTimeout(() => link === wanted && !card.matches(":hover") && hide(), WAIT / 2);
  };

  if (matchMedia("(hover: hover)").matches && location.protocol !== "file:") {
    addEventListener("mouseover", rest);
    addEventListener("mouseout", leave);
    addEventListener("focusin", (event) => event.target.matches(":focus-visible") && rest(event));
    addEventListener("focusout", hide);
    addEventListener("scroll", () => card.hidden || hide(), { passive: true }); /* focus scrolls first */
    addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  }
}
