/* The live map: single stations with their value, or cells of the server's grid; both move without reload. */
import { createMap, popupContent } from "../js/map.js";
import { format, listen, look } from "./live_values.js";

const english = document.documentElement.lang.startsWith("en");
const say = (de, en) => (english ? en : de);
const host = document.querySelector("[data-live-map]");
const wanted = host.dataset.phenomenon;
const { map, addPoints, status } = createMap(host.querySelector("[data-map]"), { zoom: 12 });
const features = new Map();
let layer = null;
let etag = "";
let waiting = 0;

const shown = (feature) => feature.properties.values[0];

function point(feature) {
  const [lng, lat] = feature.geometry.coordinates;
  const { properties } = feature;
  if (properties.cell) {
    const mean = properties.mean === null ? "" : `, ${say("Mittel", "mean")} ${format(properties.mean)} ${properties.unit}`;
    const title = `${properties.count} ${say("Stationen", "stations")}${mean}`;
    return { lat, lng, title, text: String(properties.count), size: 44, kind: "quiet", data: feature };
  }
  const value = shown(feature);
  const flagged = value?.flags?.length;
  const words = value ? `${value.label} ${format(value.value, value.decimals)} ${value.unit}` : say("noch kein Wert", "no value yet");
  return {
    lat,
    lng,
    title: `${properties.name}: ${words}${flagged ? `, ${say("auffällig", "flagged")}` : ""}`,
    text: value ? `${format(value.value, value.decimals > 0 && Math.abs(value.value) < 100 ? 1 : 0)}${flagged ? "!" : ""}` : "–",
    size: 44,
    kind: flagged ? "warning" : "action",
    data: feature,
  };
}

function popup({ data }) {
  const { properties } = data;
  if (properties.cell) {
    return popupContent({
      title: `${properties.count} ${say("Stationen", "stations")}`,
      lines: [say("Näher heran zeigt sie einzeln.", "Zoom in to see them one by one.")],
    });
  }
  const lines = properties.values.map(
    (value) => `${value.label}: ${format(value.value, value.decimals)} ${value.unit}`,
  );
  if (properties.precision !== "exact") lines.push(say("Ort ungefähr", "approximate place"));
  if (properties.sample) lines.push(say("Beispieldaten", "Sample data"));
  const prefix = english ? "/en" : "";
  return popupContent({ title: properties.name, lines, url: prefix + properties.url, linkText: say("Zur Station", "Open station") });
}

function draw() {
  const open = map._popup?.isOpen() ? map._popup._source?.point?.data?.id : null;
  const focused = document.activeElement?.closest?.(".map-marker")?.getAttribute("aria-label");
  layer?.remove();
  layer = addPoints([...features.values()].map(point), { popup });
  layer.eachLayer((marker) => {
    marker.setZIndexOffset(1000);
    if (open !== null && marker.point.data.id === open) marker.openPopup();
    if (focused && marker.point.title === focused) marker.getElement()?.focus();
  });
}

function box() {
  const bounds = map.getBounds().pad(0.2);
  const clamp = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(4);
  return [
    clamp(bounds.getWest(), 180), clamp(bounds.getSouth(), 90), clamp(bounds.getEast(), 180), clamp(bounds.getNorth(), 90),
  ];
}

async function load() {
  const query = new URLSearchParams({ bbox: box().join(","), zoom: map.getZoom() });
  if (wanted) query.set("phenomenon", wanted);
  const answer = await fetch(`${host.dataset.src}?${query}`, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(String(answer.status));
  etag = answer.headers.get("ETag") ?? "";
  const data = await answer.json();
  features.clear();
  for (const feature of data.features) features.set(feature.id, feature);
  draw();
}

function moved() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    etag = "";
    look({ bbox: box().map(Number), zoom: map.getZoom(), phenomenon: wanted });
    load().catch(() => status(say("Die Stationen konnten nicht geladen werden.", "The stations could not be loaded.")));
  }, 200);
}

/** Writes new values into the markers that show them, without drawing the others again. */
function update({ stations, cells }) {
  let strange = cells.some((cell) => !features.has(cell.id));
  for (const cell of cells) {
    const feature = features.get(cell.id);
    if (feature) Object.assign(feature.properties, { count: cell.count, mean: cell.mean, flagged: cell.flagged });
  }
  const touched = new Set(cells.map((cell) => cell.id));
  for (const entry of stations) {
    const feature = features.get(entry.id);
    if (!feature?.properties.values) continue;
    const value = feature.properties.values.find((known) => known.channel === entry.channel);
    if (value) Object.assign(value, { value: entry.value, ts: entry.ts, flags: entry.flags ?? [] });
    else strange = true;
    touched.add(entry.id);
  }
  if (strange) {
    etag = "";
    load().catch(() => {});
    return;
  }
  layer?.eachLayer((marker) => {
    if (!touched.has(marker.point.data.id)) return;
    const fresh = point(marker.point.data);
    Object.assign(marker.point, fresh);
    const node = marker.getElement();
    if (!node) return;
    node.setAttribute("aria-label", fresh.title);
    node.title = fresh.title;
    node.querySelector("span").textContent = fresh.text;
    node.classList.toggle("map-marker--warning", fresh.kind === "warning");
    node.classList.toggle("map-marker--action", fresh.kind === "action");
  });
}

listen(update);
map.on("moveend", moved);
moved();
