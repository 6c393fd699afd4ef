/* Single keys on the moderation's queue: j, k, o, x and ?. They rest while a field has focus and can be switched off. */

const STORE = "moderation-tasten";
const list = document.querySelector("[data-queue]");
const help = document.querySelector("[data-queue-keys]");

function links() {
  return [...list.querySelectorAll("[data-queue-item] h2 a")];
}

function here() {
  const item = document.activeElement?.closest("[data-queue-item]");
  return item ? [...list.querySelectorAll("[data-queue-item]")].indexOf(item) : -1;
}

function go(step) {
  const all = links();
  const to = Math.min(all.length - 1, Math.max(0, here() + step));
  all[to].focus();
}

function isWriting(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

const acts = {
  j: () => go(1),
  k: () => go(here() < 0 ? 0 : -1),
  o: () => links()[here()]?.click(),
  x: () => list.querySelectorAll("[data-queue-item] input[type=checkbox]")[here()]?.click(),
  "?": () => {
    help.open = true;
    help.querySelector("summary").focus();
  },
};

if (list && help) {
  const box = help.querySelector("[data-queue-switch]");
  help.hidden = false;
  try {
    box.checked = localStorage.getItem(STORE) !== "aus";
  } catch {
    box.checked = true; // a browser that keeps nothing
  }
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(STORE, box.checked ? "an" : "aus");
    } catch {
      // kept for this page only
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
