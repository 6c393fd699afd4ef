// One connection to a board: says hello, resumes after loss, keeps unanswered commands until the server confirms them.
const PROTOCOL = "dhpb.board.v1";
const BEAT = 15000;
const PATIENCE = 10000;

export class BoardSocket {
  // options: path, token, table, store (key in localStorage or null), on: {state, welcome, snapshot, item, ack, nack, presence, refused}
  constructor(options) {
    Object.assign(this, { lastSeq: 0, epoch: null, tries: 0, socket: null, stopped: false }, options);
    this.outbox = new Map(this.store ? read(this.store) : []);
    const wake = () => this.wake();
    addEventListener("online", () => this.renew()); // another network: the old connection leads nowhere
    addEventListener("pageshow", wake);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
    setInterval(() => this.beat(), BEAT);
    this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    if (this.stopped) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.path}`, [PROTOCOL]);
    this.socket = socket;
    this.heard = Date.now();
    this.on.state?.("connecting");
    socket.onopen = () => this.hello();
    socket.onmessage = (event) => this.socket === socket && this.receive(JSON.parse(event.data));
    socket.onclose = () => this.socket === socket && this.retry();
  }

  hello() {
    this.send({ t: "hello", table: this.table ?? null, token: this.token ?? null, last_seq: this.lastSeq, epoch: this.epoch });
  }

  send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  // Sends a command and keeps it until it is answered. Returns its name.
  command(op, args, cid = newName()) {
    this.outbox.set(cid, { op, args });
    this.save();
    if (this.ready) this.send({ t: "cmd", cid, op, args });
    return cid;
  }

  receive(message) {
    this.heard = Date.now();
    this[`on_${message.t}`]?.(message);
  }

  on_welcome(message) {
    this.tries = 0;
    if (this.epoch !== message.epoch) this.lastSeq = 0;
    this.epoch = message.epoch;
    this.table = message.table;
    this.on.welcome?.(message);
  }

  on_snapshot(message) {
    this.lastSeq = message.seq;
    this.on.snapshot?.(message);
    this.live();
  }

  on_events(message) {
    if (message.from > this.lastSeq + 1) return this.hello(); // a gap: ask for what is missing
    for (const item of message.items) if (item.seq > this.lastSeq) this.on.item?.(item);
    this.lastSeq = Math.max(this.lastSeq, message.to);
    this.live();
  }

  on_ack(message) {
    const command = this.settle(message.cid);
    this.on.ack?.(message, command);
  }

  on_nack(message) {
    if (message.retry_after) {
      const command = this.outbox.get(message.cid);
      if (command) setTimeout(() => this.send({ t: "cmd", cid: message.cid, ...command }), message.retry_after * 1000 + 50);
      return;
    }
    const command = this.settle(message.cid);
    this.on.nack?.(message, command);
  }

  on_presence(message) {
    this.on.presence?.(message);
  }

  on_reload() {
    this.hello();
  }

  on_bye(message) {
    if (message.code === 4401 || message.code === 4403 || message.code === 4404) {
      this.stopped = true;
      this.on.refused?.(message);
    } else {
      this.pause = (message.retry_after ?? 1) * 1000;
    }
  }

  live() {
    if (this.ready) return;
    this.ready = true;
    this.on.state?.("open");
    for (const [cid, command] of this.outbox) this.send({ t: "cmd", cid, ...command });
  }

  settle(cid) {
    const command = this.outbox.get(cid);
    this.outbox.delete(cid);
    this.save();
    return command;
  }

  save() {
    if (this.store) write(this.store, [...this.outbox]);
  }

  // The guest goes: no more attempts, nothing kept.
  leave() {
    this.stopped = true;
    this.outbox.clear();
    this.save();
    this.socket?.close();
  }

  // Full jitter, so that a hall does not come back at once.
  retry() {
    this.ready = false;
    this.socket = null;
    if (this.stopped) return;
    this.on.state?.("closed");
    const wait = this.pause ?? Math.random() * Math.min(15000, 500 * 2 ** this.tries++);
    this.pause = undefined;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  // The phone wakes up: a connection that was silent for long is given up at once, any other must answer soon.
  wake() {
    if (this.stopped) return;
    if (!this.socket || Date.now() - this.heard > 2 * BEAT) return this.renew();
    if (!this.ready) return; // still coming, perhaps slowly
    const { socket, heard } = this;
    this.send({ t: "ping", ts: Date.now() });
    setTimeout(() => this.socket === socket && this.heard === heard && this.renew(), PATIENCE);
  }

  renew() {
    if (this.stopped) return;
    const lost = this.socket;
    this.ready = false;
    this.connect();
    lost?.close();
  }

  beat() {
    if (!this.socket || this.stopped) return;
    if (Date.now() - this.heard > 2 * BEAT) {
      const lost = this.socket;
      this.retry();
      lost.close();
    } else this.send({ t: "ping", ts: Date.now() });
  }
}

export function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") ?? [];
  } catch {
    return [];
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // private mode or full: everything still works until the page is closed
  }
}
