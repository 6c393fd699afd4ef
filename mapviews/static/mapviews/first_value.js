/* The owner's page of a station that is empty or private: asks whether a value arrived, and shows it. */
const host = document.querySelector("[data-arrived]");
const PERIOD = 3000;
let known = null;

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(host.dataset.arrived, { cache: "no-store" });
  if (!answer.ok) return;
  const { stamp } = await answer.json();
  if (known !== null && stamp !== known) location.reload();
  known = stamp;
}

if (host) {
  ask().catch(() => {});
  setInterval(() => ask().catch(() => {}), PERIOD);
}
