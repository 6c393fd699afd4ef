/* Applies the chosen theme before the first paint. A classic script in <head>: small, and it must block. */
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  if (root.hasAttribute("data-theme-fixed")) return;
  try {
    const choice = localStorage.getItem("darstellung");
    if (choice === "light" || choice === "dark") root.dataset.kernTheme = choice;
  } catch {
    /* storage may be forbidden: the device's choice stays */
  }
})();
