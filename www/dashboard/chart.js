// Trends, drawn by uPlot from the table that stands below each: one source for eyes and for screen readers.

import uPlot from "uplot";

const HEIGHT = 72;
const charts = new Map();

/** Draws every trend of `root` anew, and forgets those that have left the page. */
export function drawTrends(root) {
  for (const [host, chart] of charts) {
    if (!host.isConnected) {
      chart.destroy();
      charts.delete(host);
    }
  }
  for (const trend of root.querySelectorAll("[data-trend]")) {
    const host = trend.querySelector(".chart");
    const data = read(trend);
    const known = charts.get(host);
    if (known) {
      known.points = data.points;
      known.setData(data.columns);
    } else {
      charts.set(host, draw(trend, host, data));
    }
  }
}

/** Values, interval ends and the table's own words, by point. */
function read(trend) {
  const number = (row, name) => (name in row.dataset ? Number(row.dataset[name]) : null);
  const rows = [...trend.querySelectorAll("tbody tr")];
  const points = rows.map((row) => [...row.cells].map((cell) => cell.textContent));
  const values = rows.map((row) => number(row, "v"));
  const columns = [rows.map((_, index) => index), values];
  if (trend.dataset.trend !== "count") columns.push(rows.map((row) => number(row, "l")), rows.map((row) => number(row, "h")));
  return { points, columns };
}

function draw(trend, host, { points, columns }) {
  const counts = trend.dataset.trend === "count";
  const colour = (name) => () => getComputedStyle(host).getPropertyValue(name).trim();
  const line = {
    stroke: colour("--accent"),
    width: 1.5,
    points: { show: (chart, series) => lonely(chart.data[series]), size: 4, fill: colour("--accent") },
    ...(counts && { paths: uPlot.paths.bars({ size: [0.75] }), fill: colour("--accent"), points: { show: false } }),
  };
  const edge = { stroke: "transparent", width: 0, points: { show: false } };
  const chart = new uPlot(
    {
      width: Math.max(host.clientWidth, 40),
      height: HEIGHT,
      padding: [4, 0, 2, 0],
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: {
        x: { time: false, range: (_, min, max) => (counts ? [min - 0.5, max + 0.5] : [min, Math.max(max, min + 1)]) },
        y: { range: (_, min, max) => (counts ? [0, Math.max(max, 1)] : [Number(trend.dataset.low), Number(trend.dataset.high)]) },
      },
      series: counts ? [{}, line] : [{}, line, edge, edge],
      bands: counts ? [] : [{ series: [3, 2], fill: colour("--band") }],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7, fill: colour("--accent") } },
      hooks: { setCursor: [(chart) => say(trend, chart)] },
    },
    columns,
    host,
  );
  chart.points = points;
  host.classList.add("drawn");
  new ResizeObserver(() => chart.setSize({ width: Math.max(host.clientWidth, 40), height: HEIGHT })).observe(host);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.redraw());
  return chart;
}

/** The point under the pointer, in the words of its row. */
function say(trend, chart) {
  const [days, value, interval, of] = chart.points[chart.cursor.idx] ?? [];
  const words = days === undefined ? "" : [`${days}: ${value}`, interval && `(${interval})`, of && `/ ${of}`].filter(Boolean).join(" ");
  trend.querySelector("output").textContent = words;
}

/** Points are drawn only where a line would not show: between gaps. */
function lonely(values) {
  return values.some((value, index) => value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null);
}
