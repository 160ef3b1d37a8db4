// The line to the desk: posts one thing after the other until each is acknowledged, and reads what comes.
// Nothing is kept in the browser before the first message; no cookie at all.

/** Storage that may be forbidden: what cannot be kept is kept for as long as the page lives. */
class Kept {
  constructor(area, name) {
    this.area = area;
    this.name = name;
    this.value = null;
    try {
      this.value = JSON.parse(window[area].getItem(name));
    } catch {
      this.value = null;
    }
  }

  set(value) {
    this.value = value;
    try {
      if (value === null) window[this.area].removeItem(this.name);
      else window[this.area].setItem(this.name, JSON.stringify(value));
    } catch {
      // Private windows and strict settings: the page's own memory has to do.
    }
  }
}

const pause = (seconds, signal) =>
  new Promise((done) => {
    const timer = setTimeout(done, seconds * 1000);
    signal?.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
  });

const backoff = (tries) => Math.min(15, 0.5 * 2 ** tries) * (0.75 + Math.random() / 2);

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const SILENCE = 40; // seconds without even a heartbeat: the line is dead
const FIRST_WORD = 8; // seconds; a proxy that holds the stream back longer is asked again and again instead

class Line {
  /** `hear` gets {chat}, {acknowledged}, {refused}, {connected} or {expired}, one at a time. */
  constructor(server, hear) {
    this.server = server;
    this.hear = hear;
    this.token = new Kept("localStorage", `guichet:${server}`);
    this.waiting = new Kept("sessionStorage", `guichet:waiting:${server}`);
    this.queue = Array.isArray(this.waiting.value) ? this.waiting.value : [];
    this.cursor = "";
    this.posting = false;
    this.reading = null;
    this.naps = new Set();
    this.lost = false;
  }

  get begun() {
    return Boolean(this.token.value);
  }

  /** Go on with a session of this browser, if there is one. */
  resume() {
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    window.addEventListener("storage", (event) => {
      if (event.key !== this.token.name || !event.newValue || this.begun) return;
      this.token.value = JSON.parse(event.newValue);
      this.read();
    });
    if (this.begun) this.read();
    if (this.queue.length) this.post();
  }

  /** Queue one thing: {text} or {button, turn} or {file}. It keeps its id however often it is sent. */
  say(thing, lang) {
    const item = { id: newId(), lang, ...thing };
    this.queue.push(item);
    this.keepQueue();
    this.post();
    return item;
  }

  stop() {
    this.reading?.abort();
    this.reading = null;
  }

  /** Wait for the next try, or until there is reason to hope. */
  async nap(seconds) {
    const waking = new AbortController();
    this.naps.add(waking);
    await pause(seconds, waking.signal);
    this.naps.delete(waking);
  }

  hurry() {
    for (const waking of this.naps) waking.abort();
  }

  sayConnected(connected) {
    if (connected && this.lost) this.hurry();
    this.lost = !connected;
    this.hear({ connected });
  }

  keepQueue() {
    const lasting = this.queue.filter((item) => !item.file);
    this.waiting.set(lasting.length ? lasting : null);
  }

  async post() {
    if (this.posting) return;
    this.posting = true;
    let tries = 0;
    let item;
    while ((item = this.queue[0])) {
      const seconds = await this.postOne(item, tries).catch(() => backoff(tries));
      tries = seconds ? tries + 1 : 0;
      if (!seconds) continue;
      if (tries > 1) this.sayConnected(false);
      await this.nap(seconds);
    }
    this.posting = false;
  }

  /** Send one item. Gives the seconds to wait before it is tried again, 0 when it is settled. */
  async postOne(item, tries) {
    if (!this.begun && !(await this.begin())) return backoff(tries);
    const answer = await fetch(...this.order(item));
    if (answer.ok) return this.settle(item, { acknowledged: item.id });
    if (answer.status === 401) return this.forget();
    if (answer.status === 429) return Number(answer.headers.get("Retry-After")) || backoff(tries);
    if (answer.status >= 500) return backoff(tries);
    const why = await answer.json().catch(() => ({}));
    return this.settle(item, { refused: item.id, why });
  }

