// The panel: what it is made of, and every fixed text in the language of the moment. What it does is in element.js.

class GuichetPanel extends HTMLElement {
  firstLanguage() {
    const told = [this.kept.value, this.getAttribute("lang"), document.documentElement.lang, ...(navigator.languages ?? [])];
    return told.map((one) => String(one ?? "").slice(0, 2)).find((one) => one in WORDS) ?? "en";
  }

  get words() {
    return WORDS[this.lang];
  }

  build() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.buildHead();
    this.buildLog();
    this.buildComposer();
    this.panel = make("section", { class: this.inline ? "panel inline" : "panel", hidden: !this.inline }, this.head, this.view, this.banner, this.composer, this.foot);
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
    this.view = make("div", { class: "scroll", tabindex: "0" }, this.welcome, this.log, this.typing);
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
    this.view.setAttribute("aria-label", words.log);
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
}
