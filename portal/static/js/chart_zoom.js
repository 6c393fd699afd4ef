/* Moving through time in a chart with data-zoom: by buttons, keys, dragging and two fingers. It asks the server for finer
   or further values where the chart has an address (data-src), and says the stretch that is shown. */
import { element, say, stretch } from "./chart_words.js";

const SHORTEST = 300; // seconds
const OLDEST = 946684800; // 2000
const WAIT = 250; // milliseconds of rest before the server is asked

const BUTTONS = [
  ["earlier", "Früher", "Earlier"],
  ["later", "Später", "Later"],
  ["nearer", "Näher heran", "Zoom in"],
  ["wider", "Weiter weg", "Zoom out"],
  ["all", "Alles zeigen", "Show all"],
];
const KEYS = { "+": "nearer", "=": "nearer", "-": "wider", "0": "all" };

/** `state` of chart.js gets `window` ([from, to] in seconds) and the buttons; `show` draws and `load` takes new data. */
export function zoomable(figure, state, { show, load }) {
  const base = () => [state.base.from ?? state.base.x[0], state.base.to ?? state.base.x.at(-1)];
  const tools = element("div", "chart__tools");
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", say("Zeit im Diagramm", "Time in the chart"));
  const status = element("p", "chart__stretch");
  status.setAttribute("role", "status");
  const help = element("p", "chart__help", say(
    "Im Diagramm: Pfeiltasten lesen Werte vor, + und − ändern den Ausschnitt, Umschalt und Pfeil verschieben ihn, 0 zeigt alles. Mit der Maus einen Bereich aufziehen, auf dem Telefon mit zwei Fingern.",
    "In the chart: arrow keys read values, + and − change the section, Shift and arrow move it, 0 shows all. Drag with the mouse, or use two fingers.",
  ));
  help.id = `chart-help-${Math.random().toString(36).slice(2, 8)}`;
  state.plot.setAttribute("aria-describedby", help.id);
  let timer = 0;
  let request = null;

  function go(from, to) {
    const [first, last] = base();
    const limit = figure.dataset.src ? OLDEST : first;
    const length = Math.min(Math.max(to - from, SHORTEST), last - limit);
    let start = Math.max(from, limit);
    if (start + length > last) start = last - length;
    state.window = [start, start + length];
    figure.toggleAttribute("data-zoomed", start > first || start + length < last || start < first);
    show();
    status.textContent = stretch(...state.window);
    clearTimeout(timer);
    timer = setTimeout(fetchMore, WAIT);
  }

  async function fetchMore() {
    const { src } = figure.dataset;
    if (!src || !state.window) return;
    const [from, to] = state.window;
    const { data } = state;
    const inside = from >= (data.from ?? -Infinity) - 1 && to <= (data.to ?? Infinity) + 1;
    const whole = (data.to ?? 0) - (data.from ?? 0);
    if (inside && (!data.finer || to - from > whole * 0.6)) return;
    const address = new URL(src, document.baseURI);
    address.searchParams.delete("zeitraum");
    address.searchParams.set("von", new Date(from * 1000).toISOString().slice(0, 19) + "Z");
    address.searchParams.set("bis", new Date(to * 1000).toISOString().slice(0, 19) + "Z");
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const more = await answer.json();
      if (more.x.length) load(more);
      else status.textContent = `${stretch(from, to)}: ${say("keine Werte", "no values")}`;
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = say("Feinere Werte konnten nicht geladen werden.", "Finer values could not be loaded.");
    }
  }

  const act = {
    earlier: ([from, to]) => go(from - (to - from) / 2, to - (to - from) / 2),
    later: ([from, to]) => go(from + (to - from) / 2, to + (to - from) / 2),
    nearer: ([from, to]) => around(from, to, 0.5),
    wider: ([from, to]) => around(from, to, 2),
    all: () => {
      clearTimeout(timer);
      request?.abort();
      state.window = null;
      figure.removeAttribute("data-zoomed");
      load(state.base);
      status.textContent = stretch(...base());
    },
  };

  /** Nearer or wider around the value that is read, where it is in sight. */
  function around(from, to, factor) {
    const read = state.data.x[state.index];
    const middle = read >= from && read <= to ? read : (from + to) / 2;
    const part = (middle - from) / (to - from);
    const length = (to - from) * factor;
    go(middle - length * part, middle + length * (1 - part));
  }

  const now = () => state.window ?? base();
  for (const [key, de, en] of BUTTONS) {
    const button = element("button", "kern-btn kern-btn--tertiary kern-btn--small");
    button.type = "button";
    button.append(element("span", "kern-label", say(de, en)));
    button.addEventListener("click", () => act[key](now()));
    tools.append(button);
  }
  state.plot.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const sideways = { ArrowLeft: "earlier", ArrowRight: "later" }[event.shiftKey ? event.key : ""];
    const key = sideways ?? KEYS[event.key];
    if (!key) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act[key](now());
  });
  pinch(state, now, go);
  state.plot.before(tools);
  state.readout.after(status, help);
  state.zoomTo = go;
}

/** Two fingers: how far they are apart is the length, where they are is the place. */
function pinch(state, now, go) {
  const fingers = new Map();
  let start = null;
  const second = (clientX, [from, to]) => {
    const box = state.chart.over.getBoundingClientRect();
    return from + ((clientX - box.left) / box.width) * (to - from);
  };
  state.plot.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size === 2) {
      const window = now();
      start = { window, at: [...fingers.values()].map((x) => second(x, window)) };
    }
  });
  state.plot.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size !== 2 || !start) return;
    const box = state.chart.over.getBoundingClientRect();
    const parts = [...fingers.values()].map((x) => (x - box.left) / box.width);
    if (Math.abs(parts[0] - parts[1]) < 0.05) return;
    const length = (start.at[0] - start.at[1]) / (parts[0] - parts[1]);
    if (length > 0) go(start.at[0] - parts[0] * length, start.at[0] + (1 - parts[0]) * length);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    state.plot.addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      if (fingers.size < 2) start = null;
    });
  }
}
