// What the panel is made of.

/** Make an element: attributes by name, `on...` for listeners, children as nodes or plain text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const ICONS = {
  mark: '<path d="M5 19v-8a7 7 0 0 1 14 0v8"/><path d="M2.5 19h19"/><path d="M9 15.5a3 3 0 0 1 6 0z"/><path d="M12 11v1.2"/>',
  human: '<circle cx="12" cy="8" r="3.6"/><path d="M5 20c.6-4 3.4-6 7-6s6.4 2 7 6"/>',
  send: '<path d="M5 12h13M12.5 6l6 6-6 6"/>',
  attach: '<path d="M19 11.5l-7 7a4.6 4.6 0 0 1-6.5-6.5l7.5-7.5a3.1 3.1 0 0 1 4.4 4.4l-7.2 7.200a1.5 1.5 0 0 1-2.2-2.200l6.3-6.3"/>',
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  file: '<path d="M7 3h7l4 4v14H7z"/><path d="M14 3v4h4"/>',
  check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
};

function icon(name) {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${ICONS[name]}</svg>`;
  return holder.content.firstChild;
}

/** HTML that the server made from Markdown by an allow-list; links into the desk's own pages get its address. */
function serverHtml(html, server) {
  const body = make("div", { class: "text" });
  body.innerHTML = html;
  for (const link of body.querySelectorAll('a[href^="/"]')) link.href = server + link.getAttribute("href");
  return body;
}

/** A file; one that the desk sent is there to be saved. */
function fileCard(file, lang, save) {
  const told = [icon("file"), make("span", { class: "file-name" }, file.name), make("span", { class: "file-size" }, sizeIn(file.size, lang))];
  if (!file.ref) return make("div", { class: "file" }, ...told);
  return make("button", { type: "button", class: "file save", "aria-label": WORDS[lang].save(file.name), onclick: () => save(file) }, ...told);
}

/** One message as the page shows it: who, what, when; `press` is called with a button and its turn, `save` with a file. */
function messageRow(line, lang, server, press, save) {
  const words = WORDS[lang];
  const who = line.name || words.from[line.by];
  const body = make("div", { class: "bubble" });
  if (line.html) body.append(serverHtml(line.html, server));
  if (line.plain) body.append(make("div", { class: "text plain" }, line.plain));
  for (const file of line.files ?? []) body.append(fileCard(file, lang, save));
  const row = make("div", { class: `row ${line.by}`, "data-id": line.id, lang: line.lang ?? false });
  row.append(make("span", { class: line.by === "agent" ? "who" : "who unseen" }, `${who}${line.by === "agent" ? "" : "\u00a0:"}`), body);
  if (line.buttons?.length) row.append(choiceGroup(line, words, press));
  return row;
}

function choiceGroup(line, words, press) {
  const group = make("div", { class: "choices", role: "group", "aria-label": words.answers });
  for (const button of line.buttons) {
    const side = button.id === "human" ? "choice aside" : "choice";
    group.append(make("button", { type: "button", class: side, "data-choice": button.id, onclick: () => press(button, line.turn ?? 0) }, button.label));
  }
  return group;
}

/** A line that is no message: the day, or a change of language. */
const noteRow = (text) => make("div", { class: "note" }, text);
