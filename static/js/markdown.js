// A small toolbar over a plain textarea: it writes Markdown, nothing more. Where the page
// offers it, the editor is fetched and takes its place; this toolbar stays for the plain text.
import { all } from "./all.js";

const TOOLS = [
  { name: "bold", sign: "B", before: "**", after: "**" },
  { name: "heading", sign: "H", line: "## " },
  { name: "list", sign: "•", line: "- " },
  { name: "quote", sign: "”", line: "> " },
  { name: "link", sign: "↗", before: "[", after: "](https://)" },
];

export function enhance(root) {
  for (const box of all(root, "[data-markdown]", "markdownReady")) {
    const area = box.querySelector("textarea");
    const labels = JSON.parse(box.dataset.labels);
    const bar = document.createElement("div");
    bar.className = "markdown__toolbar markdown__toolbar--plain";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", labels.toolbar);
    bar.append(...TOOLS.map((tool) => toolButton(tool, labels, area)));
    area.before(bar);
    if (box.hasAttribute("data-editor")) fetchEditor(box);
    area.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "b" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        apply(area, TOOLS[0], labels.sample);
      }
    });
  }
}

async function fetchEditor(box) {
  try {
    const { upgrade } = await import(box.dataset.editor);
    upgrade(box);
  } catch (problem) {
    console.info("editor:", problem); // the textarea works without it
  }
}

function toolButton(tool, labels, area) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "markdown__tool";
  button.title = labels[tool.name];
  button.setAttribute("aria-label", labels[tool.name]);
  button.textContent = tool.sign;
  button.addEventListener("click", () => apply(area, tool, labels.sample));
  return button;
}

function apply(area, tool, sample) {
  area.focus();
  if (tool.line) startLines(area, tool.line);
  else wrap(area, tool, sample);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(area, { before, after }, sample) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end) || sample;
  replace(area, before + chosen + after, start, end);
  area.setSelectionRange(start + before.length, start + before.length + chosen.length);
}

function startLines(area, sign) {
  const { selectionStart, selectionEnd: end, value } = area;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const lines = value.slice(start, end).split("\n");
  replace(area, lines.map((line) => (line.startsWith(sign) ? line : sign + line)).join("\n"), start, end);
}

function replace(area, text, start, end) {
  area.setSelectionRange(start, end);
  // The old command is the only way that keeps "undo" working.
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, start, end, "end");
}
