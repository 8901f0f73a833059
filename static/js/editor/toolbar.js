// The buttons above the editor: one stop for the Tab key, arrows lead from one to the next.
import { askFor } from "./asking.js";

const TOOLS = [
  { name: "bold", sign: "F", run: (chain) => chain.toggleBold(), active: ["bold"] },
  { name: "italic", sign: "K", run: (chain) => chain.toggleItalic(), active: ["italic"] },
  { name: "heading", sign: "Ü", run: (chain) => chain.toggleHeading({ level: 2 }), active: ["heading"] },
  { name: "list", sign: "•", run: (chain) => chain.toggleBulletList(), active: ["bulletList"] },
  { name: "numbers", sign: "1.", run: (chain) => chain.toggleOrderedList(), active: ["orderedList"] },
  { name: "quote", sign: "„“", run: (chain) => chain.toggleBlockquote(), active: ["blockquote"] },
  { name: "link", sign: "↗", ask: addLink, active: ["link"] },
  { name: "table", sign: "▦", run: (chain) => chain.insertTable({ rows: 3, cols: 2, withHeaderRow: true }) },
  { name: "addRow", sign: "▤+", run: (chain) => chain.addRowAfter(), within: "table" },
  { name: "addColumn", sign: "▥+", run: (chain) => chain.addColumnAfter(), within: "table" },
  { name: "deleteRow", sign: "▤−", run: (chain) => chain.deleteRow(), within: "table" },
  { name: "deleteColumn", sign: "▥−", run: (chain) => chain.deleteColumn(), within: "table" },
  { name: "deleteTable", sign: "▦−", run: (chain) => chain.deleteTable(), within: "table" },
  { name: "image", sign: "▣", ask: addImage },
  { name: "file", sign: "⇪", ask: (_editor, _words, files) => files?.choose("") },
  { name: "mention", sign: "@", run: (chain) => chain.insertContent("@") },
  { name: "undo", sign: "↶", run: (chain) => chain.undo() },
  { name: "redo", sign: "↷", run: (chain) => chain.redo() },
];

export class Toolbar {
  constructor(editor, words, files = null) {
    Object.assign(this, { editor, words, files });
    this.element = document.createElement("div");
    this.element.className = "markdown__toolbar";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", words.toolbar);
    this.tools = TOOLS.filter((tool) => words[tool.name] && (files || tool.name !== "file")).map((tool) => ({ ...tool, button: this.button(tool) }));
    this.element.append(...this.tools.map(({ button }) => button));
    this.element.addEventListener("keydown", (event) => this.key(event));
    editor.on("transaction", () => this.refresh());
    editor.view.dom.addEventListener("keydown", (event) => {
      if (event.altKey && event.key === "F10") this.stop().focus();
    });
    this.refresh();
  }

  button(tool) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "markdown__tool";
    button.tabIndex = -1;
    button.title = this.words[tool.name];
    button.setAttribute("aria-label", this.words[tool.name]);
    button.textContent = tool.sign;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (tool.ask) tool.ask(this.editor, this.words, this.files);
      else tool.run(this.editor.chain().focus()).run();
    });
    return button;
  }

  refresh() {
    for (const { button, active, within } of this.tools) {
      if (active) button.setAttribute("aria-pressed", active.some((name) => this.editor.isActive(name)));
      if (within) button.hidden = !this.editor.isActive(within);
    }
    if (!this.shown().some((button) => button.tabIndex === 0)) this.stop(this.shown()[0]);
  }

  shown() {
    return this.tools.map(({ button }) => button).filter((button) => !button.hidden);
  }

  // Make a button the one the Tab key stops at; without one, return the present one.
  stop(wanted = this.shown().find((button) => button.tabIndex === 0)) {
    for (const { button } of this.tools) button.tabIndex = button === wanted ? 0 : -1;
    return wanted;
  }

  key(event) {
    const buttons = this.shown();
    const at = buttons.indexOf(document.activeElement);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 };
    if (event.key === "Escape") this.editor.commands.focus();
    else if (event.key in steps) this.stop(buttons.at(steps[event.key] % buttons.length)).focus();
    else return;
    event.preventDefault();
  }
}

async function addLink(editor, words) {
  const { from, to, empty } = editor.state.selection;
  const known = editor.getAttributes("link").href ?? "";
  const chosen = empty ? "" : editor.state.doc.textBetween(from, to, " ");
  const given = await askFor(words.link, words, [
    { name: "address", label: words.address, value: known || "https://", type: "url", required: true },
    { name: "text", label: words.linkText, value: chosen, hidden: !empty || Boolean(known) },
  ]);
  if (!given) return editor.commands.focus();
  const chain = editor.chain().focus();
  if (empty && !known) {
    const mark = { type: "link", attrs: { href: given.address } };
    chain.insertContent({ type: "text", text: given.text || given.address, marks: [mark] }).run();
  } else chain.extendMarkRange("link").setLink({ href: given.address }).run();
}

async function addImage(editor, words, files) {
  if (files) return files.choose("image/png,image/jpeg,image/webp,image/gif");
  const given = await askFor(words.image, words, [
    { name: "address", label: words.address, value: "https://", type: "url", required: true },
    { name: "text", label: words.imageText, value: "", required: true },
  ]);
  const chain = editor.chain().focus();
  if (given) chain.setImage({ src: given.address, alt: given.text });
  chain.run();
}
