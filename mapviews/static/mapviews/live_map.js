/* The live map: single stations with their value, or cells of the server's grid; both move without reload. */
import { createMap, popupContent } from "../js/map.js";
import { groups } from "../js/map_groups.js";
import { format, listen, look, readBy, took } from "./live_values.js";
import { surfaceOn } from "./surface_layer.js";

const english = document.documentElement.lang.startsWith("en");
const say = (de, en) => (english ? en : de);
const host = document.querySelector("[data-live-map]");
const wanted = host.dataset.phenomenon;
const narrowed = Boolean(host.dataset.exposure || host.dataset.project || host.dataset.group);
const scales = JSON.parse(host.dataset.scales);
const { map, L, addPoints, status } = createMap(host.querySelector("[data-map]"), { zoom: innerWidth < 600 ? 11 : 12 });
const features = new Map();
const SIZE = 44;
const APART = SIZE + 6;
const LISTED = 6;
let layer = null;
let etag = "";
let waiting = 0;
let at = host.dataset.at; // a moment of the past, empty for now
let asked = 0;
let reading = Promise.resolve();
const surface = host.dataset.surface ? surfaceOn(map, L, host.dataset.surface) : null;

const shown = (feature) => feature.properties.values[0];

function words(feature) {
  const value = shown(feature);
  if (!value) return at ? say("kein Wert aus dieser Zeit", "no value of that time") : say("noch kein Wert", "no value yet");
  const flagged = value.flags?.length ? `, ${say("auffällig", "flagged")}` : "";
  return `${value.label} ${format(value.value, value.decimals)} ${value.unit}${flagged}`;
}

const named = (feature) => `${feature.properties.name}: ${words(feature)}`;
const flagged = (feature) => Boolean(feature.properties.flagged || shown(feature)?.flags?.length);

/** The colour of a value: its step from 1 to 5 where its phenomenon has a scale; the number itself stands in the mark. */
function tone(phenomenon, value) {
  const edges = scales[phenomenon];
  if (!edges || value === null || value === undefined) return "action";
  return `step-${edges.filter((edge) => value > edge).length + 1}`;
}

function total(members) {
  return members.reduce((sum, { properties }) => sum + (properties.cell ? properties.count : 1), 0);
}

/** What one marker says of the stations or cells that it stands for. */
function face(members) {
  const [feature] = members;
  const { properties } = feature;
  if (members.length === 1 && !properties.cell) {
    const value = shown(feature);
    const short = value && value.decimals > 0 && Math.abs(value.value) < 100 ? 1 : 0;
    return {
      title: named(feature),
      text: value ? `${format(value.value, short)}${flagged(feature) ? "!" : ""}` : "–",
      kind: flagged(feature) ? "warning" : value ? tone(value.phenomenon, value.value) : "action",
    };
  }
  const count = total(members);
  const title = `${count} ${say("Stationen", "stations")}`;
  if (members.length === 1) {
    const mean = properties.mean === null ? "" : `, ${say("Mittel", "mean")} ${format(properties.mean)} ${properties.unit}`;
    return { title: title + mean, text: `${count}×`, kind: wanted && properties.mean !== null ? tone(wanted, properties.mean) : "quiet" };
  }
  const inside = members.filter((member) => !member.properties.cell).slice(0, LISTED).map(named);
  return { title: [title, ...inside].join("; "), text: `${count}×`, kind: members.some(flagged) ? "warning" : "quiet" };
}

const link = (feature) => (english ? "/en" : "") + feature.properties.url;

