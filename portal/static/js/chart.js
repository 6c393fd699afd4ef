/* figure[data-chart]: a uPlot chart with direct labels, arrow keys and a spoken value; the table behind it stays.
   Data: {"x": [unix seconds], "series": [{"label", "unit", "values": [number|null], "points": true for dots without a
   line}]} from data-src or data-chart-id. */
import uPlot from "../vendor/uplot/uPlot.esm.js";

const english = document.documentElement.lang.startsWith("en");
const say = (de, en) => (english ? en : de);
const locale = english ? "en-GB" : "de-DE";
const ZONE = "Europe/Berlin";
const DAY = 86400;
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const day = format({ day: "numeric", month: "numeric" });
const month = format({ month: "short", year: "numeric" });
const moment = format({ weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
const charts = new WeakMap();

const element = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

/** The colour a token has right here; canvas knows neither var() nor light-dark(). */
const colour = (host, name) => {
  const probe = element("span");
  probe.style.color = `var(${name})`;
  host.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

const ticks = (u, splits, axis, space, step) =>
  splits.map((second) => {
    const date = new Date(second * 1000);
    if (step >= 28 * DAY) return month.format(date);
    if (step >= DAY) return day.format(date);
    const words = clock.format(date);
    return words === "00:00" ? day.format(date) : words;
  });

const words = (series, value) =>
  value === null || value === undefined
    ? say("kein Wert", "no value")
    : `${number.format(value)}${series.unit ? ` ${series.unit}` : ""}`;

const sentence = (data, index) => {
  const when = moment.format(new Date(data.x[index] * 1000));
  const said = data.series.filter((series) => !series.points || typeof series.values[index] === "number");
  const values = said.map((series) => {
    const name = data.series.length > 1 ? `${series.label} ` : "";
    return name + words(series, series.values[index]);
  });
  return `${when}: ${values.join(", ")}`;
};

function draw(figure, state) {
  const { data, plot, readout } = state;
  state.chart?.destroy();
  plot.replaceChildren();
  const ink = colour(figure, "--color-muted");
  const line = colour(figure, "--color-line");
  const font = `15px ${getComputedStyle(figure).fontFamily}`;
  const bars = figure.dataset.kind === "bars";
  const units = [...new Set(data.series.map((series) => series.unit ?? ""))];
  const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const options = {
    width: Math.max(plot.clientWidth, 200),
    height: Number(figure.dataset.height) || 260,
    padding: [16, gutter(figure, state), 0, 0],
    tzDate: (second) => uPlot.tzDate(new Date(second * 1000), ZONE),
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false }, points: { size: 9 } },
    scales: { y: { range: (u, low, high) => range(low, high, bars) } },
    axes: [
      { ...axis, values: ticks, space: 70, size: 36, grid: { show: false } },
      { ...axis, size: 62, values: (u, splits) => splits.map((value) => number.format(value)) },
    ],
    series: [
      {},
      ...data.series.map((series, index) => {
        const tone = colour(figure, `--chart-${(index % 5) + 1}`);
        return {
          label: series.label,
          stroke: tone,
          width: 2.5,
          dash: index ? [[], [8, 5], [2, 5], [12, 4, 2, 4], [4, 4]][index % 5] : undefined,
          fill: bars ? tone : undefined,
          paths: bars ? uPlot.paths.bars({ size: [0.7, 48] }) : series.points ? () => null : undefined,
          points: series.points ? { show: true, size: 8, fill: tone } : { show: data.x.length < 3 },
          spanGaps: false,
        };
      }),
    ],
    hooks: {
      ready: [(u) => bars || label(figure, state, u)],
      setCursor: [
        (u) => {
          if (u.cursor.idx === null || u.cursor.idx === undefined) return;
          state.index = u.cursor.idx;
          speak(state);
        },
      ],
    },
  };
  state.chart = new uPlot(options, [data.x, ...data.series.map((series) => series.values)], plot);
  if (units.length === 1 && units[0]) plot.append(place(element("span", "chart__label chart__unit", units[0]), 0, 0));
  readout.textContent = sentence(data, state.index ?? data.x.length - 1);
}

const range = (low, high, bars) => {
  if (low === null || high === null) return [0, 1];
  const gap = Math.max((high - low) * 0.12, Math.abs(high) * 0.02, 0.5);
  return [bars || (low >= 0 && low - gap < 0) ? 0 : low - gap, high + gap];
};

const place = (node, x, y) => {
  node.style.left = `${x}px`;
  node.style.top = `${y}px`;
  return node;
};

const NARROW = 560;

/** Room on the right for the names of the series; on narrow screens they stand above the plot instead. */
function gutter(figure, { data, plot }) {
  if (data.series.length < 2 || plot.clientWidth < NARROW) return 12;
  const widths = data.series.map((series) => {
    const probe = element("span", "chart__label", series.label);
    plot.append(probe);
    const width = probe.offsetWidth;
    probe.remove();
    return width;
  });
  return Math.max(...widths) + 16;
}

/** Writes each series' name at the end of its line; one below the other where they would touch. */
function label(figure, state, chart) {
  const { data, plot } = state;
  if (data.series.length < 2) return;
  const narrow = plot.clientWidth < NARROW;
  const over = chart.over.getBoundingClientRect();
  const box = plot.getBoundingClientRect();
  const nodes = data.series.map((series, index) => {
    const node = element("span", "chart__label", series.label);
    node.style.color = colour(figure, `--chart-${(index % 5) + 1}`);
    plot.append(node);
    const at = series.values.findLastIndex((value) => value !== null);
    return { node, y: at < 0 ? 0 : chart.valToPos(series.values[at], "y") };
  });
  let left = over.left - box.left + 8;
  let below = -Infinity;
  for (const { node, y } of nodes.sort((a, b) => a.y - b.y)) {
    if (narrow) {
      place(node, left, 0);
      left += node.offsetWidth + 8;
      continue;
    }
    const top = Math.max(y - node.offsetHeight / 2, below);
    below = top + node.offsetHeight;
    place(node, over.right - box.left + 8, top + over.top - box.top);
  }
}

function speak(state) {
  const text = sentence(state.data, state.index);
  state.readout.textContent = text;
  state.plot.setAttribute("aria-valuenow", String(state.index));
  state.plot.setAttribute("aria-valuetext", text);
}

function move(state, event) {
  const last = state.data.x.length - 1;
  const now = state.index ?? last;
  const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last, PageUp: now - 10, PageDown: now + 10 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  state.index = Math.min(Math.max(next, 0), last);
  const left = state.chart.valToPos(state.data.x[state.index], "x");
  state.chart.setCursor({ left, top: 10 });
  speak(state);
}

/** A table behind one click, where the server wrote none; the newest 200 rows. */
function table(figure, data) {
  if (figure.querySelector("table")) return;
  const details = element("details", "disclosure");
  details.append(element("summary", "", say("Werte als Tabelle", "Values as a table")));
  const scroll = element("div", "table-scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", say("Tabelle mit den Werten", "Table of the values"));
  const grid = element("table", "table");
  const head = grid.createTHead().insertRow();
  for (const name of [say("Zeit", "Time"), ...data.series.map((s) => (s.unit ? `${s.label} (${s.unit})` : s.label))]) {
    const cell = element("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  const body = grid.createTBody();
  const from = Math.max(0, data.x.length - 200);
  for (let index = data.x.length - 1; index >= from; index -= 1) {
    const row = body.insertRow();
    const cell = element("th", "", moment.format(new Date(data.x[index] * 1000)));
    cell.scope = "row";
    row.append(cell);
    for (const series of data.series) {
      const value = series.values[index];
      row.append(element("td", "num", value === null || value === undefined ? "–" : number.format(value)));
    }
  }
  scroll.append(grid);
  details.append(scroll);
  figure.append(details);
}

/** Shows `data` in the figure; call again with new data for a live chart. */
export function showChart(figure, data) {
  let state = charts.get(figure);
  if (!data?.x?.length) {
    notice(figure, say("Hier liegen noch keine Werte vor.", "There are no values yet."));
    return;
  }
  if (!state) {
    const caption = figure.querySelector("figcaption");
    const plot = element("div", "chart__plot");
    const readout = element("p", "chart__readout");
    readout.setAttribute("aria-hidden", "true");
    plot.tabIndex = 0;
    plot.setAttribute("role", "slider");
    plot.setAttribute("aria-label", `${say("Diagramm", "Chart")}: ${caption?.textContent.trim() ?? ""}`);
    plot.setAttribute("aria-roledescription", say("Diagramm, Pfeiltasten lesen Werte vor", "chart, arrow keys read values"));
    figure.querySelector(".chart__notice")?.remove();
    if (caption) caption.after(plot, readout);
    else figure.prepend(plot, readout);
    state = { plot, readout };
    charts.set(figure, state);
    plot.addEventListener("keydown", (event) => move(state, event));
    new ResizeObserver(() => {
      if (state.chart && plot.clientWidth && plot.clientWidth !== state.chart.width) draw(figure, state);
    }).observe(plot);
    document.addEventListener("theme-change", () => draw(figure, state));
    table(figure, data);
  }
  state.data = data;
  state.index = data.x.length - 1;
  state.plot.setAttribute("aria-valuemin", "0");
  state.plot.setAttribute("aria-valuemax", String(data.x.length - 1));
  draw(figure, state);
  speak(state);
}

function notice(figure, text) {
  if (figure.querySelector(".chart__notice")) return;
  figure.append(element("p", "chart__notice u-muted", text));
}

async function start(figure) {
  const { chartId, src } = figure.dataset;
  try {
    if (chartId) showChart(figure, JSON.parse(document.getElementById(chartId).textContent));
    else if (src) {
      const answer = await fetch(src, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      showChart(figure, await answer.json());
    }
  } catch {
    notice(
      figure,
      say(
        "Das Diagramm konnte nicht geladen werden. Laden Sie die Seite später noch einmal.",
        "The chart could not be loaded. Please reload the page later.",
      ),
    );
  }
}

document.fonts.ready.then(() => document.querySelectorAll("figure[data-chart]").forEach(start));
