/* Fields in which stations on the move measured: a square each, with its mean as a number. */
import { createMap, popupContent } from "../js/map.js";
import { groups } from "../js/map_groups.js";

const english = document.documentElement.lang.startsWith("en");
const say = (de, en) => (english ? en : de);
const host = document.querySelector("[data-mobile-cells]");
const { src, unit } = host.dataset;
const decimals = Number(host.dataset.decimals);
const edges = JSON.parse(host.dataset.edges);
const number = new Intl.NumberFormat(english ? "en-GB" : "de-DE", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
const { map, L, addPoints, status } = createMap(host.querySelector("[data-map]"), { zoom: 12 });
const HALF = 250;
const METRES = 111195;

function square({ geometry: { coordinates: [lng, lat] } }) {
  const north = HALF / METRES;
  const east = north / Math.cos((lat * Math.PI) / 180);
  return L.latLngBounds([lat - north, lng - east], [lat + north, lng + east]);
}

const SIZE = 40;
const APART = SIZE + 6;
const step = (value) => edges.filter((edge) => value > edge).length + 1;
const kind = (value) => (edges.length ? `step-${step(value)}` : "action");
let markers = null;

/** One field, or neighbours that would lie on each other on the screen: their mean weighs each value alike. */
function face(group) {
  const n = group.reduce((sum, { properties }) => sum + properties.n, 0);
  const mean = group.reduce((sum, { properties }) => sum + properties.n * properties.mean, 0) / n;
  const fields = group.length > 1 ? `${group.length} ${say("Felder", "cells")}: ` : "";
  const title = `${fields}${number.format(mean)} ${unit}, ${say("aus", "of")} ${n} ${say("Werten", "values")}`;
  return { title, text: number.format(mean), size: SIZE, kind: kind(mean) };
}

function draw(features) {
  markers?.remove();
  const points = features.map((feature) => {
    const [lng, lat] = feature.geometry.coordinates;
    return { lat, lng, feature };
  });
  const shown = groups(map, points, APART).map((group) => ({
    lat: group[0].lat,
    lng: group[0].lng,
    ...face(group.map(({ feature }) => feature)),
  }));
  markers = addPoints(shown, { popup: ({ title }) => popupContent({ title, lines: [say("Felder von 500 m, ganzer Monat", "500 m cells, whole month")] }) });
}

function start(features) {
  const squares = L.featureGroup();
  for (const feature of features) {
    const tone = edges.length ? ` surface--step-${step(feature.properties.mean)}` : "";
    squares.addLayer(L.rectangle(square(feature), { interactive: false, className: `surface surface--cell${tone}` }));
  }
  squares.addTo(map);
  if (features.length) map.fitBounds(squares.getBounds(), { padding: [24, 24], maxZoom: 15, animate: false });
  draw(features);
  map.on("zoomend", () => draw(features));
}

const answer = await fetch(src);
if (answer.ok) start((await answer.json()).features);
else status(say("Die Felder konnten nicht geladen werden.", "The cells could not be loaded."));
