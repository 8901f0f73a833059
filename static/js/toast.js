// Short news in the corner; it goes by itself, errors of a broken connection included.
const SECONDS = 6;

export function listen(htmx) {
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => show(document.documentElement.lang === "en"
      ? "No connection. Please try again."
      : "Keine Verbindung. Bitte versuchen Sie es noch einmal.", "danger"));
  }
  htmx.onLoad((root) => {
    for (const toast of root.querySelectorAll?.("#toasts [data-toast]") ?? []) leave(toast);
  });
}

export function show(text, kind = "") {
  const toast = document.createElement("div");
  toast.className = kind ? `toast toast--${kind}` : "toast";
  toast.textContent = text;
  document.getElementById("toasts")?.append(toast);
  leave(toast);
}

function leave(toast) {
  setTimeout(() => toast.remove(), SECONDS * 1000);
}
