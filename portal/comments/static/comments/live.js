/* Asks now and then whether something new was said and offers it as a button; only a press exchanges the list, never the
   form. Marks what was searched for. */
import { refresh } from "../js/relative-time.js";

const EVERY = 30_000;
const LONGEST = 10 * 60_000;
const offer = document.querySelector("[data-comments-live]");
const list = () => document.querySelector("[data-comments-list]");

/** Marks the searched words within the texts, without touching them. */
const mark = () => {
  if (!globalThis.Highlight || !list()) return;
  const words = list().dataset.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const ranges = [];
  for (const text of list().querySelectorAll(".comment__text")) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (words.length && walker.nextNode()) {
      const node = walker.currentNode;
      const content = node.data.toLowerCase();
      if (content.length !== node.data.length) continue;
      for (const word of words) {
        for (let at = content.indexOf(word); at >= 0; at = content.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          ranges.push(range);
        }
      }
    }
  }
  CSS.highlights.set("comments-found", new Highlight(...ranges));
};

/** Puts the newest first page into the place of the list; the form above stays as it is. */
const exchange = async () => {
  const answer = await fetch(offer.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-comments-list]");
  const known = Number(list().dataset.newest);
  list().replaceWith(document.adoptNode(fresh));
  document.querySelector("[data-comments-count]").textContent = page.querySelector("[data-comments-count]").textContent;
  history.replaceState(null, "", offer.href);
  refresh(fresh);
  offer.hidden = true;
  const first = [...fresh.querySelectorAll(".comment")].find((each) => Number(each.id.split("-").pop()) > known);
  (first ?? fresh.querySelector(".comment"))?.focus();
};

if (offer && list()) {
  let wait = EVERY;
  const ask = async () => {
    if (!document.hidden) {
      try {
        const address = `${offer.dataset.commentsLive}?seit=${list().dataset.newest}`;
        const answer = await fetch(address, { credentials: "omit" }); // the same for everyone, so it comes from the cache
        if (answer.status === 404) return;
        if (!answer.ok) throw new Error(String(answer.status));
        const data = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("data");
        offer.hidden = !Number(data?.value);
        const words = offer.querySelector("[data-comments-live-words]");
        if (!offer.hidden && words.textContent !== data.textContent) words.textContent = data.textContent;
        wait = EVERY;
      } catch {
        wait = Math.min(2 * wait, LONGEST);
      }
    }
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
  offer.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await exchange();
    } catch {
      location.assign(offer.href);
      location.reload();
    }
  });
}

mark();
