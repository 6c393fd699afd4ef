/* Keeps the newest values on a page fresh: one socket, a poll by ETag where there is none.
   [data-live-channel] holds a [data-live-value]; [data-live-time], [data-live-words] and [data-live-flags] name a channel
   each. Words come from the bands that the page brings along: [[edge or null, word, badge kind], …]. */
import { relative } from "../js/relative-time.js";

const locale = document.documentElement.lang.startsWith("en") ? "en-GB" : "de-DE";
const english = locale === "en-GB";
const say = (de, en) => (english ? en : de);
const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "Europe/Berlin" });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "Europe/Berlin" });
const moment = (date) => `${day.format(date)}, ${clock.format(date)}${say(" Uhr", "")}`; // as the server writes it
const SOURCE = "/api/v1/stations.geojson";
const WORLD = [-180, -90, 180, 90];
const POLL = 5000;
const listeners = new Set();
const newest = new Map();
const view = { bbox: WORLD, zoom: 12, phenomenon: "" };
let socket = null;
let attempts = 0;
let etag = "";
let polling = 0;
let read = refresh;

export const format = (value, decimals = 1) =>
  value === null || value === undefined
    ? "–"
    : new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);

/** Calls `listener({stations, cells})` with each change; stations: [{id, channel, ts, value, flags}]. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Another way to read the whole picture, for a page that reads it anyway. */
export function readBy(reader) {
  read = reader;
}

/** What the person looks at: bbox [w, s, e, n], zoom, phenomenon. */
export function look(next) {
  Object.assign(view, next);
  subscribe();
}

function subscribe() {
  if (socket?.readyState !== WebSocket.OPEN) return;
  const { bbox, zoom, phenomenon } = view;
  socket.send(JSON.stringify({ t: "subscribe", bbox, zoom, ...(phenomenon ? { phenomenon } : {}) }));
}

function publish(change) {
  const stations = change.stations.filter((entry) => {
    const known = newest.get(entry.channel);
    if (known && known >= entry.ts) return false;
    newest.set(entry.channel, entry.ts);
    return true;
  });
  if (!stations.length && !change.cells.length) return;
  stations.forEach(show);
  for (const listener of listeners) listener({ stations, cells: change.cells });
}

function show({ channel, value, ts, flags }) {
  const all = (name) => document.querySelectorAll(`[data-live-${name}="${Number(channel)}"]`);
  for (const node of all("channel")) {
    const words = format(value, Number(node.dataset.decimals));
    const target = node.querySelector("[data-live-value]");
    if (target.textContent !== words) {
      target.textContent = words;
      node.classList.add("is-fresh");
      setTimeout(() => node.classList.remove("is-fresh"), 2500);
    }
  }
  for (const node of all("time")) showTime(node, new Date(ts));
  for (const node of all("words")) showWords(node, value);
  for (const node of all("flags")) showFlags(node, flags ?? []);
}

function showTime(node, date) {
  const time = document.createElement("time");
  time.dateTime = date.toISOString();
  time.textContent = moment(date);
  if (node.querySelector("[data-relative]")) {
    time.dataset.relative = "";
    time.title = time.textContent;
    time.textContent = relative(date) ?? time.title;
  }
  node.replaceChildren(time);
}

function showWords(node, value) {
  const band = value === null ? undefined : JSON.parse(node.dataset.bands).find(([edge]) => edge === null || value <= edge);
  node.hidden = !band;
  if (!band) return;
  const badge = node.querySelector(".badge");
  (badge ?? node).textContent = band[1];
  if (badge) badge.className = `badge badge--${band[2]}`;
}

/** The page knows the sentence of the flags it came with; of others it says that there are some. */
function showFlags(node, flags) {
  const sentence = node.lastElementChild;
  node.dataset.sentence ??= sentence.textContent;
  node.hidden = !flags.length;
  sentence.textContent = flags.join(",") === node.dataset.flags ? node.dataset.sentence : say("auffällig", "flagged");
}

/** Reads the whole picture once; the socket then says what changes. */
async function refresh() {
  const url = `${SOURCE}?bbox=${view.bbox.join(",")}&zoom=${view.zoom}`;
  const answer = await fetch(url, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
  if (answer.status === 304 || !answer.ok) return;
  etag = answer.headers.get("ETag") ?? "";
  took(await answer.json());
}

/** The values of a picture that was read. */
export function took({ features }) {
  const stations = features.flatMap(({ id, properties }) => (properties.values ?? []).map((entry) => ({ id, ...entry })));
  publish({ stations, cells: [] });
}

function poll(on) {
  clearInterval(polling);
  polling = on ? setInterval(() => { if (!document.hidden) read().catch(() => {}); }, POLL) : 0;
}

function note(live) {
  for (const node of document.querySelectorAll("[data-live-note]")) {
    node.hidden = false;
    const state = node.querySelector("[data-live-state]");
    if (state) {
      state.textContent = live
        ? say("Die Werte aktualisieren sich von selbst.", "Values update by themselves.")
        : say("Verbindung unterbrochen, wir fragen alle paar Sekunden nach.", "Connection lost; asking every few seconds.");
    }
  }
}

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/map/`);
  socket.addEventListener("open", () => {
    attempts = 0;
    poll(false);
    note(true);
    subscribe();
    etag = "";
    read().catch(() => {});
  });
  socket.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    if (message.t === "delta") publish(message);
  });
  socket.addEventListener("close", () => {
    note(false);
    if (!polling) poll(true);
    attempts += 1;
    setTimeout(connect, Math.min(30000, 1000 * 2 ** attempts) * (0.5 + Math.random()));
  });
}

for (const node of document.querySelectorAll("[data-live-time] time")) {
  const channel = Number(node.parentElement.dataset.liveTime);
  const ts = new Date(node.dateTime).toISOString();
  newest.set(channel, ts);
}
connect();
