/* Choosing a place: a tap on the map fills the coordinate fields, a named place or typed numbers move the pin. */
import { createMap } from "../js/map.js";

const form = document.querySelector("[data-place-form]");
const frame = form.querySelector("[data-place-picker]");
const field = (name) => form.elements.namedItem(name);
const [place, latitude, longitude] = ["place", "latitude", "longitude"].map(field);
const number = (text) => Number.parseFloat(text.replace(",", "."));

frame.hidden = false;
const { map, addPoints, status } = createMap(frame.querySelector("[data-map]"), { zoom: 12 });
let pin = null;

function mark(lat, lng, move) {
  pin?.remove();
  pin = addPoints([{ lat, lng, title: document.documentElement.lang.startsWith("en") ? "Chosen place" : "Gewählter Ort", kind: "participation" }]);
  if (move) map.setView([lat, lng], Math.max(map.getZoom(), 14));
}

map.on("click", ({ latlng }) => {
  latitude.value = latlng.lat.toFixed(5);
  longitude.value = latlng.lng.toFixed(5);
  place.value = "";
  mark(latlng.lat, latlng.lng, false);
  status(`${latitude.value}, ${longitude.value}`);
});

for (const input of [latitude, longitude]) {
  input.addEventListener("change", () => {
    const [lat, lng] = [number(latitude.value), number(longitude.value)];
    if (Number.isFinite(lat) && Number.isFinite(lng) && Math.abs(lat) <= 90 && Math.abs(lng) <= 180) mark(lat, lng, true);
  });
}

const places = fetch(new URL("../geo/orte_paderborn.geojson", import.meta.url)).then((answer) => answer.json());
place.addEventListener("change", async () => {
  const wanted = place.value.trim().toLowerCase();
  const found = (await places).features.find((feature) => feature.properties.name.toLowerCase() === wanted);
  if (!found) return;
  latitude.value = "";
  longitude.value = "";
  const [lng, lat] = found.geometry.coordinates;
  mark(lat, lng, true);
});

if (latitude.value && longitude.value) mark(number(latitude.value), number(longitude.value), true);
