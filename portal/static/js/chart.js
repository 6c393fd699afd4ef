/* figure[data-chart]: a uPlot chart with direct labels, arrow keys and a spoken value; the table behind it stays.
   Data: {"x": [unix seconds], "series": [{"label", "unit", "values": [number|null]}]} from data-src or data-chart-id;
   series may bring an "x" of their own, "low" and "high" (a band), "notes" and "bad" ({second: words or value}) and
   "points": true (dots without a line). Two units get an axis each. data-zoom: chart_zoom.js. */
import uPlot from "../vendor/uplot/uPlot.esm.js";
import { aligned, extent, fill, sentence } from "./chart_data.js";
import { bands, colour, dash, gutter, label, listed, place, signs, tone } from "./chart_paint.js";
import { element, number, say, ticks, ZONE } from "./chart_words.js";
import { zoomable } from "./chart_zoom.js";

const charts = new WeakMap();

const range = (pair, bars) => {
  if (!pair) return [0, 1];
  const [low, high] = pair;
  const gap = Math.max((high - low) * 0.12, Math.abs(high) * 0.02, 0.5);
  return [bars || (low >= 0 && low - gap < 0) ? 0 : low - gap, high + gap];
};

function draw(figure, state) {
  const { data, plot, readout } = state;
  state.chart?.destroy();
  plot.replaceChildren();
  const ink = colour(figure, "--color-muted");
  const line = colour(figure, "--color-line");
  const paper = colour(figure, "--color-surface");
  const font = `15px ${getComputedStyle(figure).fontFamily}`;
  const bars = figure.dataset.kind === "bars";
  const units = [...new Set(data.series.map((series) => series.unit ?? ""))];
  const right = units.length > 1;
  const scales = data.series.map((series) => `y${Math.min(units.indexOf(series.unit ?? ""), 1)}`);
  const tones = data.series.map((series, index) => colour(figure, tone(index)));
  const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const values = (u, splits) => splits.map((value) => number.format(value));
  const spread = (unit) => ({
    range: (u) => range(extent(data, unit, u.scales.x.min ?? -Infinity, u.scales.x.max ?? Infinity), bars),
  });
  const whole = () => state.window ?? (figure.hasAttribute("data-zoom") && data.from ? [data.from, data.to] : null);
  const options = {
    width: Math.max(plot.clientWidth, 200),
    height: Number(figure.dataset.height) || 260,
    padding: [right ? 26 : 16, gutter(figure, state, right), 0, 0],
    tzDate: (second) => uPlot.tzDate(new Date(second * 1000), ZONE),
    legend: { show: false },
    cursor: { y: false, drag: { x: Boolean(state.zoomTo), y: false, setScale: false }, points: { size: 9 } },
    scales: {
      x: { range: (u, low, high) => whole() ?? [low, high] },
      y0: spread(units[0]),
      ...(right ? { y1: spread(units[1]) } : {}),
    },
    axes: [
      { ...axis, values: ticks, space: 70, size: 36, grid: { show: false } },
      { ...axis, scale: "y0", size: 62, values },
      ...(right ? [{ ...axis, scale: "y1", side: 1, size: 62, values, grid: { show: false } }] : []),
    ],
    series: [
      {},
      ...data.series.map((series, index) => ({
        label: series.label,
        scale: scales[index],
        stroke: tones[index],
        width: 2.5,
        dash: dash(index),
        fill: bars ? tones[index] : undefined,
        paths: bars ? uPlot.paths.bars({ size: [0.7, 48] }) : series.points ? () => null : undefined,
        points: series.points ? { show: true, size: 8, fill: tones[index] } : { show: data.x.length < 3 },
        spanGaps: false,
      })),
    ],
    hooks: {
      drawClear: [(u) => bands(u, data, scales, tones)],
      draw: [(u) => signs(u, data, scales, tones, paper)],
      ready: [(u) => bars || label(figure, state, u, scales, right)],
      setCursor: [
        (u) => {
          if (u.cursor.idx === null || u.cursor.idx === undefined) return;
          state.index = u.cursor.idx;
          speak(state);
        },
      ],
      setSelect: [
        (u) => {
          if (!state.zoomTo || u.select.width < 8) return;
          const from = u.posToVal(u.select.left, "x");
          const to = u.posToVal(u.select.left + u.select.width, "x");
          u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
          state.zoomTo(from, to);
        },
      ],
    },
  };
  state.chart = new uPlot(options, [data.x, ...data.series.map((series) => series.values)], plot);
  figure.toggleAttribute("data-listed", listed(figure, state));
  if (right) {
    const unit = element("span", "chart__label chart__unit", units[1]);
    unit.style.top = "0";
    unit.style.right = "0";
    plot.append(unit);
  }
  if (units[0] && units.length < 3) plot.append(place(element("span", "chart__label chart__unit", units[0]), 0, 0));
  readout.textContent = sentence(data, state.index ?? data.x.length - 1);
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
  const second = state.data.x[state.index];
  if (state.window && (second < state.window[0] || second > state.window[1])) {
    const half = (state.window[1] - state.window[0]) / 2;
    state.zoomTo(second - half, second + half);
  }
  state.chart.setCursor({ left: state.chart.valToPos(second, "x"), top: 10 });
  speak(state);
}

