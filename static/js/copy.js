// A button that copies the text beside it.
import { all } from "./all.js";
import { show } from "./toast.js";

export function enhance(root) {
  if (!navigator.clipboard) return;
  for (const box of all(root, "[data-copy]", "copyReady")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kern-btn kern-btn--secondary kern-btn--small";
    button.textContent = box.dataset.copyLabel;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.querySelector("[data-copy-text]").innerText);
      show(box.dataset.copied);
    });
    box.append(button);
  }
}
