// The facilitator's console: the same forms as without script, sent over the socket, and lists that follow the board.
import { Board } from "./board.js";
import { fill, part, text } from "./lists.js";
import { BoardSocket, newName } from "./socket.js";
import { Timer } from "./timer.js";

const page = document.querySelector("[data-console]");
const words = JSON.parse(document.getElementById("worte").textContent);
const $ = (name) => page.querySelector(`[data-${name}]`);
const [cardTemplate, groupTemplate, guestTemplate] = ["karte", "gruppe-vorlage", "gast"].map((id) => document.getElementById(id));
const timer = new Timer($("timer"), words);
const board = new Board();
const opened = Date.now();
let online = {};
let phase = null;

timer.set(JSON.parse(document.getElementById("runde").textContent), "discuss");
const socket = new BoardSocket({
  path: page.dataset.socket,
  token: page.dataset.token || null,
  table: null,
  store: null,
  on: {
    state: (now) => ($("connection").textContent = words[`connection_${now}`]),
    welcome: (hello) => timer.sync(hello.server_time),
    snapshot: (data) => {
      board.reset(data);
      timer.sync(data.server_time);
      phase ??= mark();
      draw();
    },
    item: (event) => {
      board.apply(event);
      if (event.event === "result.proposed") proposed(event.result.table);
      if (/^(round|phase|rotation)\./.test(event.event) && mark() !== phase) return turn();
      draw();
    },
    ack: (_answer, command) => {
      say(words.done);
      const field = { "message.broadcast": "ansage-text", "cluster.create": "gruppe-titel" }[command?.op];
      if (field) document.getElementById(field).value = "";
      if (command?.op === "cluster.create") for (const box of page.querySelectorAll("[name=cards]:checked")) box.checked = false;
      if (command?.args.paper || command?.args.kind === "option") document.getElementById("papier-text").value = "";
    },
    nack: (answer) => say(answer.message),
    presence: (news) => {
      online = news.tables;
      draw();
    },
    refused: (bye) => ($("connection").textContent = bye.message),
  },
});

page.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-op]");
  if (!form) return;
  event.preventDefault();
  const data = new FormData(form);
  const args = Object.fromEntries(data);
  for (const name of ["table", "round", "votes"]) if (name in args) args[name] = Number(args[name]);
  if ("pinned" in args) args.pinned = args.pinned === "1";
  if (form.dataset.op === "cluster.create") {
    args.cards = data.getAll("cards");
    if (!args.cards.length) return say(words.choose_cards);
  }
  for (const name of ["csrfmiddlewaretoken", "op", "cid", "token"]) delete args[name];
  socket.command(form.dataset.op, args, newName());
  const details = form.closest("details");
  if (details) details.open = false;
});

// A card drawn onto another one makes a group of both, or joins the group that is there.
let dragged = null;
$("cards-list")?.addEventListener("dragstart", (event) => (dragged = event.target.closest("[data-card]")?.dataset.card));
$("cards-list")?.addEventListener("dragover", (event) => dragged && event.preventDefault());
$("cards-list")?.addEventListener("drop", (event) => {
  const target = event.target.closest("[data-card]")?.dataset.card;
  event.preventDefault();
  if (!dragged || !target || target === dragged) return;
  const group = board.cards.get(target)?.cluster;
  if (group) socket.command("card.move", { card: dragged, cluster: group }, newName());
  else socket.command("cluster.create", { cards: [target, dragged], title: "" }, newName());
  dragged = null;
});

function mark() {
  return `${board.phase} ${board.round?.number} ${board.round?.state} ${board.round?.paused_at}`;
}

// Another phase means other buttons: the page comes anew, unless someone is typing.
function turn() {
  draw();
  const busy = document.activeElement?.matches("input[name=text], textarea") && document.activeElement.value;
  if (!busy) location.reload();
  else phase = mark();
}

// A table proposed a result: the list comes anew from the page, as soon as nobody is typing in it.
let fetching = 0;
function proposed(table) {
  say(words.proposed.replace("%s", table));
  fetching ||= setTimeout(proposals, 500);
}

async function proposals() {
  fetching = 0;
  const list = $("proposals");
  if (!list) return;
  const typed = [...list.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
  if (typed || list.contains(document.activeElement)) return (fetching = setTimeout(proposals, 2000));
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return (fetching = setTimeout(proposals, 5000));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-proposals]");
  if (fresh && !list.contains(document.activeElement)) list.replaceChildren(...fresh.childNodes);
}

function say(text) {
  $("status").textContent = text;
  $("connection").textContent = text;
}

let drawing = 0;
function draw() {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    timer.set(board.round, board.phase);
    glance();
    list();
  });
}