  settle(item, news) {
    this.queue = this.queue.filter((one) => one !== item);
    this.keepQueue();
    this.sayConnected(true);
    this.hear(news);
    if (!this.reading) this.read();
    return 0;
  }

  order(item) {
    const bearer = { Authorization: `Bearer ${this.token.value}` };
    if (item.file) {
      const headers = { ...bearer, "X-Message-Id": item.id, "X-File-Name": encodeURIComponent(item.file.name), "X-Lang": item.lang };
      return [`${this.server}/chat/files`, { method: "POST", headers, body: item.file }];
    }
    const { id, text, button, turn, lang } = item;
    const headers = { ...bearer, "Content-Type": "application/json" };
    return [`${this.server}/chat/messages`, { method: "POST", headers, body: JSON.stringify({ id, text, button, turn, lang }) }];
  }

  async begin() {
    const answer = await fetch(`${this.server}/chat/session`, { method: "POST" });
    if (!answer.ok) return false;
    this.token.set((await answer.json()).token);
    return true;
  }

  /** The server does not know the token any more: begin anew, what waits goes to the new session. */
  forget() {
    this.stop();
    this.token.set(null);
    this.cursor = "";
    this.hear({ expired: true });
    return 0.1;
  }

  async read() {
    if (this.reading || !this.begun) return;
    const reading = (this.reading = new AbortController());
    let tries = 0;
    while (this.reading === reading) {
      const heard = await this.stream(reading).catch(() => false);
      if (this.reading !== reading) return;
      tries = heard ? 0 : tries + 1;
      if (tries > 1) this.sayConnected(false);
      await this.nap(heard ? 0.2 : backoff(tries));
    }
  }

  /** Read one stream to its end; tells whether anything was heard. */
  async stream(reading) {
    const attempt = new AbortController();
    const end = () => attempt.abort();
    reading.signal.addEventListener("abort", end);
    let watch = setTimeout(end, FIRST_WORD * 1000);
    let heard = false;
    try {
      const headers = { Authorization: `Bearer ${this.token.value}`, Accept: "text/event-stream" };
      if (this.cursor) headers["Last-Event-ID"] = this.cursor;
      const answer = await fetch(`${this.server}/chat/events`, { headers, signal: attempt.signal, cache: "no-store" });
      if (answer.status === 401) return this.forget() && false;
      if (!answer.ok) return false;
      for await (const event of events(answer.body)) {
        clearTimeout(watch);
        watch = setTimeout(end, SILENCE * 1000);
        heard = true;
        if (event.data) this.told(JSON.parse(event.data));
      }
    } catch (error) {
      if (!heard && attempt.signal.aborted && !reading.signal.aborted) return await this.ask();
    } finally {
      clearTimeout(watch);
      reading.signal.removeEventListener("abort", end);
    }
    return heard;
  }

  async ask() {
    const headers = { Authorization: `Bearer ${this.token.value}` };
    const answer = await fetch(`${this.server}/chat/lines?after=${this.cursor}`, { headers, cache: "no-store" });
    if (answer.ok) this.told(await answer.json());
    return answer.ok;
  }

  /** The content of a file of this chat; null where it cannot be had, also not a little later. */
  async fetchFile(ref) {
    for (let tries = 0; tries < 6; tries += 1) {
      const headers = { Authorization: `Bearer ${this.token.value}` };
      const answer = await fetch(`${this.server}/chat/files/${encodeURIComponent(ref)}`, { headers, cache: "no-store" }).catch(() => null);
      if (answer?.ok) return answer.blob();
      if (answer && answer.status < 500 && answer.status !== 429) return null;
      await this.nap(backoff(tries));
    }
    return null;
  }

  told(chat) {
    this.cursor = chat.cursor;
    this.sayConnected(true);
    this.hear({ chat });
  }
}

/** Cut a byte stream into server-sent events. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).replace(/\r\n?/g, "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").filter((line) => line.startsWith("data:"));
      yield { data: data.map((line) => line.slice(5).trimStart()).join("\n") };
    }
  }
}
