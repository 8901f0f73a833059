// The editor for people who do not know Markdown. It stands in front of the real textarea,
// which stays the truth of the form: drafts, counters and sending read that.
import { Editor } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";
import { TableKit } from "@tiptap/extension-table";
import { Markdown } from "@tiptap/markdown";
import { StarterKit } from "@tiptap/starter-kit";
import { Blocks } from "./editor/blocks.js";
import { Files } from "./editor/files.js";
import { Mentions } from "./editor/mentions.js";
import { cleanPasted } from "./editor/paste.js";
import { Toolbar } from "./editor/toolbar.js";

// A picture on another host would tell it who writes here: shown is what it is said to show.
// Pictures of our own are shown.
const OWN = /^\/anhaenge\/\d+$/;
const Picture = Image.extend({
  renderHTML: ({ node: { attrs } }) =>
    OWN.test(attrs.src)
      ? ["img", { class: "editor__picture", src: `${attrs.src}/vorschau`, alt: attrs.alt || "" }]
      : ["span", { class: "editor__image" }, `▣ ${attrs.alt || attrs.src}`],
});

const EXTENSIONS = [
  StarterKit.configure({
    underline: false, // Markdown has none
    trailingNode: false,
    link: { openOnClick: false, autolink: false, protocols: ["http", "https", "mailto", "tel"] },
  }),
  Picture.configure({ inline: true, allowBase64: false }),
  TableKit.configure({ table: { resizable: false } }),
  Markdown.configure({ markedOptions: { gfm: true, breaks: true } }),
];

// Put the editor in front of the textarea of a box; return false if its text is beyond it.
export function upgrade(box) {
  const area = box.querySelector("textarea");
  const words = JSON.parse(box.dataset.labels);
  const place = document.createElement("div");
  place.className = "editor";
  const editor = new Editor({
    element: place,
    extensions: EXTENSIONS,
    injectCSS: false,
    editorProps: {
      attributes: attributesOf(area),
      transformPastedHTML: cleanPasted,
    },
  });
  const blocks = new Blocks(editor);
  let isLoading = false;
  const load = () => {
    isLoading = true;
    const done = blocks.load(area.value);
    isLoading = false;
    return done;
  };
  editor.on("update", () => {
    if (isLoading) return;
    area.value = blocks.markdown();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const part = box.closest("form").querySelector("[data-uploads]");
  const files = part && new Files(part, box, textOf(area, editor));
  const toolbar = new Toolbar(editor, words, files);
  new Mentions(editor, box, words);
  area.before(toolbar.element, place);
  switchBetween({ box, area, editor, place, toolbar, words, load });
  leadFocus(area, editor, place);
}

// How files get into the text and out of it, whichever of the two is shown.
function textOf(area, editor) {
  const written = (path, name, isImage) =>
    isImage ? `![](${path})` : `[${name.replace(/[[\]\\`*_<>]/g, "\\$&")}](${path})`;
  return {
    insert(path, name, isImage) {
      if (!area.hidden) return insertPlain(area, written(path, name, isImage));
      const link = { type: "text", text: name, marks: [{ type: "link", attrs: { href: path } }] };
      const picture = { type: "image", attrs: { src: path, alt: "" } };
      editor.chain().insertContent([isImage ? picture : link, { type: "text", text: " " }]).run();
    },
    remove(path) {
      if (!area.hidden) {
        area.value = area.value.replace(new RegExp(`!?\\[[^\\]]*\\]\\(${path}\\)`, "g"), "");
        area.dispatchEvent(new Event("input", { bubbles: true }));
      } else removeRich(editor, path);
    },
  };
}

function insertPlain(area, text) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function removeRich(editor, path) {
  const { tr, doc } = editor.state;
  const found = [];
  doc.descendants((node, at) => {
    const isPicture = node.type.name === "image" && node.attrs.src === path;
    const isLink = node.marks.some(({ attrs }) => attrs.href === path);
    if (isPicture || isLink) found.push([at, at + node.nodeSize]);
  });
  for (const [from, to] of found.reverse()) tr.delete(from, to);
  if (found.length) editor.view.dispatch(tr);
}

// What screen readers hear about the field: its label, its hint, its error.
function attributesOf(area) {
  const label = area.labels[0];
  label.id ||= `${area.id}-label`;
  const attributes = {
    role: "textbox",
    "aria-multiline": "true",
    "aria-labelledby": label.id,
    class: "editor__text prose",
  };
  for (const name of ["aria-describedby", "aria-invalid", "lang"]) {
    if (area.hasAttribute(name)) attributes[name] = area.getAttribute(name);
  }
  return attributes;
}

// One switch leads to the plain text and back; a text the editor might change stays plain.
function switchBetween({ box, area, editor, place, toolbar, words, load }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "markdown__switch";
  const said = document.createElement("span");
  said.className = "muted small";
  said.setAttribute("role", "status");
  toolbar.element.before(button);
  button.after(said);
  const show = (isRich) => {
    box.classList.toggle("markdown--rich", isRich);
    for (const part of [place, toolbar.element]) part.hidden = !isRich;
    area.hidden = isRich;
    button.textContent = isRich ? words.toMarkdown : words.toText;
  };
  const toRich = () => {
    const isPossible = load();
    show(isPossible);
    said.textContent = isPossible ? "" : words.onlyMarkdown;
    return isPossible;
  };
  button.addEventListener("click", () => {
    if (!area.hidden) return toRich() && editor.commands.focus();
    show(false);
    area.focus();
  });
  toRich();
}

// Labels and the links of the error summary point to the textarea: go to what is shown.
function leadFocus(area, editor, place) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(`label[for="${area.id}"], a[href="#${area.id}"]`);
    if (!link || !area.hidden || !place.isConnected) return;
    event.preventDefault();
    editor.commands.focus();
  });
}
