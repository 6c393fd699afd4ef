/* The set-up page of a box: the token stands behind "#" of the card's address, which no server sees; it is shown here. */
const token = decodeURIComponent(location.hash.slice(1));

if (/^dhs_[\w-]{20,80}$/.test(token)) {
  for (const slot of document.querySelectorAll("[data-token-slot]")) slot.textContent = token;
  document.querySelector("[data-card-slot]").hidden = false;
}
