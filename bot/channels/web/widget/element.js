// <guichet-chat>: a button in the corner that opens a panel, or with `inline` the panel itself.
// Attributes: lang, server (address of the desk), desk (its name), starters (JSON: lang -> phrases), inline.

const HOME = new URL(document.currentScript?.src ?? location.href).origin;
const LANGUAGE_ORDER = /^\/lang (fr|en)$/;
const GAP = 10 * 60 * 1000; // a longer silence shows the time again

class GuichetChat extends GuichetPanel {
  connectedCallback() {
    if (this.shadowRoot) {
      this.line.read(); // moved to another place on the page
      return;
    }
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

  /** Fetch a file and hand it to the browser to keep: the token that opens it stands in no address. */
  async save(file) {
    this.trouble.textContent = "";
    const content = await this.line.fetchFile(file.ref);
    if (!content) {
      this.trouble.textContent = this.words.noFile(file.name);
      return;
    }
    const address = URL.createObjectURL(content);
    make("a", { href: address, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
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
    return messageRow(line, this.lang, this.server, (button, turn) => this.press(button, turn), (file) => this.save(file));
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
    requestAnimationFrame(() => (this.view.scrollTop = this.view.scrollHeight));
  }
}

if (!customElements.get("guichet-chat")) customElements.define("guichet-chat", GuichetChat);
