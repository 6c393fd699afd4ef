/* A map from our own origin: outline of the Kreis and place names below, points as keyboard-reachable markers above.
   `createMap(element, options)` is all that other modules need; data is only ever written with textContent. */
import "../vendor/leaflet/leaflet.js";
import { liftControls } from "./map_controls.js";
import { keepApart } from "./map_labels.js";

const L = globalThis.leaflet;
const english = document.documentElement.lang.startsWith("en");
const say = (de, en) => (english ? en : de);
const CITY = [51.7189, 8.7545];
const TOWNS_FROM = 10;
const PLACES_FROM = 14;

const load = async (name) => {
  const answer = await fetch(new URL(`../geo/${name}.geojson`, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
};

const label = (text, town) => {
  const words = document.createElement("span");
  words.textContent = text;
  return L.divIcon({ className: town ? "map-place map-place--town" : "map-place", html: words, iconSize: null });
};

async function drawBase(map, { outline, places }) {
  const [shape, names] = await Promise.all([
    outline ? load("kreis_paderborn") : null,
    places ? load("orte_paderborn") : null,
  ]);
  if (shape) {
    map.createPane("outline").style.zIndex = 150;
    L.geoJSON(shape, { pane: "outline", interactive: false, className: "map-outline" }).addTo(map);
    map.attributionControl.addAttribution(shape.features[0].properties.source);
  }
  if (!names) return;
  const groups = { town: L.layerGroup(), place: L.layerGroup() };
  for (const feature of names.features) {
    const [lng, lat] = feature.geometry.coordinates;
    const town = feature.id.startsWith("st_") || !feature.properties.in_city;
    const name = feature.properties.name.split(/,| \(/)[0];
    L.marker([lat, lng], { icon: label(name, town), interactive: false, keyboard: false })
      .addTo(groups[town ? "town" : "place"]);
  }
  const show = () => {
    const zoom = map.getZoom();
    for (const [group, from, until] of [[groups.town, TOWNS_FROM, 14], [groups.place, PLACES_FROM, 20]]) {
      if (zoom >= from && zoom <= until) group.addTo(map);
      else group.remove();
    }
  };
  map.on("zoomend", show);
  show();
  keepApart(map);
}

/**
 * Starts a map in `element` (class "map").
 * options: center [lat, lng], zoom, bounds [[s, w], [n, e]], outline (true), places (true),
 *          tiles (URL template of our own tile proxy; element.dataset.tiles too), attribution.
 * Returns {map, L, addPoints, status, ready}.
 */
export function createMap(element, options = {}) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    center: options.center ?? CITY,
    zoom: options.zoom ?? 12,
    minZoom: 8,
    maxZoom: 18,
    zoomControl: false,
    scrollWheelZoom: false,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
  });
  L.control.zoom({ zoomInTitle: say("Vergrößern", "Zoom in"), zoomOutTitle: say("Verkleinern", "Zoom out") }).addTo(map);
  map.attributionControl.setPrefix("Leaflet");
  liftControls(element);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(element);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  if (options.bounds) map.fitBounds(options.bounds, { padding: [24, 24] });

  const tiles = options.tiles ?? element.dataset.tiles;
  if (tiles) {
    L.tileLayer(tiles, {
      attribution: options.attribution ?? element.dataset.attribution ?? "",
      maxZoom: 18,
      className: "map-tiles",
    }).addTo(map);
  }
  const ready = drawBase(map, {
    outline: options.outline ?? true,
    places: options.places ?? !tiles,
  }).catch(() => status(say("Die Umrisse konnten nicht geladen werden.", "The outlines could not be loaded.")));

  const region = element.parentElement?.querySelector("[data-map-status]");
  function status(text) {
    if (region) region.textContent = text;
  }

  /**
   * Puts points on the map and returns the layer group (`.clearLayers()` empties it).
   * points: [{lat, lng, title, text?, kind?, size?, data?}]; text stands in the marker (a value, a number);
   * kind: action | participation | warning | danger | quiet; popup(point) returns an Element; onSelect(point, marker).
   */
  function addPoints(points, { popup, onSelect, fit = false } = {}) {
    const group = L.featureGroup();
    for (const point of points) {
      const size = point.size ?? (point.text ? 36 : 24);
      const words = document.createElement("span");
      words.textContent = point.text ?? "";
      const icon = L.divIcon({
        className: `map-marker map-marker--${point.kind ?? "action"}`,
        html: words,
        iconSize: [size, size],
      });
      const marker = L.marker([point.lat, point.lng], { icon, title: point.title, alt: point.title, riseOnHover: true });
      marker.on("add", () => marker.getElement()?.setAttribute("aria-label", point.title));
      if (popup) marker.bindPopup(() => popup(point), { maxWidth: 280, maxHeight: 320, autoPanPadding: [24, 24] });
      if (onSelect) marker.on("click", () => onSelect(point, marker));
      marker.point = point;
      group.addLayer(marker);
    }
    group.addTo(map);
    if (fit && points.length) map.fitBounds(group.getBounds(), { padding: [40, 40], maxZoom: 15 });
    return group;
  }

  // Escape closes an open popup and gives the focus back to its marker.
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const source = map._popup?._source;
    map.closePopup();
    source?.getElement?.()?.focus();
  });

  return { map, L, addPoints, status, ready };
}

/** A popup of one heading, links [{text, url}] as a list where there are more, and lines of text; everything as text. */
export function popupContent({ title, lines = [], links = [] }) {
  const box = document.createElement("div");
  const head = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = title;
  head.append(strong);
  box.append(head);
  const anchors = links.map(({ text, url }) => {
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.textContent = text;
    return anchor;
  });
  if (anchors.length > 1) box.append(wrapped("ul", anchors.map((anchor) => wrapped("li", [anchor]))));
  for (const line of lines) box.append(wrapped("p", [line]));
  if (anchors.length === 1) box.append(wrapped("p", anchors));
  return box;
}

function wrapped(name, children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
