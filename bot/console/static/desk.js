// Keeps the desk's page fresh: asks for it again and puts in what changed. Without it the page works, and stands still.
const EVERY = 4000;

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
  if (answer.status === 401) return location.reload();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const news = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (news) replace(part, news);
  }
}

/** Put new content in only where there is any, keeping open what is open, the focus and the place on the page. */
function replace(part, news) {
  if (part.dataset.seen === news.innerHTML) return;
  const first = part.dataset.seen === undefined;
  part.dataset.seen = news.innerHTML;
  if (first && part.innerHTML === news.innerHTML) return;
  const open = [...part.querySelectorAll("details")].map((one) => one.open);
  const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const atEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 60;
  part.replaceChildren(...news.childNodes);
  part.querySelectorAll("details").forEach((one, place) => (one.open = Boolean(open[place])));
  if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  if (atEnd) part.scrollTop = part.scrollHeight;
}

const turns = document.querySelector(".turns");
if (turns) turns.scrollTop = turns.scrollHeight;
setInterval(() => refresh().catch(() => undefined), EVERY);

// j and k walk the list.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const cards = [...document.querySelectorAll(".card")];
  const here = cards.findIndex((card) => card === document.activeElement || card.getAttribute("aria-current"));
  cards[Math.min(cards.length - 1, Math.max(0, here + step))]?.focus();
});
