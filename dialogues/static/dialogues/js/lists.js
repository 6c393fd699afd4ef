// Keeps a list of elements in step with data: elements that are there stay, so focus and half-written changes survive.
export function fill(list, items, template, dress, key = "card") {
  const known = new Map([...list.children].map((element) => [element.dataset[key], element]));
  let place = list.firstElementChild;
  for (const item of items) {
    const element = known.get(item.id) ?? template.content.firstElementChild.cloneNode(true);
    known.delete(item.id);
    element.dataset[key] = item.id;
    dress(element, item);
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
  }
  for (const element of known.values()) element.remove();
}

// The named part of an element, and a text only where it changed.
export function part(element, name) {
  return element.querySelector(`[data-part=${name}]`);
}

export function text(element, value) {
  if (element && element.textContent !== value) element.textContent = value;
}
