// A second click on a form that is on its way does nothing. The server would notice as well
// (idempotency keys); this spares the wait.
export function listen() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.ariaBusy === "true") return event.preventDefault();
    form.ariaBusy = "true";
    setTimeout(() => release(form), 8000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));
  document.addEventListener("htmx:afterRequest", () => document.querySelectorAll("form").forEach(release));
}

function release(form) {
  form.ariaBusy = null;
}
