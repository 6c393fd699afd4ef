/* One time axis for all lines of a chart, and what is said about one moment. */
import uPlot from "../vendor/uplot/uPlot.esm.js";
import { say, when, words } from "./chart_words.js";

/** `{x, series}` on one axis: null is a gap, undefined a moment at which only other lines have a value. */
export function aligned(data) {
  if (!data.series.some((series) => series.x)) return { x: data.x, series: data.series };
  const tables = data.series.map((series) => {
    const x = series.x ?? data.x;
    const none = x.map(() => null);
    return [x, series.values, series.low ?? none, series.high ?? none];
  });
  const [x, ...columns] = uPlot.join(tables);
  const series = data.series.map((one, index) => ({
    ...one,
    values: columns[index * 3],
    low: one.low && columns[index * 3 + 1],
    high: one.high && columns[index * 3 + 2],
  }));
  return { x, series };
}

/** What a screen reader and the line below the chart say about the values at an index. */
export function sentence(data, index) {
  const second = data.x[index];
  const said = data.series.filter((one) => {
    const value = one.values[index];
    return one.points ? typeof value === "number" : value !== undefined || data.series.length === 1;
  });
  const values = said.map((one) => {
    const name = data.series.length > 1 ? `${one.label} ` : "";
    const bad = one.bad?.[second];
    const note = one.notes?.[second];
    const value = bad === undefined ? words(one, one.values[index]) : words(one, bad);
    return `${name}${value}${note ? ` (${note})` : ""}`;
  });
  return `${when(data, second)}: ${values.join(", ")}`;
}

/** Lowest and highest value of a unit's lines between two moments, bands included; null where there is none. */
export function extent(data, unit, from, to) {
  let low = Infinity;
  let high = -Infinity;
  for (const one of data.series) {
    if ((one.unit ?? "") !== unit) continue;
    for (let index = 0; index < data.x.length; index += 1) {
      if (data.x[index] < from || data.x[index] > to) continue;
      for (const value of [one.values[index], one.low?.[index], one.high?.[index]]) {
        if (typeof value !== "number") continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return low <= high ? [low, high] : null;
}

const MOST_ROWS = 400;

/** Fills the table with what the chart shows between two moments, newest first. */
export function fill(table, data, from, to) {
  const row = (cells, notes) => {
    const line = document.createElement("tr");
    cells.forEach((text, index) => {
      const cell = document.createElement(index ? "td" : "th");
      if (index) cell.className = "num";
      else cell.scope = "row";
      cell.textContent = text;
      line.append(cell);
    });
    if (notes !== undefined) line.insertCell().textContent = notes;
    return line;
  };
  const withNotes = data.series.some((one) => one.notes || one.x) || table.tHead.rows[0].cells.length > data.series.length + 1;
  const rows = [];
  for (let index = data.x.length - 1; index >= 0 && rows.length < MOST_ROWS; index -= 1) {
    const second = data.x[index];
    if (second < from || second > to) continue;
    const notes = [];
    const cells = data.series.map((one) => {
      const value = one.bad?.[second] ?? one.values[index];
      if (one.notes?.[second]) notes.push(data.series.length > 1 ? `${one.label}: ${one.notes[second]}` : one.notes[second]);
      else if (value === null && second % 1) notes.push(say("ab hier fehlen Werte", "values are missing from here"));
      return value === undefined ? "" : value === null ? "–" : words({}, value);
    });
    rows.push(row([when(data, second), ...cells], withNotes ? [...new Set(notes)].join("; ") : undefined));
  }
  table.tBodies[0].replaceChildren(...rows);
}
