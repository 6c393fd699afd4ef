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

const ICONS = { success: "check-circle", warning: "warning", error: "danger" };
const SVG = "http://www.w3.org/2000/svg";

/** The icon of a kind, from the sprite that the page already uses. */
const icon = (kind) => {
  const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0];
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${ICONS[kind] ?? "info"}`);
  picture.append(use);
  return picture;
};

/** Shows `text` at the edge of the page; kind: info | success | warning | error. Stays `seconds` (0: until closed). */
export function toast(text, kind = "info", seconds = 8) {
  const place = region();
  if (!place) return;
  const box = document.createElement("div");
  box.className = `toast toast--${kind}`;
  const words = document.createElement("p");
  words.textContent = text;
  box.append(icon(kind), words);
  addClose(box);
  place.append(box);
  if (seconds > 0 && kind !== "error" && kind !== "warning") {
    let timer = setTimeout(() => box.remove(), seconds * 1000);
    box.addEventListener("mouseenter", () => clearTimeout(timer));
    box.addEventListener("mouseleave", () => (timer = setTimeout(() => box.remove(), 3000)));
  }
}

for (const box of document.querySelectorAll("[data-toast]")) addClose(box);
