/* Choosing the place of a contribution: a tap fills the numbers, a named place or typed numbers move the pin. */
import { createMap } from "../../js/map.js";

const form = document.querySelector("[data-place-form]");
const frame = form.querySelector("[data-place-map]");
const [place, lat, lng] = ["place", "lat", "lng"].map((name) => form.elements.namedItem(name));
const number = (text) => Number.parseFloat(text.replace(",", "."));
const words = document.documentElement.lang.startsWith("en") ? "Chosen place" : "Gewählter Ort";

frame.hidden = false;
const { map, addPoints, status } = createMap(frame.querySelector("[data-map]"), { zoom: 12 });
let pin = null;

function mark(north, east, move) {
  pin?.remove();
  pin = addPoints([{ lat: north, lng: east, title: words, kind: "participation" }]);
  pin.eachLayer((marker) => marker.setZIndexOffset(1000)); // above the names of places
  if (move) map.setView([north, east], Math.max(map.getZoom(), 14));
}

map.on("click", ({ latlng }) => {
  lat.value = latlng.lat.toFixed(5);
  lng.value = latlng.lng.toFixed(5);
  place.value = "";
  mark(latlng.lat, latlng.lng, false);
  status(`${words}: ${lat.value}, ${lng.value}`);
});

for (const input of [lat, lng]) {
  input.addEventListener("change", () => {
    const [north, east] = [number(lat.value), number(lng.value)];
    if (Math.abs(north) <= 90 && Math.abs(east) <= 180) mark(north, east, true);
  });
}

const places = fetch(new URL("../../geo/orte_paderborn.geojson", import.meta.url)).then((answer) => answer.json());
place.addEventListener("change", async () => {
  const found = (await places).features.find((feature) => feature.id === place.value);
  if (!found) return;
  lat.value = "";
  lng.value = "";
  const [east, north] = found.geometry.coordinates;
  mark(north, east, true);
});

if (lat.value && lng.value) mark(number(lat.value), number(lng.value), true);
