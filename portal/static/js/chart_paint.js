/* What a chart draws beside uPlot's lines: bands from lowest to highest, signs of odd values, names at the lines' ends. */
import { element } from "./chart_words.js";

const DASHES = [[], [8, 5], [2, 5], [12, 4, 2, 4], [4, 4]];
const NARROW = 560;
const MOST_NAMES = 4;

/** Colour token and dash of the line with this number: no two of forty are alike. */
export const tone = (index) => `--chart-${(index % 5) + 1}`;
export const dash = (index) => {
  const found = DASHES[(index + Math.floor(index / 5)) % 5];
  return found.length ? found : undefined;
};

/** The colour a token has right here; canvas knows neither var() nor light-dark(). */
export const colour = (host, name) => {
  const probe = element("span");
  probe.style.color = `var(${name})`;
  host.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

/** The stretch from the lowest to the highest value of each hour or day, behind the lines. */
export function bands(chart, data, scales, tones) {
  const { ctx } = chart;
  clipped(chart, () => {
    data.series.forEach((one, index) => {
      if (!one.low || !one.high) return;
      ctx.fillStyle = tones[index];
      ctx.globalAlpha = 0.16;
      let part = [];
      const close = () => {
        if (part.length > 1) {
          ctx.beginPath();
          part.forEach(([x, , high], at) => (at ? ctx.lineTo(x, high) : ctx.moveTo(x, high)));
          part.reverse().forEach(([x, low]) => ctx.lineTo(x, low));
          ctx.closePath();
          ctx.fill();
        }
        part = [];
      };
      data.x.forEach((second, at) => {
        if (one.low[at] === undefined) return;
        if (one.low[at] === null || one.high[at] === null) close();
        else {
          const y = (value) => chart.valToPos(value, scales[index], true);
          part.push([chart.valToPos(second, "x", true), y(one.low[at]), y(one.high[at])]);
        }
      });
      close();
    });
  });
}

/** A diamond on what is odd and counts, a cross (at the edge where it lies outside) on what does not count. */
export function signs(chart, data, scales, tones, paper) {
  const { ctx } = chart;
  const size = 5 * devicePixelRatio;
  clipped(chart, () => {
    ctx.lineWidth = 2 * devicePixelRatio;
    data.series.forEach((one, index) => {
      if (!one.notes) return;
      ctx.strokeStyle = tones[index];
      ctx.fillStyle = paper;
      const { top, height } = chart.bbox;
      data.x.forEach((second, at) => {
        if (!one.notes[second]) return;
        const bad = one.bad?.[second];
        const value = bad ?? one.values[at];
        if (typeof value !== "number") return;
        const x = chart.valToPos(second, "x", true);
        const y = Math.min(Math.max(chart.valToPos(value, scales[index], true), top + size), top + height - size);
        ctx.beginPath();
        if (bad === undefined) {
          ctx.moveTo(x, y - size);
          ctx.lineTo(x + size, y);
          ctx.lineTo(x, y + size);
          ctx.lineTo(x - size, y);
          ctx.closePath();
          ctx.fill();
        } else {
          ctx.moveTo(x - size, y - size);
          ctx.lineTo(x + size, y + size);
          ctx.moveTo(x + size, y - size);
          ctx.lineTo(x - size, y + size);
        }
        ctx.stroke();
      });
    });
  });
}

function clipped(chart, paint) {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  paint();
  ctx.restore();
}

export const place = (node, x, y) => {
  node.style.left = `${x}px`;
  node.style.top = `${y}px`;
  return node;
};

/** Do the names stand in a list below (too many, or no room)? Only where the page has such a list. */
export const listed = (figure, { data, plot }) =>
  Boolean(figure.querySelector(".chart__legend")) && (data.series.length > MOST_NAMES || plot.clientWidth < NARROW);

/** Room on the right for the names of the series; on narrow screens they stand above the plot or in the list. */
export function gutter(figure, state, right) {
  const { data, plot } = state;
  if (right) return 0;
  if (data.series.length < 2 || plot.clientWidth < NARROW || listed(figure, state)) return 12;
  const widths = data.series.map((series) => {
    const probe = element("span", "chart__label", series.label);
    plot.append(probe);
    const width = probe.offsetWidth;
    probe.remove();
    return width;
  });
  return Math.min(Math.max(...widths) + 16, plot.clientWidth * 0.35);
}

/** Writes each series' name at the end of its line; one below the other where they would touch. */
export function label(figure, state, chart, scales, right) {
  const { data, plot } = state;
  plot.querySelectorAll(".chart__label:not(.chart__unit)").forEach((node) => node.remove());
  if (data.series.length < 2 || listed(figure, state)) return;
  const narrow = plot.clientWidth < NARROW;
  const over = chart.over.getBoundingClientRect();
  const box = plot.getBoundingClientRect();
  const { max } = chart.scales.x;
  const nodes = data.series.map((series, index) => {
    const node = element("span", "chart__label", series.label);
    node.style.color = colour(figure, tone(index));
    plot.append(node);
    const at = series.values.findLastIndex((value, where) => typeof value === "number" && data.x[where] <= max);
    return { node, y: at < 0 ? 0 : Math.min(Math.max(chart.valToPos(series.values[at], scales[index]), 0), over.height) };
  });
  let left = over.left - box.left + 8;
  let below = -Infinity;
  for (const { node, y } of nodes.sort((a, b) => a.y - b.y)) {
    if (narrow) {
      place(node, left, 0);
      left += node.offsetWidth + 8;
      continue;
    }
    const top = Math.max(y - (right ? node.offsetHeight + 3 : node.offsetHeight / 2), below);
    below = top + node.offsetHeight;
    const x = right ? over.right - box.left - node.offsetWidth - 4 : over.right - box.left + 8;
    place(node, x, top + over.top - box.top);
  }
}
