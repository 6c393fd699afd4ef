/* [data-copy="id"]: copies the text or value of that element; rows marked data-copy-row appear only with a script. */
import { say } from "../js/chart_words.js";
import { toast } from "../js/toasts.js";

document.querySelectorAll("[data-copy-row]").forEach((row) => {
  row.hidden = !navigator.clipboard;
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    toast(say("Kopiert.", "Copied."), "success");
  } catch {
    source.focus();
    source.select?.();
    toast(say("Bitte mit der Tastatur kopieren.", "Please copy with the keyboard."), "info");
  }
});
