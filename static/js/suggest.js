// Suggestions below the search field lead straight to the thing.
import { all } from "./all.js";
import { fetchList, Suggestions } from "./listbox.js";

export function enhance(root) {
  for (const form of all(root, "form[data-suggest]", "suggestReady")) {
    new Suggestions(form.elements.q, {
      place: form,
      load: (words, signal) => fetchList(form.dataset.suggest, words, signal),
      draw: (item) => ({ label: item.label, hint: item.kind }),
      choose: (item) => location.assign(new URL(item.url, location.origin)),
      words: {},
    });
  }
}
