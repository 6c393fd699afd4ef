/* While someone writes: contributions that say something alike, as links. Never moves the focus, never blocks the form. */
const form = document.querySelector("[data-similar]");

if (form) {
  const box = form.querySelector("[data-similar-box]");
  const list = box.querySelector("[data-similar-list]");
  const status = box.querySelector("[data-similar-status]");
  const fields = ["title", "text"].map((name) => form.elements.namedItem(name));
  let timer = 0;
  let shown = "";
  let asked = 0;

  const draw = (items) => {
    const state = items.map((item) => item.url).join(" ");
    if (state === shown) return;
    shown = state;
    list.replaceChildren(
      ...items.map((item) => {
        const entry = document.createElement("li");
        const link = document.createElement("a");
        link.href = item.url;
        link.target = "_blank";
        link.rel = "noopener";
        link.textContent = item.title;
        entry.append(link, ` · ${item.status}`);
        return entry;
      }),
    );
    box.hidden = items.length === 0;
    const { one, many } = status.dataset;
    status.textContent = items.length === 0 ? "" : items.length === 1 ? one : `${many} ${items.length}`;
  };

  const ask = async () => {
    const turn = ++asked;
    const [titel, text] = fields.map((field) => field.value);
    try {
      const answer = await fetch(`${form.dataset.similar}?${new URLSearchParams({ titel, text: text.slice(0, 1500) })}`);
      if (answer.ok && turn === asked) draw((await answer.json()).items);
    } catch {
      /* no net: the page "Gibt es das schon?" asks again after sending */
    }
  };

  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 600);
    });
  }
}
