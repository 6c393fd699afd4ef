/* Place names on a map never lie on each other or under a mark: a name steps below or above its place, or stays away. */
const SIDES = ["", "below", "above"];
const AIR = 2; // pixels between two names

const meets = (a, b) =>
  a.left < b.right + AIR && b.left < a.right + AIR && a.top < b.bottom + AIR && b.top < a.bottom + AIR;

function place(label, taken) {
  const words = label.firstElementChild;
  for (const side of SIDES) {
    label.dataset.side = side;
    const box = words.getBoundingClientRect();
    if (!taken.some((other) => meets(box, other))) {
      taken.push(box);
      return true;
    }
  }
  return false;
}

/** Keeps the names of `map` apart from now on; names of towns come first. */
export function keepApart(map) {
  const pane = map.getPane("markerPane");
  let waiting = 0;
  const arrange = () => {
    waiting = 0;
    const taken = [...pane.querySelectorAll(".map-marker")].map((mark) => mark.getBoundingClientRect());
    for (const label of [...pane.querySelectorAll(".map-place--town"), ...pane.querySelectorAll(".map-place:not(.map-place--town)")]) {
      label.style.visibility = place(label, taken) ? "" : "hidden";
    }
  };
  const soon = () => (waiting ||= requestAnimationFrame(arrange));
  map.on("layeradd zoomend resize", soon);
  soon();
}
