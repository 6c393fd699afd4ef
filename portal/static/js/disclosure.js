/* details[data-open-wide] stand open on wide screens; .header__menu closes by Escape and by a click outside; [data-focus-on-load] gets the focus. */
const wide = matchMedia("(min-width: 48em)");
for (const details of document.querySelectorAll("details[data-open-wide]")) {
  if (wide.matches) details.open = true;
}

for (const menu of document.querySelectorAll(".header__menu")) {
  const summary = menu.querySelector("summary");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

document.querySelector("[data-focus-on-load]")?.focus();
