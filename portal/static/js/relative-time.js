/* <time data-relative datetime="…">: shows "vor 3 Minuten" and keeps the exact date as title. `relative(date)` for other modules. */
const language = document.documentElement.lang.startsWith("en") ? "en" : "de";
const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const STEPS = [
  ["minute", 60],
  ["hour", 3600],
  ["day", 86400],
];

/** Distance from now in words; null where it is more than six days away (the date then says more). */
export function relative(date, now = new Date()) {
  const seconds = (date - now) / 1000;
  const size = Math.abs(seconds);
  if (size < 45) return language === "en" ? "just now" : "gerade eben";
  if (size > 6 * 86400) return null;
  const [unit, length] = STEPS.findLast(([, from]) => size >= from) ?? STEPS[0];
  return words.format(Math.round(seconds / length), unit);
}

export function refresh(root = document) {
  for (const element of root.querySelectorAll("time[data-relative]")) {
    const date = new Date(element.dateTime);
    if (Number.isNaN(date.getTime())) continue;
    element.title ||= element.textContent.trim();
    element.textContent = relative(date) ?? element.title;
  }
}

refresh();
setInterval(() => refresh(), 30_000);
