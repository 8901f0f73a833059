// How many characters are left, while one writes; spoken only after a pause.
import { all } from "./all.js";

export function enhance(root) {
  for (const output of all(root, "[data-count-for]", "countReady")) {
    const control = document.getElementById(output.dataset.countFor);
    if (!control) continue;
    const spoken = output.cloneNode();
    spoken.removeAttribute("data-count-for");
    spoken.id = `${output.id}-spoken`;
    spoken.className = "visually-hidden";
    spoken.setAttribute("aria-live", "polite");
    output.after(spoken);
    let pause;
    const count = () => {
      // Counted as the server counts: by characters, line ends as one.
      const left = Number(output.dataset.limit) - [...control.value].length;
      const words = left < 0 ? output.dataset.overBy : output.dataset.left;
      output.textContent = words.replace("{count}", Math.abs(left));
      output.toggleAttribute("data-over", left < 0);
    };
    control.addEventListener("input", () => {
      count();
      clearTimeout(pause);
      pause = setTimeout(() => (spoken.textContent = output.textContent), 1000);
    });
    count();
  }
}
