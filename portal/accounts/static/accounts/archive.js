// Follows the building of one's archive: moves the bar, and loads the page anew when it is ready. Without it one reloads.
const place = document.querySelector("[data-archive]");
const bar = place?.querySelector("progress");
const text = place?.querySelector(".progress__text");
const PAUSE = 1500;

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(place.dataset.archive, { headers: { Accept: "application/json" } });
      const job = await answer.json();
      if (job.finished) {
        window.location.reload();
        return;
      }
      bar.value = job.done;
      bar.max = job.total;
      const word = document.documentElement.lang.startsWith("en") ? "of" : "von";
      text.textContent = `${job.done} ${word} ${job.total}`;
    } catch {
      // The next look tries again; the page says that one may come back later.
    }
  }
  window.setTimeout(look, PAUSE);
}

if (place && bar) window.setTimeout(look, PAUSE);
