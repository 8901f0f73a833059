// How far somebody has read a thread: the highest post that stood in the window for a moment.
// The server is told now and then, and at the latest when the page is left.
const MOMENT = 1200;
const TOGETHER = 3000;
const inView = new WeakSet();
let place = null; // the element that says which thread this is, and how far it was read
let seen = 0;
let told = 0;
let timer = 0;
let observer = null;

export function enhance(root) {
  place = document.querySelector("[data-arrivals][data-thread]");
  if (!place) return;
  observer ??= start();
  for (const post of root.querySelectorAll?.(".post[id^=beitrag-]") ?? []) observer.observe(post);
}

function start() {
  seen = told = Number(place.dataset.read);
  document.addEventListener("visibilitychange", () => document.hidden && tell());
  window.addEventListener("pagehide", tell);
  // What is to be unread again must not be noted as read on leaving.
  document.getElementById("unread")?.addEventListener("submit", () => observer.disconnect() ?? (told = Infinity));
  return new IntersectionObserver(notice, { threshold: [0, 0.3, 0.6, 1] });
}

function notice(entries) {
  for (const { target, isIntersecting, intersectionRatio, intersectionRect } of entries) {
    // A post longer than the window is read once it fills half of it.
    const isShown = isIntersecting && (intersectionRatio >= 0.6 || intersectionRect.height > innerHeight / 2);
    if (!isShown) inView.delete(target);
    else if (!inView.has(target)) {
      inView.add(target);
      setTimeout(() => inView.has(target) && !document.hidden && note(target), MOMENT);
    }
  }
}

function note(post) {
  seen = Math.max(seen, Number(post.id.slice("beitrag-".length)));
  if (seen > told && !timer) timer = setTimeout(tell, TOGETHER);
}

function tell() {
  clearTimeout(timer);
  timer = 0;
  const token = document.querySelector("#sign-out [name=csrf_token]")?.value;
  if (seen <= told || !token || !place) return;
  told = seen;
  const body = new URLSearchParams({ bis: seen, csrf_token: token });
  navigator.sendBeacon(`/diskussionen/${place.dataset.thread}/gelesen`, body);
}
