/* The time slider of the live map. Its steps are the choices of the form that works without a script; each step loads the
   page of that moment and takes its list and legend, and tells the map by the event "moment". */
const host = document.querySelector("[data-moments]");
const box = host.querySelector("[data-moment-slider]");
const range = host.querySelector("[data-moment-range]");
const shown = host.querySelector("[data-moment-text]");
const player = host.querySelector("[data-moment-play]");
const select = host.querySelector("select[name=zeit]");
const PARTS = ["liste", "flaeche"];
const WAIT = 150;
const PACE = 1200;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const kinds = Object.fromEntries(
  ["hour", "day"].map((kind, number) => [kind, [...(select.querySelectorAll("optgroup")[number]?.children ?? [])].map(({ value, text }) => ({ value, text }))]),
);
const now = { value: "", text: host.dataset.now };
let kind = "hour";
let waiting = 0;
let playing = 0;
let wanted = 0;

const steps = () => [...kinds[kind], now];
const current = () => steps()[Number(range.value)] ?? now;

function say() {
  const { text } = current();
  shown.textContent = text;
  range.setAttribute("aria-valuetext", text);
}

function address(value) {
  const url = new URL(location.href);
  url.searchParams.delete("tag");
  if (value) url.searchParams.set("zeit", value);
  else url.searchParams.delete("zeit");
  return url;
}

/** Takes the list and the legend of the moment from its page. */
async function show() {
  const { value } = current();
  const number = (wanted += 1);
  const url = address(value);
  document.dispatchEvent(new CustomEvent("moment", { detail: { at: value } }));
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== wanted) return;
  for (const part of PARTS) {
    const fresh = page.querySelector(`[data-moment-part=${part}]`);
    const old = document.querySelector(`[data-moment-part=${part}]`);
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  }
  select.value = value;
  history.replaceState(null, "", url);
}

function moved(wait = WAIT) {
  say();
  clearTimeout(waiting);
  waiting = setTimeout(() => show().catch(failed), wait);
}

function step(by) {
  const next = Math.min(Number(range.max), Math.max(0, Number(range.value) + by));
  if (String(next) === range.value) return false;
  range.value = next;
  return true;
}

function stop() {
  clearTimeout(playing);
  playing = 0;
  mark(false);
}

function failed() {
  stop();
  shown.textContent = host.dataset.failed;
}

function mark(on) {
  player.setAttribute("aria-pressed", String(on));
  player.querySelector("[data-play-icon]").hidden = on;
  player.querySelector("[data-pause-icon]").hidden = !on;
}

async function run() {
  say();
  const started = performance.now();
  try {
    await show();
  } catch {
    failed();
    return;
  }
  if (!playing) return;
  playing = setTimeout(() => (step(1) ? run() : stop()), Math.max(0, PACE - (performance.now() - started)));
}

function play() {
  if (playing) {
    stop();
    return;
  }
  if (range.value === range.max) range.value = 0;
  playing = 1;
  mark(true);
  run();
}

/** Where nobody wants motion there are the steps alone. */
function calmly() {
  player.hidden = calm.matches;
  if (calm.matches) stop();
}

function choose(next) {
  kind = next;
  range.max = kinds[kind].length;
  const at = kinds[kind].findIndex(({ value }) => value === select.value);
  range.value = at < 0 ? range.max : at;
}

const asked = new URL(location.href).searchParams.get("zeit") ?? "";
choose(kinds.day.some(({ value }) => value === asked) ? "day" : "hour");
host.querySelector(`[name=schritte][value=${kind}]`).checked = true;
range.setAttribute("aria-valuetext", shown.textContent);
box.hidden = false;
range.addEventListener("input", () => { stop(); moved(); });
for (const button of host.querySelectorAll("[data-moment-step]")) {
  button.addEventListener("click", () => { stop(); if (step(Number(button.dataset.momentStep))) moved(0); });
}
for (const radio of host.querySelectorAll("[name=schritte]")) {
  radio.addEventListener("change", () => { stop(); choose(radio.value); moved(0); });
}
host.querySelector("[data-moment-now]").addEventListener("click", () => { stop(); range.value = range.max; moved(0); });
player.addEventListener("click", play);
calm.addEventListener("change", calmly);
calmly();
