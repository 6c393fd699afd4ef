/* The project map: gives folium's points names, popups and keyboard. Text goes in by textContent alone. */
import { liftControls } from "../../js/map_controls.js";

const map = window.map_projektkarte;
const layer = window.geo_json_punkte;
const outline = window.geo_json_umriss;
const frame = document.querySelector("[data-project-map]");

const read = (id) => JSON.parse(document.getElementById(id).textContent);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function popup(point) {
  const box = element("div", "", "project-popup");
  box.append(element("p", point.name, "project-popup__place"));
  const list = element("ul");
  for (const card of point.cards) {
    const item = element("li");
    const link = element("a", card.title);
    link.href = card.url;
    item.append(link, element("span", card.text, "project-popup__text"));
    if (card.sample) item.append(element("span", frame.dataset.sampleLabel, "project-popup__text"));
    list.append(item);
  }
  box.append(list, element("p", point.note, "project-popup__note"));
  return box;
}

function accuracy(marker, point) {
  return window.L.circle(marker.getLatLng(), { radius: point.radius, interactive: false, className: "project-accuracy" });
}

function name(point) {
  const titles = point.cards.map((card) => card.title).join(", ");
  return `${point.name}: ${titles}`;
}

function count(marker, number) {
  const icon = window.L.divIcon({ className: "project-count", html: element("span", String(number)), iconSize: [22, 22] });
  window.L.marker(marker.getLatLng(), { icon, interactive: false, keyboard: false }).addTo(map);
}

/* One marker is one button: Enter and the space bar open its popup, Escape closes it and focus returns. */
function prepare(marker) {
  const point = points[marker.feature.properties.key];
  if (!point) return;
  const circle = accuracy(marker, point);
  const path = marker.getElement();
  path.classList.add("project-point");
  path.setAttribute("tabindex", "0");
  path.setAttribute("role", "button");
  path.setAttribute("aria-label", name(point));
  marker.bindPopup(() => popup(point), { maxWidth: 300, minWidth: 220 });
  if (point.cards.length > 1) count(marker, point.cards.length);
  path.addEventListener("focus", () => map.panInside(marker.getLatLng(), { padding: [48, 48], animate: false }));
  path.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    marker.openPopup();
    marker.getPopup().getElement()?.querySelector("a[href]")?.focus();
  });
  marker.on("popupopen", () => { circle.addTo(map); path.setAttribute("aria-expanded", "true"); });
  marker.on("popupclose", () => {
    circle.remove();
    path.removeAttribute("aria-expanded");
    if (map.getContainer().contains(document.activeElement)) path.focus();
  });
  marker.on("mouseover", () => path.classList.add("is-over"));
  marker.on("mouseout", () => path.classList.remove("is-over"));
}

/* Names lie below the points, so that none hides a place. */
function labels() {
  map.createPane("names").style.zIndex = 350;
  for (const place of read("karte-namen")) {
    const icon = window.L.divIcon({ className: "map-place", html: element("span", place.name), iconSize: [0, 0] });
    window.L.marker(place.at, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(map);
  }
}

/* What is shown in the city fits, else all of it; a single place is not zoomed to the kerb. */
function fit() {
  const city = window.L.latLngBounds([51.66, 8.6], [51.8, 8.9]);
  const places = layer.getLayers().map((marker) => marker.getLatLng());
  const inside = places.filter((place) => city.contains(place));
  const bounds = window.L.latLngBounds(inside.length ? inside : places);
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 14, animate: false });
}

function openFromAddress() {
  const link = document.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"] a[href]`);
  if (!link || !location.hash.startsWith("#projekt-")) return;
  const path = new URL(link.href).pathname;
  layer.eachLayer((marker) => {
    const point = points[marker.feature.properties.key];
    if (point?.cards.some((card) => card.url === path)) marker.openPopup();
  });
}

const points = read("karte-punkte");
if (map && layer && frame) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) map.options.zoomAnimation = map.options.fadeAnimation = false;
  map.setMinZoom(9).setMaxZoom(17);
  map.attributionControl.setPrefix(false).addAttribution(frame.dataset.attribution);
  outline?.eachLayer((shape) => shape.getElement()?.classList.add("map-outline"));
  liftControls(map.getContainer());
  labels();
  layer.eachLayer(prepare);
  fit();
  openFromAddress();
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
  frame.dataset.ready = "1";
}
