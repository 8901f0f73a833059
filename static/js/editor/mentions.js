// After "@" and two letters the people and groups one may mention are offered.
const TYPED = /(?:^|[\s(])@([\p{L}][\p{L}\p{N} .'-]{1,39})$/u;
const PAUSE = 180;

export class Mentions {
  constructor(editor, box, words) {
    this.source = box.dataset.mentions;
    if (!this.source) return;
    Object.assign(this, { editor, words, items: [], at: 0 });
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = "mention-suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.mention);
    this.list.hidden = true;
    this.status = document.createElement("div");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.told = document.createElement("p");
    this.told.className = "preview__told";
    this.told.setAttribute("role", "status");
    box.append(this.list, this.status, this.told);
    this.asking = "";
    editor.on("update", () => this.wait());
    editor.on("blur", () => setTimeout(() => this.close(), 150));
    // Before the editor sees them: arrows and Enter belong to the open list.
    editor.view.dom.addEventListener("keydown", (event) => this.key(event), { capture: true });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  typed() {
    const { $from, empty } = this.editor.state.selection;
    if (!empty) return null;
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
    return TYPED.exec(before)?.[1] ?? null;
  }

  wait() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.typed() === null) this.close();
    if (this.typed() === null && this.names().join() === this.asking) return;
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const url = new URL(this.source, location.href);
    const group = document.getElementById("group_id")?.value;
    if (group) url.searchParams.set("gruppe", group);
    url.searchParams.set("q", this.typed() ?? "");
    const names = this.names();
    for (const name of names) url.searchParams.append("name", name);
    this.asked = new AbortController();
    try {
      const answer = await fetch(url, { signal: this.asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      this.asking = names.join();
      this.hear(await answer.json());
    } catch {
      this.close(); // one can write without suggestions
    }
  }

  // The names in the text; whoever they mean is told when it is sent.
  names() {
    const text = this.editor.getText();
    return [...new Set([...text.matchAll(/@\[([^[\]\n]{2,80})\]/g)].map(([, name]) => name))];
  }

  hear({ found, told }) {
    this.told.textContent = told;
    this.show(this.typed() === null ? [] : found);
  }

  show(items) {
    this.items = items;
    this.at = 0;
    this.list.replaceChildren(...items.map((item, index) => this.option(item, index)));
    this.list.hidden = items.length === 0;
    this.status.textContent = items.length ? this.words.found.replace("{count}", items.length) : "";
    this.mark();
  }

  option(item, index) {
    const row = document.createElement("li");
    row.className = "suggestions__item";
    row.id = `${this.list.id}-${index}`;
    row.setAttribute("role", "option");
    const hint = document.createElement("span");
    hint.className = "suggestions__hint";
    hint.textContent = item.hint;
    row.append(item.name, hint);
    row.addEventListener("click", () => this.take(index));
    return row;
  }

  mark() {
    const text = this.editor.view.dom;
    if (this.list.hidden) return text.removeAttribute("aria-activedescendant");
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", index === this.at));
    text.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
  }

  key(event) {
    if (this.list.hidden) return;
    const count = this.items.length;
    if (event.key === "ArrowDown") this.at = (this.at + 1) % count;
    else if (event.key === "ArrowUp") this.at = (this.at - 1 + count) % count;
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.mark();
  }

  take(index) {
    const typed = this.typed();
    const { from } = this.editor.state.selection;
    this.close();
    if (typed === null) return;
    const start = from - typed.length - 1;
    this.editor.chain().focus().insertContentAt({ from: start, to: from }, `@[${this.items[index].name}] `).run();
  }

  close() {
    this.list.hidden = true;
    this.mark();
  }
}
