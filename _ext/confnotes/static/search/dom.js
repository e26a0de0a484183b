/* Elements, and a list of options that keys move through while the input keeps the focus. */

export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && name !== "role") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

/* Return the sign of a talk with a recording, as lists of talks have it. */
export const recordedMark = (words) => (words ? ["\u00a0", make("span", { className: "conf-recorded" }, words)] : []);

/* An input and the options of its list, after the combobox pattern of ARIA. Arrows move to the
   next option, and from the last to the first; Page Up and Page Down to the next group. */
export class Combobox {
  constructor(input, list, choose) {
    Object.assign(this, { input, list, choose });
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
      autocomplete: "off", spellcheck: "false",
    })) input.setAttribute(name, value);
    list.setAttribute("role", "listbox");
    list.hidden = true;
    input.addEventListener("keydown", (event) => this.press(event));
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option, event);
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); /* the input keeps the focus */
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get active() {
    return this.list.querySelector("[aria-selected=true]");
  }

  show(children) {
    this.list.replaceChildren(...children);
    this.options.forEach((option, number) => {
      option.id = `${this.list.id}-${number}`;
      option.setAttribute("aria-selected", "false");
    });
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.activate(null);
  }

  hide() {
    this.show([]);
  }

  activate(option) {
    this.active?.setAttribute("aria-selected", "false");
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return this.input.setAttribute("aria-activedescendant", option.id);
  }

  press(event) {
    const { options } = this;
    if (event.isComposing || !options.length) return;
    const at = options.indexOf(this.active);
    const starts = options.filter((option) => !option.previousElementSibling?.matches("[role=option]"));
    const before = starts.filter((option) => options.indexOf(option) < at).at(-1);
    const after = starts.find((option) => options.indexOf(option) > at);
    const next = {
      ArrowDown: () => options[(at + 1) % options.length],
      ArrowUp: () => options.at(at < 0 ? -1 : at - 1),
      PageDown: () => after ?? starts[0],
      PageUp: () => before ?? starts.at(-1),
    }[event.key];
    if (next) this.activate(next());
    else if (event.key === "Enter" && this.active) this.choose(this.active, event);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
