// Light, dark or as the device says: at once here, and remembered by the server.
export function listen() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-theme-switch]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const chosen = event.submitter.value;
    apply(chosen);
    for (const option of form.querySelectorAll("[aria-pressed]")) {
      option.setAttribute("aria-pressed", String(option === event.submitter));
    }
    fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
  }, { capture: true });
}

function apply(theme) {
  const root = document.documentElement.dataset;
  if (theme === "light" || theme === "dark") {
    root.theme = root.kernTheme = theme;
  } else {
    delete root.theme;
    delete root.kernTheme;
  }
}
