// After a form came back, begin where it says what to change.
import { all } from "./all.js";

export function enhance(root) {
  const [summary] = all(root, "[data-error-summary]", "summaryReady");
  summary?.focus();
}
