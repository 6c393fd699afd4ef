/* The place of one station as everyone may see it. */
import { createMap } from "../js/map.js";

const host = document.querySelector("[data-station-map]");
const { lat, lng, name, precision } = host.dataset;
const center = [Number(lat), Number(lng)];
const { map, L, addPoints } = createMap(host.querySelector("[data-map]"), { center, zoom: precision === "cell2000" ? 12 : 13 });
addPoints([{ lat: center[0], lng: center[1], title: name }]).eachLayer((marker) => marker.setZIndexOffset(1000));
if (precision !== "exact") {
  L.circle(center, { radius: precision === "cell2000" ? 2830 : 710, className: "map-outline", interactive: false }).addTo(map);
}
