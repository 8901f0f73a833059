// How many characters are left, and how many words there are; spoken only after a pause.
import { all } from "./all.js";

function wordsIn(output, control) {
  if (!output.dataset.words) return "";
  const count = (control.value.match(/[\p{L}\p{N}_]+/gu) || []).length;
  return ` · ${output.dataset.words.replace("{count}", count)}`;
}

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
      output.textContent = words.replace("{count}", Math.abs(left)) + wordsIn(output, control);
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
