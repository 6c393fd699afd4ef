/* Shows how far an upload is, and loads the report when it is done. */
const host = document.querySelector("[data-upload-progress]");
const bar = host.querySelector("progress");

async function step() {
  const answer = await fetch(host.dataset.uploadProgress, { cache: "no-store" });
  if (!answer.ok) return;
  const job = await answer.json();
  bar.max = job.size;
  bar.value = job.done_bytes;
  for (const node of document.querySelectorAll("[data-count]")) {
    if (node.dataset.count in job) node.textContent = job[node.dataset.count].toLocaleString(document.documentElement.lang);
  }
  if (job.finished) location.reload();
}

setInterval(() => step().catch(() => {}), 1500);