function popup({ members }) {
  const [feature] = members;
  const { properties } = feature;
  const closer = say("Näher heran zeigt sie einzeln.", "Zoom in to see them one by one.");
  if (members.length > 1) {
    const nearest = map.getZoom() === map.getMaxZoom();
    const stations = members.filter((member) => !member.properties.cell).slice(0, nearest ? members.length : LISTED);
    const links = stations.map((member) => ({ text: named(member), url: link(member) }));
    return popupContent({ title: `${total(members)} ${say("Stationen", "stations")}`, lines: nearest ? [] : [closer], links });
  }
  if (properties.cell) return popupContent({ title: `${properties.count} ${say("Stationen", "stations")}`, lines: [closer] });
  const lines = properties.values.map((value) => `${value.label}: ${format(value.value, value.decimals)} ${value.unit}`);
  if (properties.precision !== "exact") lines.push(say("Ort ungefähr", "approximate place"));
  if (properties.sample) lines.push(say("Beispieldaten", "Sample data"));
  return popupContent({ title: properties.name, lines, links: [{ text: say("Zur Station", "Open station"), url: link(feature) }] });
}

function places() {
  const points = [...features.values()].map((feature) => {
    const [lng, lat] = feature.geometry.coordinates;
    return { lat, lng, feature };
  });
  return groups(map, points, APART).map((group) => {
    const members = group.map(({ feature }) => feature);
    return { lat: group[0].lat, lng: group[0].lng, size: SIZE, members, ...face(members) };
  });
}

function draw() {
  const leader = (marker) => marker?.point?.members[0].id;
  const open = map._popup?.isOpen() ? leader(map._popup._source) : undefined;
  const focused = document.activeElement?.closest?.(".map-marker");
  const kept = focused ? layer?.getLayers().find((marker) => marker.getElement() === focused) : null;
  const focusedId = leader(kept);
  layer?.remove();
  layer = addPoints(places(), { popup });
  layer.eachLayer((marker) => {
    marker.setZIndexOffset(1000);
    if (open !== undefined && leader(marker) === open) marker.openPopup();
    if (focusedId !== undefined && leader(marker) === focusedId) marker.getElement()?.focus();
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
  for (const name of ["exposure", "project", "group"]) if (host.dataset[name]) query.set(name, host.dataset[name]);
  if (at) query.set("at", at);
  const number = (asked += 1);
  const options = at ? {} : { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" };
  const answer = await fetch(`${host.dataset.src}?${query}`, options);
  if (answer.status === 304 || number !== asked) return;
  if (!answer.ok) throw new Error(String(answer.status));
  etag = answer.headers.get("ETag") ?? "";
  const data = await answer.json();
  if (number !== asked) return;
  features.clear();
  for (const feature of data.features) features.set(feature.id, feature);
  draw();
  if (!at) took(data);
}

const failed = () => status(say("Die Stationen konnten nicht geladen werden.", "The stations could not be loaded."));

function estimate() {
  surface?.(new URLSearchParams({ phenomenon: wanted, ...(at ? { at } : {}) })).catch(failed);
}

/** Another moment: the map then moves no more by itself. */
function turn({ detail }) {
  at = detail.at;
  etag = "";
  document.documentElement.toggleAttribute("data-past", Boolean(at));
  load().catch(failed);
  estimate();
}

function arrive() {
  etag = "";
  look({ bbox: box().map(Number), zoom: map.getZoom(), phenomenon: wanted });
  reading = load().catch(failed);
}

function moved() {
  clearTimeout(waiting);
  waiting = setTimeout(arrive, 200);
}

/** Writes new values into the markers that show them, without drawing the others again. */
function update({ stations, cells: all }) {
  if (at) return;
  const cells = narrowed ? [] : all; // the socket counts every station of a cell
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
    if (!marker.point.members.some((member) => touched.has(member.id))) return;
    const fresh = face(marker.point.members);
    Object.assign(marker.point, fresh);
    const node = marker.getElement();
    if (!node) return;
    node.setAttribute("aria-label", fresh.title);
    node.title = fresh.title;
    node.querySelector("span").textContent = fresh.text;
    for (const kind of ["warning", "action", "quiet", "step-1", "step-2", "step-3", "step-4", "step-5"]) node.classList.toggle(`map-marker--${kind}`, fresh.kind === kind);
  });
}

listen(update);
readBy(() => reading.then(() => (at ? null : load())));
map.on("moveend", moved);
document.addEventListener("moment", turn);
document.documentElement.toggleAttribute("data-past", Boolean(at));
arrive();
estimate();
