// What comes from Word, Outlook or a web page: keep headings, lists, tables and links.
const MARKER = /^[\s\u00a0]*(?:\(?[0-9]+[.)]|\(?[a-zA-Z][.)]|[ivxIVX]+[.)])/;

export function cleanPasted(html) {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  for (const rubbish of page.querySelectorAll("style, script, meta, link, title, xml, o\\:p:empty")) {
    rubbish.remove();
  }
  makeHeadings(page);
  makeLists(page);
  for (const image of page.querySelectorAll("img")) {
    const own = /^(\/anhaenge\/\d+)\/vorschau$/.exec(image.getAttribute("src") ?? "");
    if (own) image.setAttribute("src", own[1]);
    else if (!/^https:/.test(image.getAttribute("src") ?? "")) image.remove();
  }
  for (const table of page.querySelectorAll("table")) makeTable(page, table);
  for (const link of page.querySelectorAll("a:not([href]), a[href^='#'], a[href^='file:']")) {
    link.replaceWith(...link.childNodes);
  }
  for (const paragraph of page.querySelectorAll("p, div")) {
    if (isEmpty(paragraph)) paragraph.remove();
  }
  return page.body.innerHTML.replace(/<!--[\s\S]*?-->/g, "").replace(/&nbsp;/g, " ");
}

// The policy of the page forbids inline style even in what is only looked through.
function withoutStyles(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

function isEmpty(element) {
  return !element.textContent.replace(/\u00a0/g, " ").trim() && !element.querySelector("img, hr, table, li");
}

function rename(page, element, name) {
  const renamed = page.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

// Old versions of Word write headings as paragraphs with a class.
function makeHeadings(page) {
  for (const element of page.querySelectorAll("p[class*='Heading'], p[class*='berschrift'], p.MsoTitle")) {
    const level = /(\d)/.exec(element.className)?.[1] ?? "1";
    rename(page, element, `h${Math.min(6, Number(level))}`);
  }
}

// Word writes lists as paragraphs: the marker is text, the level stands in the style.
function makeLists(page) {
  const levels = [];
  let last = null;
  for (const paragraph of page.querySelectorAll("p[data-style*='mso-list']")) {
    const level = Number(/level(\d+)/.exec(paragraph.getAttribute("data-style"))?.[1] ?? 1);
    const kind = MARKER.test(takeMarker(paragraph)) ? "ol" : "ul";
    if (previousOf(paragraph) !== last || !last) levels.length = 0;
    while (levels.length > level) levels.pop();
    while (levels.length < level) levels.push(openList(page, paragraph, levels.at(-1), kind));
    const item = rename(page, paragraph, "li");
    levels.at(-1).append(item);
    last = levels[0];
  }
}

function previousOf(paragraph) {
  return paragraph.previousElementSibling;
}

function openList(page, paragraph, parent, kind) {
  const list = page.createElement(kind);
  if (!parent) paragraph.before(list);
  else (parent.lastElementChild ?? parent.appendChild(page.createElement("li"))).append(list);
  return list;
}

function takeMarker(paragraph) {
  const marker = paragraph.querySelector("span[data-style*='mso-list:Ignore'], span[data-style*='mso-list: Ignore']");
  const text = marker?.textContent ?? paragraph.textContent;
  marker?.remove();
  if (!marker) paragraph.innerHTML = paragraph.innerHTML.replace(/^(\s|&nbsp;)*[·•o§-](\s|&nbsp;)+/, "");
  return text;
}

// Tables in Markdown begin with a line of headings, and a cell is one line.
function makeTable(page, table) {
  for (const cell of table.rows[0]?.cells ?? []) if (cell.tagName === "TD") rename(page, cell, "th");
  for (const cell of table.querySelectorAll("td, th")) {
    const lines = [...cell.querySelectorAll("p")].map((line) => line.innerHTML.trim()).filter(Boolean);
    if (lines.length) cell.innerHTML = lines.join(" ");
    for (const span of ["rowspan", "colspan"]) cell.removeAttribute(span);
  }
}
