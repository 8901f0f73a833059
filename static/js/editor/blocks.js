// From Markdown to the editor and back, block by block. A block nobody touched is written
// back exactly as it was; ProseMirror keeps the same object for what did not change.
import { Lexer } from "marked";

const KNOWN = new Set(
  (
    "space paragraph text heading list list_item blockquote code hr table strong em codespan " +
    "br del link image escape"
  ).split(" "),
);

export class Blocks {
  constructor(editor) {
    this.editor = editor;
    this.known = new Map();
  }

  // Show a text; return false, and show nothing, if it holds what the editor does not know.
  load(source) {
    const pieces = split(source);
    if (!pieces) return false;
    const contents = pieces.map(({ raw }) => this.editor.markdown.parse(raw).content ?? []);
    if (contents.some((content, at) => !this.isFaithful(content, pieces[at].raw))) return false;
    const content = contents.flat();
    this.editor.commands.setContent({ type: "doc", content: content.length ? content : [{ type: "paragraph" }] });
    this.known = new Map();
    this.order = [];
    if (!content.length) return true;
    pieces.forEach((piece, at) => this.known.set(this.editor.state.doc.child(at), { ...piece, at }));
    return true;
  }

  // A block is safe if writing and reading it again gives the same.
  isFaithful(content, raw) {
    if (content.length !== 1) return false;
    const again = this.editor.markdown.parse(this.write(content[0])).content ?? [];
    return JSON.stringify(again) === JSON.stringify(content) || raw.trim() === this.write(content[0]);
  }

  write(json) {
    return tidy(this.editor.markdown.serialize({ type: "doc", content: [json] }));
  }

  markdown() {
    let text = "";
    let last = null;
    this.editor.state.doc.forEach((node) => {
      const piece = this.known.get(node);
      const written = piece ? piece.raw : this.write(node.toJSON());
      if (!written) return;
      const isNext = last && piece && piece.at === last.at + 1;
      text += (text && (isNext ? last.gap : "\n\n")) + written;
      last = piece ?? null;
    });
    return text;
  }
}

// Cut a text into its blocks and the gaps between them; null if it holds unknown things.
function split(source) {
  const tokens = new Lexer({ gfm: true, breaks: true }).lex(source);
  if (!areKnown(tokens) || Object.keys(tokens.links).length) return null;
  const pieces = [];
  for (const token of tokens) {
    const raw = token.raw.replace(/\n+$/, "");
    const gap = token.raw.slice(raw.length);
    if (raw.trim()) pieces.push({ raw, gap });
    else if (pieces.length) pieces.at(-1).gap += token.raw;
  }
  return pieces;
}

function areKnown(tokens) {
  return tokens.every(
    (token) =>
      KNOWN.has(token.type) &&
      !token.task &&
      areKnown(token.tokens ?? []) &&
      areKnown(token.items ?? []),
  );
}

// Addresses stay addresses, names stay names, and empty lines are no "&nbsp;".
function tidy(markdown) {
  return markdown
    .replace(/\[(https?:\/\/[^\]\s]+)\]\(\1\)/g, "$1")
    .replace(/@\\\[([^\[\]\n]{2,80}?)\\\]/g, "@[$1]")
    .replace(/^(&nbsp;|\u00a0)$/gm, "")
    .replace(/ {2}\n/g, "\n")
    .replace(/\u00a0|&nbsp;/g, " ")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
