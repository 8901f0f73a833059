// Choose one of thousands while typing; without script the same field is a search step.
import { all } from "./all.js";
import { fetchList, Suggestions } from "./listbox.js";

const valueOf = (item) => item.value ?? item.ags ?? item.id;
const labelOf = (item) => item.label ?? item.name;

export function enhance(root) {
  for (const box of all(root, "[data-picker][data-source]", "pickerReady")) {
    const input = box.querySelector("input[type=text]");
    const choices = box.querySelector("[data-picker-choices]");
    const search = box.querySelector("[data-picker-search]");
    // Hidden it would still be what Enter presses in every other field of the form.
    if (!choices.querySelector("fieldset")) search.remove();
    input.addEventListener("input", () => choices.replaceChildren());
    new Suggestions(input, {
      place: box.querySelector(".picker"),
      load: (words, signal) => fetchList(box.dataset.source, words, signal),
      draw: (item) => ({ label: labelOf(item), hint: item.hint }),
      choose: (item) => {
        input.value = labelOf(item);
        choices.replaceChildren(hiddenField(box.dataset.picker, valueOf(item)));
      },
      words: { found: box.dataset.found, none: box.dataset.none },
    });
  }
}

function hiddenField(name, value) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}
