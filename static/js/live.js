// New answers and notifications without reloading: a small conditional request now and then,
// only while the window is looked at. Nothing on the page moves; what came is offered.
const EVERY = 25_000;
const LONGEST = 10 * 60_000;
const ANSWERS_PER_PAGE = 20;
let htmx = null;
let wait = EVERY;
let timer = 0;
let isOver = false;
let asked = 0;
let tag = "";
let title = "";

const menu = () => document.querySelector("[data-live]");
const bar = () => document.querySelector("[data-arrivals]");

export function listen(library) {
  if (!menu()) return;
  htmx = library;
  title = document.title;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden && !isOver) later(Math.max(1000, wait - (Date.now() - asked)));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-arrivals] a");
    if (link) show(event, link);
  });
  if (!document.hidden) later(wait);
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, milliseconds);
}

async function ask() {
  if (document.hidden || !menu()) return;
  asked = Date.now();
  const { thread, address: own } = bar()?.dataset ?? {};
  const address = own ?? menu().dataset.live + (thread ? `?diskussion=${thread}` : "");
  try {
    const answer = await fetch(address, {
      headers: tag ? { "If-None-Match": tag } : {},
      cache: "no-store",
      redirect: "manual",
    });
    // Signed out, or the thread is gone: this window hears nothing any more.
    isOver = answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);
    if (isOver) return;
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
    if (answer.ok) tell(await answer.json(), answer.headers.get("ETag"));
    wait = EVERY;
  } catch {
    wait = Math.min(wait * 2, LONGEST);
  }
  later(wait);
}

function tell({ unread, messages, posts }, etag) {
  tag = etag ?? "";
  const { waiting } = menu().dataset;
  for (const badge of menu().querySelectorAll("[data-unread]")) {
    const number = unread + (badge.dataset.unread === "all" ? Number(waiting) : 0);
    badge.hidden = !number;
    badge.firstChild.data = number;
  }
  for (const badge of menu().querySelectorAll("[data-messages]")) {
    badge.hidden = !messages;
    badge.firstChild.data = messages;
  }
  const news = bar() ? offer(posts) : 0;
  document.title = unread + news ? `(${unread + news}) ${title}` : title;
}

function offer(posts) {
  const shown = Number(bar().dataset.posts);
  const news = Math.max(0, posts - shown);
  if (news && bar().dataset.offered !== String(posts)) {
    const link = document.createElement("a");
    const page = Math.floor(shown / ANSWERS_PER_PAGE) + 1;
    link.href = `${location.pathname}${page > 1 ? `?seite=${page}` : ""}#beitrag-${shown + 1}`;
    link.dataset.page = page;
    link.dataset.posts = posts;
    link.textContent = news === 1 ? bar().dataset.one : bar().dataset.many.replace("{n}", news);
    bar().replaceChildren(link);
    bar().dataset.offered = posts;
  }
  return news;
}

async function show(event, link) {
  if (link.dataset.page !== bar().dataset.page) return; // they stand on another page
  event.preventDefault();
  const { hash, pathname, search } = new URL(link.href);
  await htmx.ajax("GET", pathname + search, {
    target: "#beitraege",
    select: "#beitraege",
    swap: "outerHTML show:none",
  });
  bar().dataset.posts = link.dataset.posts;
  link.remove();
  document.title = title;
  const post = document.querySelector(hash);
  if (!post) return;
  post.tabIndex = -1;
  post.focus();
}
