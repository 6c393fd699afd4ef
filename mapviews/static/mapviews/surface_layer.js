/* The estimate between stations below the markers: fields in the steps of the legend, paler where the next station is far. */

/** Returns `show(query)`: draws the surface of that query, and tells how many steps it has. */
export function surfaceOn(map, L, src) {
  map.createPane("surface").style.zIndex = 350;
  let layer = null;
  let wanted = 0;
  return async function show(query) {
    const number = (wanted += 1);
    const answer = await fetch(`${src}?${query}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const data = await answer.json();
    if (number !== wanted) return;
    layer?.remove();
    layer = L.geoJSON(data, {
      pane: "surface",
      interactive: false,
      style: ({ properties: { step, far } }) => ({ className: `surface surface--step-${step}${far ? " surface--far" : ""}` }),
    }).addTo(map);
  };
}
