// A region (hx-boost) shows the same page differently: another filter, another order. What
// leads elsewhere, and every form that changes something, stays an ordinary link or form.
const INSIDE = "[hx-boost=true] :is(a, form)";
let left = null; // the field that had the focus when the region was replaced

export function listen() {
  document.addEventListener("htmx:beforeProcessNode", ({ target }) => {
    if (target.matches(INSIDE) && leadsElsewhere(target)) target.setAttribute("hx-boost", "false");
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    left = document.activeElement?.name ? document.activeElement : null;
    // Another view, or the sign-in page: there is no such region in it.
    if (!detail.boosted || detail.serverResponse.includes(`id="${detail.target.id}"`)) return;
    detail.shouldSwap = false;
    location.assign(detail.xhr.responseURL);
  });
  document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
    // htmx finds elements with an id again; for all others the keyboard would start anew.
    if (document.activeElement === document.body) keepFocus(target, detail.requestConfig?.elt);
  });
}

function leadsElsewhere(element) {
  if (element.matches("form[method=post]")) return true;
  const address = element.getAttribute("href") ?? element.getAttribute("action") ?? "";
  return new URL(address, location.href).pathname !== location.pathname;
}

function keepFocus(region, used) {
  const field = [...region.querySelectorAll("input, select, button")].find(
    ({ name, value }) => left && name === left.name && value === left.value,
  );
  if (field) return field.focus({ preventScroll: true });
  const words = used?.textContent.trim();
  const again = [...region.querySelectorAll("a[href]")].find((link) => link.textContent.trim() === words);
  region.tabIndex = -1;
  (again ?? region).focus({ preventScroll: true });
}
