// A word the glossary explains shows its meaning on the spot. The link stays a link: with a
// modifier key, in a new tab, or when the meaning cannot be fetched, it leads to the entry.
import { all } from "./all.js";

const WIDTH = 352; // in CSS pixels, as in glossary.css
const meanings = new Map();
const words = document.documentElement.lang === "en"
  ? { more: "Read in the glossary", close: "Close" }
  : { more: "Im Glossar lesen", close: "Schließen" };

export function enhance(root) {
  if (!HTMLElement.prototype.showPopover) return;
  for (const link of all(root, "a[data-glossary]", "glossaryReady")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      open(link).catch(() => location.assign(link.href));
    });
  }
}

async function open(link) {
  const box = build(await meaning(link.pathname), link);
  document.body.append(box);
  const stay = () => place(box, link);
  addEventListener("resize", stay);
  box.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    removeEventListener("resize", stay);
    box.remove();
    if (document.activeElement === document.body) link.focus({ preventScroll: true });
  });
  box.showPopover();
  place(box, link);
  box.focus({ preventScroll: true });
}

// The page of the entry is asked for once; the browser keeps it as long as the server allows.
async function meaning(path) {
  if (!meanings.has(path)) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    meanings.set(path, { title: page.querySelector("h1").textContent.trim(), text: page.querySelector("main .prose") });
  }
  return meanings.get(path);
}

function build({ title, text }, link) {
  const box = document.createElement("div");
  box.className = "glossary-box";
  box.popover = "auto"; // Escape and a click elsewhere close it
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  box.ariaLabel = title;
  const more = document.createElement("a");
  more.href = link.href;
  more.textContent = words.more;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "kern-btn kern-btn--tertiary kern-btn--small";
  close.textContent = words.close;
  close.addEventListener("click", () => box.hidePopover());
  const name = document.createElement("p");
  name.className = "glossary-box__title";
  name.textContent = title;
  name.lang = "de";
  const foot = document.createElement("p");
  foot.className = "cluster";
  foot.append(more, close);
  box.append(name, text.cloneNode(true), foot);
  return box;
}

function place(box, link) {
  const word = link.getClientRects()[0];
  const most = document.documentElement.clientWidth - 16;
  const left = Math.max(16, Math.min(word.left, most - Math.min(WIDTH, most - 16)));
  const below = word.bottom + box.offsetHeight + 12 < innerHeight || word.top < box.offsetHeight;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(below ? word.bottom + 6 : word.top - box.offsetHeight - 6) + scrollY}px`;
}
