// Who will read it, while one chooses where to ask.
import { all } from "./all.js";

export function enhance(root) {
  for (const line of all(root, "[data-audiences]", "audienceReady")) {
    const words = JSON.parse(line.dataset.audiences);
    const choice = document.getElementById(line.dataset.audienceOf);
    const shown = line.querySelector("[role=status]");
    const show = () => {
      shown.textContent = words[choice.value] ?? "";
      line.hidden = !shown.textContent;
    };
    choice.addEventListener("change", show);
    show();
  }
}
