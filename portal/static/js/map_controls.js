/* Controls of a map stand beside it: above points they would cover what one wants to hit. */

/** Puts the zoom buttons above and the sources below the map in `element`. */
export function liftControls(element) {
  const zoom = element.querySelector(".leaflet-control-zoom");
  const sources = element.querySelector(".leaflet-control-attribution");
  zoom.classList.add("map-zoom");
  element.before(zoom);
  element.after(sources);
}
