// Suggestions below a text field, operated as the ARIA combobox pattern asks: arrows, Enter,
// Escape, mouse. `choose(item)` decides what a choice means.
let counter = 0;
const PAUSE = 180;

export class Suggestions {
  constructor(input, { place, load, draw, choose, words }) {
    Object.assign(this, { input, load, draw, choose, words, items: [], at: -1 });
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `suggestions-${++counter}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels?.[0]?.innerText ?? "");
    this.list.hidden = true;
    this.status = document.createElement("div");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    place.append(this.list, this.status);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-controls", this.list.id],
      ["aria-expanded", "false"],
    ]) input.setAttribute(name, value);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  wait() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.input.value.trim().length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asked = new AbortController();
    try {
      this.show(await this.load(this.input.value.trim(), this.asked.signal));
    } catch {
      this.close(); // the form works without suggestions
    }
  }

  show(items) {
    this.items = items;
    this.at = -1;
    this.list.replaceChildren(...items.map((item, index) => this.option(item, index)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = items.length
      ? (this.words.found ?? "").replace("{count}", items.length)
      : (this.words.none ?? "");
  }

  option(item, index) {
    const row = document.createElement("li");
    row.className = "suggestions__item";
    row.id = `${this.list.id}-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const { label, hint } = this.draw(item);
    row.append(label);
    if (hint) {
      const about = document.createElement("span");
      about.className = "suggestions__hint";
      about.textContent = hint;
      row.append(about);
    }
    row.addEventListener("click", () => this.take(index));
    return row;
  }

  key(event) {
    if (this.list.hidden) return;
    const last = this.items.length - 1;
    if (event.key === "ArrowDown") this.move(this.at < last ? this.at + 1 : 0);
    else if (event.key === "ArrowUp") this.move(this.at > 0 ? this.at - 1 : last);
    else if (event.key === "Enter" && this.at >= 0) this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  move(index) {
    this.at = index;
    [...this.list.children].forEach((row, number) =>
      row.setAttribute("aria-selected", String(number === index)),
    );
    const row = this.list.children[index];
    this.input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const item = this.items[index];
    this.close();
    this.choose(item);
  }

  close() {
    this.asked?.abort();
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

export async function fetchList(address, words, signal) {
  const url = new URL(address, location.href);
  url.searchParams.set("q", words);
  const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}
