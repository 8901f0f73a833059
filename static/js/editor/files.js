// Files of the text one writes: dragged, pasted or chosen, each with its progress. The server
// keeps them with the draft at once; the form only says which of them are sent.

export class Files {
  constructor(part, box, text) {
    Object.assign(this, { part, box, text, running: new Set() });
    this.words = JSON.parse(part.dataset.labels);
    this.form = part.closest("form");
    this.list = part.querySelector("[data-uploads-list]");
    this.input = part.querySelector("input[type=file]");
    this.status = document.createElement("p");
    this.status.className = "muted small";
    this.status.setAttribute("role", "status");
    part.append(this.status);
    part.classList.add("uploads--scripted");
    part.querySelector("[data-uploads-choose] label").textContent = this.words.drop;
    this.input.addEventListener("change", () => this.chosen());
    part.addEventListener("click", (event) => this.clicked(event));
    part.addEventListener("change", (event) => this.changed(event));
    this.form.addEventListener("submit", (event) => this.sending(event), true);
    this.takeFrom(part, "uploads--over", false);
    this.takeFrom(box, "markdown--over", true);
    box.addEventListener("paste", (event) => this.pasted(event), true);
    for (const row of this.list.children) this.offerInsert(row);
    this.chosen(); // before this script ran, or restored by the browser
  }

  // Open the browser's choice of files; what is chosen goes into the text.
  choose(accept) {
    const field = document.createElement("input");
    Object.assign(field, { type: "file", multiple: true, accept: accept || this.input.accept });
    field.addEventListener("change", () => this.take(field.files, true));
    field.click();
  }

  chosen() {
    const files = [...this.input.files];
    this.input.value = "";
    this.take(files, false);
  }

  takeFrom(place, marked, isText) {
    const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
    place.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      place.classList.add(marked);
    });
    place.addEventListener("dragleave", (event) => {
      if (!place.contains(event.relatedTarget)) place.classList.remove(marked);
    });
    place.addEventListener(
      "drop",
      (event) => {
        place.classList.remove(marked);
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        this.take(event.dataTransfer.files, isText);
      },
      true,
    );
  }

  // A picture in the clipboard; Word adds one to every text, which is what is meant then.
  pasted(event) {
    const { files } = event.clipboardData ?? {};
    if (!files?.length || event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    event.stopPropagation();
    this.take(files, true);
  }

  take(files, isText) {
    for (const file of files) this.send(file, isText);
  }

  send(file, isText) {
    const request = new XMLHttpRequest();
    const line = new Line(file.name, this.words, () => request.abort());
    const end = (sentence) => {
      this.running.delete(request);
      line.end(sentence);
      this.say(sentence);
    };
    request.open("POST", this.part.dataset.uploads);
    request.upload.addEventListener("progress", (event) => line.show(event.loaded / event.total));
    request.addEventListener("load", () => {
      const answer = read(request);
      if (request.status !== 201) return end(answer.error ?? fill(this.words.failed, file.name));
      this.running.delete(request);
      this.add(line.element, answer, isText);
      this.say(fill(this.words.done, answer.name));
    });
    request.addEventListener("error", () => end(fill(this.words.failed, file.name)));
    request.addEventListener("abort", () => end(fill(this.words.cancelled, file.name)));
    this.running.add(request);
    this.list.append(line.element);
    request.send(this.data({ target: this.part.dataset.target, files: file }));
  }

  data(values) {
    const data = new FormData();
    data.append("csrf_token", this.form.elements.csrf_token.value);
    for (const [name, value] of Object.entries(values)) data.append(name, value);
    return data;
  }

  add(line, answer, isText) {
    const known = this.list.querySelector(`[data-file="${answer.id}"]`);
    const page = new DOMParser().parseFromString(answer.html, "text/html");
    const row = known ?? page.querySelector("li");
    if (known) line.remove();
    else line.replaceWith(row);
    this.offerInsert(row);
    if (isText) this.insert(row);
    row.querySelector("[data-description]")?.focus();
    this.form.dispatchEvent(new Event("change"));
  }

  offerInsert(row) {
    const remove = row.querySelector("button[name=drop_file]");
    if (!remove || row.querySelector("[data-insert]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = remove.className;
    button.dataset.insert = "";
    button.setAttribute("aria-label", `${nameOf(row)}: ${this.words.insert}`);
    const label = document.createElement("span");
    label.className = "kern-label";
    label.textContent = this.words.insert;
    button.append(label);
    remove.before(button);
  }

  insert(row) {
    const isImage = Boolean(row.querySelector("img"));
    this.text.insert(`/anhaenge/${row.dataset.file}`, nameOf(row), isImage);
  }

  clicked(event) {
    const row = event.target.closest("[data-file]");
    if (!row) return;
    if (event.target.closest("[data-insert]")) this.insert(row);
    if (!event.target.closest("button[name=drop_file]")) return;
    event.preventDefault();
    this.remove(row);
  }

  async remove(row) {
    const path = `/anhaenge/${row.dataset.file}`;
    const answer = await fetch(`${path}/entfernen`, { method: "POST", body: this.data({}) });
    if (!answer.ok && answer.status !== 404) return this.say(fill(this.words.failed, nameOf(row)));
    this.text.remove(path);
    this.say(fill(this.words.removed, nameOf(row)));
    row.remove();
    this.input.focus();
    this.form.dispatchEvent(new Event("change"));
  }

  changed({ target }) {
    const row = target.closest("[data-file]");
    if (!row || !target.matches("[data-description]")) return;
    const path = `/anhaenge/${row.dataset.file}/beschreibung`;
    fetch(path, { method: "POST", body: this.data({ [target.name]: target.value }) });
  }

  // What is still on its way would not be sent with the text.
  sending(event) {
    if (!this.running.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.say(this.words.wait);
    this.part.scrollIntoView({ block: "nearest" });
  }

  say(sentence) {
    this.status.textContent = sentence;
  }
}

// One file on its way: its name, how far it is, a button to stop it.
class Line {
  constructor(name, words, stop) {
    Object.assign(this, { name, words });
    this.element = document.createElement("li");
    this.element.className = "upload";
    this.text = document.createElement("div");
    this.text.className = "upload__text";
    this.label = document.createElement("p");
    this.label.className = "upload__name";
    this.label.textContent = name;
    this.bar = document.createElement("progress");
    this.bar.max = 1;
    this.bar.setAttribute("aria-label", name);
    this.stop = document.createElement("button");
    this.stop.type = "button";
    this.stop.className = "kern-btn kern-btn--tertiary kern-btn--small";
    this.stop.setAttribute("aria-label", fill(words.cancel, name));
    const label = document.createElement("span");
    label.className = "kern-label";
    label.textContent = words.stop;
    this.stop.append(label);
    this.stop.addEventListener("click", stop);
    this.text.append(this.label, this.bar);
    this.element.append(this.text, this.stop);
  }

  show(part) {
    this.bar.value = part;
    const percent = Math.round(part * 100);
    this.label.textContent = fill(this.words.progress, this.name).replace("{percent}", percent);
  }

  end(sentence) {
    this.bar.remove();
    this.stop.remove();
    this.label.className = "field__error";
    this.label.textContent = sentence;
  }
}

function fill(words, name) {
  return words.replace("{name}", name);
}

function nameOf(row) {
  return row.querySelector(".upload__name a").textContent;
}

function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {}; // a page instead of an answer: signed out, or too large for the server
  }
}
