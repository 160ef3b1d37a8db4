// <guichet-chat>: a button in the corner that opens a panel, or with `inline` the panel itself.
// Attributes: lang, server (address of the desk), desk (its name), starters (JSON: lang -> phrases), inline.

const HOME = new URL(document.currentScript?.src ?? location.href).origin;
const LANGUAGE_ORDER = /^\/lang (fr|en)$/;
const GAP = 10 * 60 * 1000; // a longer silence shows the time again

class GuichetChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.server = (this.getAttribute("server") ?? HOME).replace(/\/$/, "");
    this.inline = this.hasAttribute("inline");
    this.kept = new Kept("localStorage", `guichet:lang:${this.server}`);
    this.lang = this.firstLanguage();
    this.lines = new Map();
    this.labels = new Map();
    this.standing = { owner: "nobody", agent: "", busy: false, ticket: "" };
    this.line = new Line(this.server, (news) => this.hear(news));
    this.build();
    this.say();
    this.restore();
  }

  disconnectedCallback() {
    this.line.stop();
  }

  firstLanguage() {
    const told = [this.kept.value, this.getAttribute("lang"), document.documentElement.lang, ...(navigator.languages ?? [])];
    return told.map((one) => String(one ?? "").slice(0, 2)).find((one) => one in WORDS) ?? "en";
  }

  get words() {
    return WORDS[this.lang];
  }

  // -- the panel

  build() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.buildHead();
    this.buildLog();
    this.buildComposer();
    this.panel = make("section", { class: this.inline ? "panel inline" : "panel", hidden: !this.inline }, this.head, this.scroll, this.banner, this.composer, this.foot);
    this.panel.addEventListener("keydown", (event) => this.key(event));
    this.takeDrops();
    if (!this.inline) {
      this.launcher = make("button", { type: "button", class: "launcher", "aria-expanded": "false", onclick: () => this.open() }, icon("mark"));
      root.append(this.launcher);
    }
    root.append(this.panel);
  }

  buildHead() {
    this.name = make("h2", { class: "name" });
    this.status = make("p", { class: "status" });
    this.human = make("button", { type: "button", class: "human", onclick: () => this.press({ id: "human" }, 0) }, icon("human"), make("span"));
    this.languages = make("div", { class: "languages", role: "group" });
    for (const lang of ["fr", "en"]) {
      const choose = () => this.speak(lang);
      this.languages.append(make("button", { type: "button", lang, onclick: choose, "aria-label": WORDS[lang].languageName, "data-lang": lang }, lang.toUpperCase()));
    }
    this.shut = make("button", { type: "button", class: "icon shut", hidden: this.inline, onclick: () => this.close() }, icon("close"));
    const title = make("div", { class: "title" }, this.name, this.status);
    this.head = make("header", { class: "head" }, make("span", { class: "mark" }, icon("mark")), title, this.human, this.languages, this.shut);
  }

  buildLog() {
    this.welcome = make("div", { class: "welcome" });
    this.log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    this.typing = make("div", { class: "typing", hidden: true }, make("i"), make("i"), make("i"), make("span", { class: "unseen", role: "status" }));
    this.scroll = make("div", { class: "scroll", tabindex: "0" }, this.welcome, this.log, this.typing);
    this.banner = make("div", { class: "banner", role: "status", hidden: true });
  }

  buildComposer() {
    this.field = make("textarea", { rows: "1", class: "field", enterkeyhint: "send", autocomplete: "off", id: "message", oninput: () => this.measure() });
    this.label = make("label", { for: "message", class: "unseen" });
    this.picker = make("input", { type: "file", class: "unseen", tabindex: "-1", "aria-hidden": "true", accept: LIMITS.endings.map((one) => `.${one}`).join(","), onchange: () => this.attachAll(this.picker.files) });
    this.clip = make("button", { type: "button", class: "icon clip", onclick: () => this.picker.click() }, icon("attach"));
    this.go = make("button", { type: "submit", class: "go" }, icon("send"));
    this.trouble = make("p", { class: "trouble", role: "alert" });
    this.room = make("p", { class: "room", hidden: true });
    const bar = make("div", { class: "bar" }, this.clip, this.label, this.field, this.go);
    this.composer = make("form", { class: "composer", onsubmit: (event) => this.submit(event) }, this.trouble, bar, this.room, this.picker);
    this.field.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length) event.preventDefault();
      this.attachAll(event.clipboardData?.files ?? []);
    });
    this.privacy = make("a", { href: `${this.server}/privacy`, target: "_blank", rel: "noopener" });
    this.foot = make("p", { class: "foot" });
  }

  /** Write every fixed text in the language of the moment. */
  say() {
    const words = this.words;
    const desk = this.getAttribute("desk");
    this.setAttribute("lang", this.lang);
    this.name.textContent = desk || words.title;
    this.panel.setAttribute("aria-label", desk || words.title);
    this.launcher?.setAttribute("aria-label", words.open);
    this.shut.setAttribute("aria-label", words.close);
    this.log.setAttribute("aria-label", words.log);
    this.scroll.setAttribute("aria-label", words.log);
    this.label.textContent = words.field;
    this.field.placeholder = words.placeholder;
    this.go.setAttribute("aria-label", words.send);
    this.clip.setAttribute("aria-label", words.attach);
    this.clip.title = words.attach;
    this.languages.setAttribute("aria-label", words.language);
    this.typing.lastChild.dataset.words = words.typing;
    this.panel.dataset.drop = words.drop;
    this.privacy.textContent = words.privacy;
    this.privacy.href = `${this.server}/privacy?lang=${this.lang}`;
    this.foot.replaceChildren(`${words.foot} `, this.privacy);
    for (const button of this.languages.children) button.setAttribute("aria-pressed", String(button.dataset.lang === this.lang));
    this.sayWelcome();
    this.sayStanding();
    this.measure();
  }

  sayWelcome() {
    const words = this.words;
    const phrases = (JSON.parse(this.getAttribute("starters") ?? "{}")[this.lang] ?? []).slice(0, 4);
    const starters = phrases.map((phrase) => make("button", { type: "button", class: "starter", onclick: () => this.write(phrase) }, phrase));
    this.welcome.replaceChildren(make("p", { class: "hello" }, words.hello), make("p", { class: "lead" }, words.lead));
    if (starters.length) this.welcome.append(make("div", { class: "starters", role: "group", "aria-label": words.starters }, ...starters));
    this.welcome.hidden = this.lines.size > 0;
  }

  sayStanding() {
    const { owner, agent, ticket } = this.standing;
    const words = this.words;
    const taken = owner === "human";
    const state = taken ? (agent ? words.agent(agent) : words.inTeam) : words.automatic;
    this.status.textContent = taken && ticket ? `${words.ticket(ticket)} · ${state}` : state;
    this.panel.classList.toggle("taken", taken);
    this.human.lastChild.textContent = words.human;
    this.human.disabled = taken;
    this.human.setAttribute("aria-label", taken ? words.humanCalled : words.humanLong);
    this.human.title = taken ? words.humanCalled : words.humanLong;
  }

  // -- what the person does

  open() {
    this.panel.hidden = false;
    this.launcher.setAttribute("aria-expanded", "true");
    this.launcher.classList.remove("news");
    this.toEnd();
    this.field.focus();
  }

  close() {
    if (this.inline) return;
    this.panel.hidden = true;
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.focus();
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      if (this.inline) this.field.focus();
      else this.close();
    }
    if (event.key === "Enter" && event.target === this.field && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.composer.requestSubmit();
    }
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text || [...text].length > LIMITS.text) return;
    this.field.value = "";
    this.measure();
    this.write(text);
    if (!matchMedia("(pointer: coarse)").matches) this.field.focus();
  }

  write(text) {
    this.trouble.textContent = "";
    this.show(this.line.say({ text }, this.lang));
  }

  press(button, turn) {
    this.trouble.textContent = "";
    if (button.label) this.labels.set(`${turn}:${button.id}`, button.label);
    this.show(this.line.say({ button: button.id, turn }, this.lang));
    if (!matchMedia("(pointer: coarse)").matches) this.field.focus();
  }

  speak(lang) {
    if (lang === this.lang) return;
    this.lang = lang;
    this.kept.set(lang);
    this.say();
    this.dispatchEvent(new CustomEvent("guichet-language", { detail: lang, bubbles: true }));
    if (this.line.begun) this.write(`/lang ${lang}`);
  }

  attachAll(files) {
    for (const file of files) this.attachOne(file);
    this.picker.value = "";
  }

  attachOne(file) {
    const words = this.words;
    const ending = file.name.split(".").pop().toLowerCase();
    if (file.size > LIMITS.file) this.trouble.textContent = words.tooLarge(file.name, sizeIn(file.size, this.lang));
    else if (!LIMITS.endings.includes(ending)) this.trouble.textContent = words.badType(file.name, LIMITS.endings.join(", "));
    else if (file.size === 0) this.trouble.textContent = words.emptyFile(file.name);
    else {
      this.trouble.textContent = "";
      this.show(this.line.say({ file }, this.lang));
    }
  }

  takeDrops() {
    let depth = 0;
    const over = (change) => this.panel.classList.toggle("dropping", (depth = Math.max(0, depth + change)) > 0);
    this.panel.addEventListener("dragenter", () => over(1));
    this.panel.addEventListener("dragleave", () => over(-1));
    this.panel.addEventListener("dragover", (event) => event.preventDefault());
    this.panel.addEventListener("drop", (event) => {
      event.preventDefault();
      over(-depth);
      this.attachAll(event.dataTransfer.files);
    });
  }

  measure() {
    const count = [...this.field.value].length;
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    this.room.hidden = count < LIMITS.text * 0.9;
    this.room.textContent = count > LIMITS.text ? this.words.tooLong(count, LIMITS.text) : this.words.room(count, LIMITS.text);
    this.room.classList.toggle("over", count > LIMITS.text);
    this.go.disabled = !this.field.value.trim() || count > LIMITS.text;
  }

  // -- what comes

  /** What was there before this page was loaded: unsent messages, and the chat itself. */
  restore() {
    for (const item of this.line.queue) this.show(item);
    this.log.setAttribute("aria-live", "off");
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 1500);
    this.line.resume();
  }

  hear(news) {
    if (news.connected !== undefined) this.sayConnection(news.connected);
    if (news.acknowledged) this.mark(news.acknowledged, "sent");
    if (news.refused) this.refuse(news.refused, news.why);
    if (news.expired) this.expire();
    if (news.chat) this.take(news.chat);
  }

  take(chat) {
    const fresh = chat.lines.filter((line) => !this.lines.get(line.id)?.stored);
    for (const line of fresh) this.place(line);
    this.standing = chat;
    this.sayStanding();
    this.sayTyping(chat.busy && chat.owner !== "human");
    if (fresh.length) this.settleChoices();
    if (fresh.some((line) => line.by !== "person") && this.panel.hidden) this.launcher.classList.add("news");
    if (fresh.length) this.toEnd();
  }

  /** Show what the person just did, before the desk has it. */
  show(item) {
    const line = { id: item.id, by: "person", at: new Date().toISOString(), plain: item.text, pressed: item.button, turn: item.turn };
    if (item.file) line.files = [item.file];
    this.place(line, "sending");
    this.settleChoices();
    this.toEnd();
  }

  place(line, state = "") {
    const known = this.lines.get(line.id);
    for (const button of line.buttons ?? []) this.labels.set(`${line.turn ?? 0}:${button.id}`, button.label);
    const row = this.rowOf(line);
    if (known) known.row.replaceWith(row);
    else {
      this.sayTime(line);
      this.log.append(row);
    }
    this.lines.set(line.id, { row, line, stored: !state });
    if (line.by === "person") this.mark(line.id, state || "sent");
    this.welcome.hidden = true;
  }

  rowOf(line) {
    const spoken = LANGUAGE_ORDER.exec(line.plain ?? line.html?.replace(/<[^>]*>/g, "") ?? "");
    if (line.by === "person" && spoken) return noteRow(this.words.languageSet(WORDS[spoken[1]].languageName));
    if (line.pressed) line = { ...line, html: "", plain: this.labelOf(line) };
    return messageRow(line, this.lang, this.server, (button, turn) => this.press(button, turn));
  }

  labelOf(line) {
    const told = this.labels.get(`${line.turn ?? 0}:${line.pressed}`);
    return told ?? (line.pressed === "human" ? this.words.humanLong : line.pressed);
  }

  sayTime(line) {
    const at = new Date(line.at);
    if (this.lastAt === undefined || at - this.lastAt > GAP) this.log.append(noteRow(dayIn(at, this.lang)));
    this.lastAt = at;
  }

  /** Buttons answer the latest question: once the person went on, they are gone. */
  settleChoices() {
    const all = [...this.lines.values()];
    const asked = all.findLastIndex((one) => one.line.buttons?.length);
    all.forEach(({ row, line }, place) => {
      if (!line.buttons?.length) return;
      const settled = place !== asked || all.slice(place + 1).some((one) => one.line.by === "person");
      for (const button of row.querySelectorAll("[data-choice]")) button.disabled = settled;
      row.classList.toggle("settled", settled);
    });
  }

  /** Say under the last own message how far it got. */
  mark(id, state) {
    const known = this.lines.get(id);
    if (!known || known.row.classList.contains("note")) return;
    known.row.querySelector(".state")?.remove();
    known.row.classList.toggle("sending", state === "sending");
    known.row.append(make("span", { class: `state ${state}` }, state === "sent" ? icon("check") : "", this.words[state]));
  }

  refuse(id, why) {
    const known = this.lines.get(id);
    this.trouble.textContent = why[this.lang] ?? this.words.refused;
    if (!known) return;
    this.mark(id, "refused");
    if (known.line.plain && !this.field.value) this.field.value = known.line.plain;
    this.measure();
  }

  expire() {
    for (const [id, { line, row, stored }] of [...this.lines]) {
      if (stored || line.by !== "person") this.lines.delete(id), row.remove();
    }
    this.log.prepend(noteRow(this.words.expired));
  }

  sayTyping(busy) {
    clearTimeout(this.typingSoon);
    const set = () => {
      this.typing.hidden = !busy;
      this.typing.lastChild.textContent = busy ? this.typing.lastChild.dataset.words : "";
      if (busy) this.toEnd();
    };
    if (busy && this.typing.hidden) this.typingSoon = setTimeout(set, 250);
    else set();
  }

  sayConnection(connected) {
    this.banner.hidden = connected;
    this.banner.textContent = connected ? "" : this.words.lost;
  }

  toEnd() {
    requestAnimationFrame(() => (this.scroll.scrollTop = this.scroll.scrollHeight));
  }
}

if (!customElements.get("guichet-chat")) customElements.define("guichet-chat", GuichetChat);
