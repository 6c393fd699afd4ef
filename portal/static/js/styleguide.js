/* Only for /gestaltung/: paints the swatches and opens the example map. */
import { createMap } from "./map.js";

for (const swatch of document.querySelectorAll("[data-colour]")) {
  swatch.style.background = `var(${swatch.dataset.colour})`;
}

const frame = document.querySelector("#probe-karte");
if (frame) createMap(frame, { places: true });
