// Counts down to an absolute end by the server's clock, so that a phone with a wrong clock shows the right time.
export class Timer {
  constructor(element, words) {
    Object.assign(this, { element, words, offset: 0, end: null });
    setInterval(() => this.show(), 1000);
  }

  sync(serverTime) {
    if (serverTime) this.offset = Date.parse(serverTime) - Date.now();
  }

  set(round, phase) {
    this.round = round;
    this.phase = phase;
    this.end = round?.state === "running" && round.ends_at ? Date.parse(round.ends_at) : null;
    this.show();
  }

  show() {
    if (!this.element) return;
    const text = this.text();
    if (this.element.textContent === text) return;
    this.element.textContent = text;
    this.element.toggleAttribute("data-words", !/\d/.test(text)); // a sentence takes less height than a clock
  }

  text() {
    if (this.phase === "closed") return this.words.closed;
    if (this.phase === "vote") return this.words.vote;
    if (this.phase === "harvest") return this.words.harvest;
    if (this.end === null) return this.round?.state === "ended" ? this.words.ended : this.words.waiting;
    const paused = this.round.paused_at ? Date.parse(this.round.paused_at) : null;
    const left = Math.ceil((this.end - (paused ?? Date.now() + this.offset)) / 1000);
    if (left <= 0) return this.words.over;
    return paused ? this.words.paused.replace("%s", clock(left)) : clock(left);
  }
}

function clock(left) {
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor((left % 3600) / 60);
  const seconds = String(left % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}
