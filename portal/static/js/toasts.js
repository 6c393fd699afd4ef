/* Toasts: polite messages that never take the focus. `toast(text, kind)` for other modules; server messages get a close button. */
const region = () => document.querySelector("[data-toasts]");

const addClose = (box) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast__close";
  button.setAttribute("aria-label", document.documentElement.lang === "en" ? "Close message" : "Meldung schließen");
  button.textContent = "×";
  button.addEventListener("click", () => box.remove());
  box.append(button);
};

/** Shows `text` at the edge of the page; kind: info | success | warning | error. Stays `seconds` (0: until closed). */
export function toast(text, kind = "info", seconds = 8) {
  const place = region();
  if (!place) return;
  const box = document.createElement("div");
  box.className = `toast toast--${kind}`;
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  addClose(box);
  place.append(box);
  if (seconds > 0 && kind !== "error" && kind !== "warning") {
    let timer = setTimeout(() => box.remove(), seconds * 1000);
    box.addEventListener("mouseenter", () => clearTimeout(timer));
    box.addEventListener("mouseleave", () => (timer = setTimeout(() => box.remove(), 3000)));
  }
}

for (const box of document.querySelectorAll("[data-toast]")) addClose(box);
