// What one types is kept on the server: two seconds after the last key, and on leaving.
// "Saved" is said only after the server said so.
import { all } from "./all.js";

const PAUSE = 2000;
const RETRY = 15000;

export function enhance(root) {
  for (const box of all(root, "[data-draft]", "draftReady")) new Draft(box);
}

class Draft {
  constructor(box) {
    this.words = box.dataset;
    this.form = box.closest("form");
    this.status = this.form.querySelector("[data-draft-status]") ?? this.newStatus(box);
    this.number = Number(this.field("number").value) || 0;
    this.kept = this.isUntouched(box) ? this.content() : "";
    if (!this.kept) this.wait();
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.wait());
    this.form.addEventListener("submit", (event) => this.sending(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => event.persisted && (this.isSent = false));
  }

  // Quick fingers type before this script runs; a form that came back was typed before.
  isUntouched(box) {
    return (
      !box.hasAttribute("data-typed") &&
      [...this.form.elements].every(
        (control) =>
          control.type === "hidden" ||
          (control.value === (control.defaultValue ?? control.value) &&
            control.checked === (control.defaultChecked ?? control.checked)),
      )
    );
  }

  newStatus(box) {
    const status = document.createElement("p");
    status.className = "muted small";
    status.setAttribute("role", "status");
    box.append(status);
    return status;
  }

  field(name) {
    return this.form.elements[`draft_${name}`];
  }

  // The form as it would be sent, without files: those cannot be kept this way.
  data() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  content() {
    const typed = [...this.data()].filter(([name]) => !/^(draft_|csrf_|written_by)/.test(name));
    return JSON.stringify(typed);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  next() {
    this.number += 1;
    this.field("number").value = this.number;
    return this.data();
  }

  async save() {
    const content = this.content();
    if (this.isSent || content === this.kept) return;
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(this.words.save, {
        method: "POST",
        body: this.next(),
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: this.asked.signal,
      });
      await this.hear(answer, content);
    } catch (error) {
      if (error.name !== "AbortError") this.again(this.words.failed);
    }
  }

  async hear(answer, content) {
    if (answer.type === "opaqueredirect" || answer.status === 401) return this.say(this.words.ended);
    if (!answer.ok) return this.again(this.words.failed);
    const { saved_at: time, base, others } = await answer.json();
    if (!time) return;
    this.kept = content;
    this.field("base").value = base;
    const more = others > 0 ? ` ${this.words.others}` : "";
    this.say(this.words.saved.replace("{time}", time) + more);
  }

  again(words) {
    this.say(words);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), RETRY);
  }

  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  // A page that goes away cannot wait for an answer; the browser sends what it is given.
  leave() {
    const content = this.content();
    if (this.isSent || content === this.kept) return;
    this.asked?.abort();
    if (navigator.sendBeacon(this.words.save, this.next())) this.kept = content;
  }

  // What was sent is no draft: the server deletes it, and nothing may bring it back.
  sending(event) {
    if (event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
    this.isSent = true;
    clearTimeout(this.timer);
    this.asked?.abort();
  }
}
