// Entries of a list change places by a handle one pulls, with mouse, pen or finger. The buttons
// "Nach oben" and "Nach unten" stay for the keyboard, and the server's answer is what counts.
import { all } from "./all.js";
import { show } from "./toast.js";

export function enhance(root) {
  for (const list of all(root, "[data-sortable]", "sortableReady")) {
    if (list.children.length > 1) for (const entry of list.children) addHandle(list, entry);
  }
}

function addHandle(list, entry) {
  const handle = document.createElement("span");
  handle.className = "handle";
  handle.ariaHidden = "true"; // whoever does not see it has the buttons
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected on the way
    pull(list, entry);
  });
  entry.prepend(handle);
}

// The document listens: a handle that moves within the page loses the pointer it captured.
function pull(list, entry) {
  const before = entry.nextElementSibling;
  const stop = new AbortController();
  const until = { signal: stop.signal };
  entry.classList.add("is-pulled");
  document.addEventListener("pointermove", ({ clientY }) => follow(list, entry, clientY), until);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      stop.abort();
      entry.classList.remove("is-pulled");
      if (end === "pointercancel") list.insertBefore(entry, before);
      else if (entry.nextElementSibling !== before) keep(list, entry, before);
    }, until);
  }
}

function follow(list, entry, y) {
  const others = [...list.children].filter((other) => other !== entry);
  const next = others.find((other) => y < middle(other)) ?? null;
  if (next !== entry.nextElementSibling) list.insertBefore(entry, next);
  if (y < 60) scrollBy(0, -20);
  if (y > innerHeight - 60) scrollBy(0, 20);
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

async function keep(list, entry, before) {
  const body = new URLSearchParams();
  body.set("csrf_token", list.querySelector("[name=csrf_token]").value);
  body.set("vor", entry.nextElementSibling?.dataset.entry ?? "");
  try {
    const answer = await fetch(entry.dataset.move, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.status);
    replace(list, new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    list.insertBefore(entry, before);
    show(list.dataset.sortableFailed, "danger");
  }
}

// The buttons at both ends of the list are others now: take them from the server's page.
function replace(list, page) {
  const fresh = page.querySelector("[data-sortable]");
  if (!fresh) return location.reload();
  list.replaceChildren(...fresh.children);
  for (const entry of list.children) addHandle(list, entry);
}
