// Filters apply as soon as they are set; the button stays for those who prefer it.
import { all } from "./all.js";

export function enhance(root) {
  for (const form of all(root, "form[data-auto-submit]", "autoSubmitReady")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("input[type=checkbox], input[type=radio], select")) {
        form.requestSubmit();
      }
    });
  }
}