function glance() {
  const cards = new Map();
  for (const card of board.cards.values()) cards.set(card.table, (cards.get(card.table) ?? 0) + 1);
  const seats = new Map();
  const people = Map.groupBy ? Map.groupBy(board.guests.values(), (guest) => guest.table) : group(board.guests.values());
  for (const [table, guests] of people) seats.set(table, guests.length);
  for (const element of page.querySelectorAll("[data-tables] > [data-table]")) {
    const number = Number(element.dataset.table);
    const guests = online[number] ?? 0;
    element.querySelector("[data-guests]").textContent = words.guests.replace("%s", seats.get(number) ?? 0).replace("%s", guests);
    element.querySelector("[data-cards]").textContent = words.cards.replace("%s", cards.get(number) ?? 0);
    const last = board.active.get(number);
    const minutes = Math.floor((Date.now() - (last ? Date.parse(last) : opened)) / 60000);
    const stuck = board.isOpen && seats.get(number) && minutes >= 3;
    const help = board.tables.get(number)?.help_at;
    element.dataset.stuck = stuck || help ? "1" : "";
    element.querySelector("[data-help]").hidden = !help;
    fill(element.querySelector("[data-guests-list]"), people.get(number) ?? [], guestTemplate, dressGuest, "guest");
    element.querySelector("[data-activity]").textContent = help ? words.needs_help : board.phase === "closed" ? "" : !seats.get(number) ? words.empty_table : stuck ? words.quiet.replace("%s", minutes) : words.active;
  }
}
setInterval(glance, 30000);

function group(guests) {
  const tables = new Map();
  for (const guest of guests) tables.set(guest.table, [...(tables.get(guest.table) ?? []), guest]);
  return tables;
}

function dressGuest(element, guest) {
  text(part(element, "name"), guest.pseudonym);
  part(element, "name").id = `gast-${guest.id}`;
  const host = board.tables.get(guest.table)?.host === guest.id;
  text(part(element, "badge"), [guest.badge === "expert" ? words.expert : "", host ? words.host : ""].filter(Boolean).join(", "));
  for (const input of element.querySelectorAll("[name=participant]")) input.value = guest.id;
  element.querySelector("[name=table]").value = guest.table;
  element.querySelector("[name=badge]").value = guest.badge === "expert" ? "" : "expert";
  for (const button of element.querySelectorAll("button")) button.setAttribute("aria-describedby", `gast-${guest.id}`);
}

function list() {
  const order = { pending: 0, visible: 1, hidden: 2 };
  const podium = (a, b) => (board.format === "podium" ? Number(b.answer === "now") - Number(a.answer === "now") || b.votes - a.votes : 0);
  const cards = [...board.cards.values()].sort((a, b) => order[a.state] - order[b.state] || Number(b.pinned) - Number(a.pinned) || podium(a, b));
  fill($("cards-list"), cards, cardTemplate, dress);
  fill($("groups"), [...board.clusters.values()], groupTemplate, dressGroup, "cluster");
  $("none").hidden = cards.length > 0;
}

function dressGroup(element, cluster) {
  text(part(element, "title"), cluster.title);
  part(element, "title").id = `gruppe-${cluster.id}`;
  text(part(element, "count"), words.group_cards.replace("%s", cluster.cards.length));
  text(part(element, "votes"), cluster.votes ? words.total.replace("%s", cluster.votes) : "");
  for (const input of element.querySelectorAll("[name=cluster], [name=source]")) input.value = cluster.id;
  for (const button of element.querySelectorAll("button")) button.setAttribute("aria-describedby", `gruppe-${cluster.id}`);
}

function dress(element, card) {
  const on = (name) => part(element, name);
  element.dataset.state = card.state;
  element.dataset.answer = card.answer ?? "";
  text(on("table"), words.table.replace("%s", card.table));
  text(on("state"), words[`state_${card.state}`]);
  text(on("votes"), card.votes ? words.total.replace("%s", card.votes) : "");
  text(on("answer"), { now: words.answering, done: words.answered }[card.answer] ?? "");
  const within = board.clusters.get(card.cluster);
  text(on("extra"), [card.paper ? words.paper : "", within ? words.group.replace("%s", within.title) : ""].filter(Boolean).join(" · "));
  text(on("text"), card.text);
  on("text").id = `text-${card.id}`;
  on("text").lang = card.lang ?? "de";
  on("approve").hidden = card.state !== "pending";
  on("restore").hidden = card.state !== "hidden";
  on("hide").hidden = card.state === "hidden";
  on("pick").hidden = card.state !== "visible";
  on("pin").hidden = card.pinned || card.state !== "visible";
  on("unpin").hidden = !card.pinned;
  if (on("take")) on("take").hidden = card.state !== "visible" || !!card.answer;
  if (on("answered")) on("answered").hidden = card.answer !== "now";
  if (on("result")) on("result").hidden = card.state !== "visible" || !on("marked").hidden;
  for (const input of element.querySelectorAll("[name=card], [name=source], [name=cards]")) input.value = card.id;
  for (const control of element.querySelectorAll("button, summary, [name=cards]")) control.setAttribute("aria-describedby", `text-${card.id}`);
}