/** A table behind one click, where the server wrote none. */
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
  const noted = data.series.some((one) => one.notes) ? [say("Hinweis", "Note")] : [];
  const units = data.series.map((s) => (s.unit ? `${s.label} (${s.unit})` : s.label));
  for (const name of [say("Zeit", "Time"), ...units, ...noted]) {
    const cell = element("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  grid.createTBody();
  scroll.append(grid);
  details.append(scroll);
  figure.append(details);
  fill(grid, data, -Infinity, Infinity);
}

function begin(figure) {
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
  figure.toggleAttribute("data-drawn", true);
  return { plot, readout };
}

/** Shows `data` in the figure; call again with new data for a live chart. */
export function showChart(figure, data) {
  let state = charts.get(figure);
  if (!data?.x?.length) {
    notice(figure, say("Hier liegen noch keine Werte vor.", "There are no values yet."));
    return;
  }
  if (!state) {
    state = begin(figure);
    charts.set(figure, state);
    take(state, data);
    state.base = state.data;
    if (figure.hasAttribute("data-zoom")) follow(figure, state);
    state.plot.addEventListener("keydown", (event) => move(state, event));
    new ResizeObserver(() => {
      if (state.chart && state.plot.clientWidth && state.plot.clientWidth !== state.chart.width) draw(figure, state);
    }).observe(state.plot);
    document.addEventListener("theme-change", () => draw(figure, state));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(figure, state));
    onPaper(figure, state);
    table(figure, state.data);
  } else take(state, data);
  draw(figure, state);
  speak(state);
}

function take(state, data) {
  const read = state.data?.x[state.index];
  state.data = { ...data, ...aligned(data) };
  const { x } = state.data;
  const near = read === undefined || !state.window ? -1 : x.findIndex((second) => second >= read);
  state.index = near < 0 ? x.length - 1 : near;
  state.plot.setAttribute("aria-valuemin", "0");
  state.plot.setAttribute("aria-valuemax", String(x.length - 1));
}

/** Zoom: the table shows the same stretch as the chart. */
function follow(figure, state) {
  const refresh = () => {
    draw(figure, state);
    const grid = figure.querySelector("table");
    if (grid) fill(grid, state.data, ...(state.window ?? [-Infinity, Infinity]));
  };
  zoomable(figure, state, {
    show: refresh,
    load: (data) => {
      take(state, data);
      refresh();
      speak(state);
    },
  });
}

/** On paper a chart is light, whatever the screen is. */
function onPaper(figure, state) {
  addEventListener("beforeprint", () => {
    figure.style.colorScheme = "light";
    draw(figure, state);
  });
  addEventListener("afterprint", () => {
    figure.style.colorScheme = "";
    draw(figure, state);
  });
}

function notice(figure, text) {
  if (figure.querySelector(".chart__notice") || figure.querySelector(".chart__still")) return;
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
