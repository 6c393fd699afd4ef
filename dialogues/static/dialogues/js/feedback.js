// Three questions after the evening: shown from the harvest on, sent once per seat. Without script the form posts itself.
import { text } from "./lists.js";

const OVER = ["harvest", "closed"];

export class Feedback {
  // section: the hidden part of the page, null where this evening asks nothing
  constructor(section, board, words) {
    Object.assign(this, { section, words, key: `dhpb.rueckmeldung.${board}`, token: null });
    section?.querySelector("form").addEventListener("submit", (event) => this.send(event));
  }

  // Shows the questions to a seated guest once the evening is over; says whether they have just appeared.
  offer(phase, token) {
    if (!this.section || !token || localStorage.getItem(this.key)) return false;
    this.token = token;
    const appears = this.section.hidden && OVER.includes(phase);
    this.section.hidden = !OVER.includes(phase);
    return appears;
  }

  async send(event) {
    if (!this.token) return; // seated by the form's cookie: an ordinary post
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("button");
    button.disabled = true;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("token", this.token);
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: fields });
      const data = await answer.json();
      this.say(data.message);
      if (answer.ok || data.code === "already_given") this.finish(form);
    } catch {
      this.say(this.words.feedback_waits);
    } finally {
      button.disabled = false;
    }
  }

  finish(form) {
    localStorage.setItem(this.key, "1");
    form.hidden = true;
    this.section.querySelector("h2").focus();
  }

  say(words) {
    text(this.section.querySelector("[data-feedback-status]"), words);
  }
}
