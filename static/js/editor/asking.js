// A small dialog with a few fields: askFor(title, words, fields) gives their values, or null.
let counter = 0;

export function askFor(title, words, fields) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "form";
  const heading = document.createElement("h2");
  heading.id = `ask-${++counter}`;
  heading.textContent = title;
  dialog.setAttribute("aria-labelledby", heading.id);
  const shown = fields.filter((field) => !field.hidden);
  const inputs = shown.map((field) => makeField(field));
  form.append(heading, ...inputs.map(({ box }) => box), buttons(dialog, words));
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  inputs[0].input.select();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      const values = Object.fromEntries(inputs.map(({ name, input }) => [name, input.value.trim()]));
      answer(dialog.returnValue === "done" ? values : null);
      dialog.remove();
    });
  });
}

function makeField({ name, label, value, type = "text", required = false }) {
  const box = document.createElement("div");
  box.className = "field";
  const words = document.createElement("label");
  words.className = "field__label";
  words.textContent = label;
  const input = document.createElement("input");
  input.className = "kern-form-input__input";
  Object.assign(input, { type, value, required, id: `ask-field-${++counter}` });
  words.htmlFor = input.id;
  box.append(words, input);
  return { name, box, input };
}

function buttons(dialog, words) {
  const row = document.createElement("div");
  row.className = "button-row";
  for (const [kind, label, value] of [["primary", words.done, "done"], ["tertiary", words.cancel, ""]]) {
    const button = document.createElement("button");
    button.className = `kern-btn kern-btn--${kind}`;
    button.type = value ? "submit" : "button";
    button.value = value;
    button.textContent = label;
    if (!value) button.addEventListener("click", () => dialog.close(""));
    row.append(button);
  }
  return row;
}
