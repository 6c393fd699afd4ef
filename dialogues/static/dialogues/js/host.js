// The host's proposals for results: sent with the seat's token, so that the page stays.
import { part, text } from "./lists.js";

// `token()` gives the seat's token, or nothing where the form's cookie stands for it.
export function sendProposals(page, token, words) {
  page.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-part=propose]");
    if (!form || !token()) return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(form));
    fields.set("token", token());
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: fields });
      text(part(form, "proposed"), (await answer.json()).message);
    } catch {
      text(part(form, "proposed"), words.proposal_waits);
    }
  });
}
