/* [data-theme-switch]: radios auto | light | dark; the choice is kept in this browser only. */
const KEY = "darstellung";

const stored = () => {
  try {
    return localStorage.getItem(KEY) ?? "auto";
  } catch {
    return "auto";
  }
};

const apply = (choice) => {
  const root = document.documentElement;
  if (choice === "auto") delete root.dataset.kernTheme;
  else root.dataset.kernTheme = choice;
  try {
    if (choice === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    /* the choice then lasts for this page */
  }
  document.dispatchEvent(new CustomEvent("theme-change"));
};

for (const group of document.querySelectorAll("[data-theme-switch]")) {
  group.hidden = false;
  const current = stored();
  for (const radio of group.querySelectorAll("input[type=radio]")) {
    radio.checked = radio.value === current;
    radio.addEventListener("change", () => apply(radio.value));
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
  document.dispatchEvent(new CustomEvent("theme-change")),
);
