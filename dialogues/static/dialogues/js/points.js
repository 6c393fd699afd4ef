/* The map of contributions: points from the page's JSON; everything on it stands in the list too. */
import { createMap, popupContent } from "../../js/map.js";

const points = JSON.parse(document.getElementById("punkte").textContent);
const element = document.querySelector("[data-map]");
const single = points.length === 1;
const { addPoints } = createMap(element, single ? { center: [points[0].lat, points[0].lng], zoom: 14 } : {});
const layer = addPoints(
  points.map((point) => ({ ...point, kind: "participation" })),
  { popup: (point) => popupContent({ title: point.title, lines: point.lines, url: single ? "" : point.url }), fit: !single },
);
layer.eachLayer((marker) => marker.setZIndexOffset(1000)); // above the names of places
