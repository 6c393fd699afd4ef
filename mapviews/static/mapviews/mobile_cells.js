/* Fields in which stations on the move measured: a square each, with its mean as a number. */
import { createMap, popupContent } from "../js/map.js";

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

const step = (value) => edges.filter((edge) => value > edge).length + 1;
const named = ({ properties }) => `${number.format(properties.mean)} ${unit}, ${say("aus", "of")} ${properties.n} ${say("Werten", "values")}`;

function draw(features) {
  for (const feature of features) {
    const kind = edges.length ? ` surface--step-${step(feature.properties.mean)}` : "";
    L.rectangle(square(feature), { interactive: false, className: `surface surface--cell${kind}` }).addTo(map);
  }
  const points = features.map((feature) => ({
    lat: feature.geometry.coordinates[1],
    lng: feature.geometry.coordinates[0],
    title: named(feature),
    text: number.format(feature.properties.mean),
    size: 40,
    kind: edges.length ? `step-${step(feature.properties.mean)}` : "action",
  }));
  addPoints(points, { popup: ({ title }) => popupContent({ title, lines: [say("Feld von 500 m, ganzer Monat", "500 m cell, whole month")] }), fit: true });
}

const answer = await fetch(src);
if (answer.ok) draw((await answer.json()).features);
else status(say("Die Felder konnten nicht geladen werden.", "The cells could not be loaded."));
