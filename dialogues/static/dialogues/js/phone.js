// A guest's phone at a table. Everything also works by plain forms; this script answers them without leaving the page.
import { Board } from "./board.js";
import { BoardSocket, newName, read, write } from "./socket.js";
import { Timer } from "./timer.js";

const page = document.querySelector("[data-phone]");
const words = JSON.parse(document.getElementById("worte").textContent);
const seatKey = `dhpb.platz.${page.dataset.board}`;
const ownKey = `dhpb.eigene.${page.dataset.board}`;
const $ = (name) => page.querySelector(`[data-${name}]`);
const template = document.getElementById("karte");
const timer = new Timer($("timer"), words);

let board = new Board();
let socket = null;
let votes = [];
let votesLeft = 0;
let own = new Set(read(ownKey));
let notice = 0;
const mine = new Map(); // own cards as the server knows them, hidden and waiting ones too

if (page.dataset.seated === undefined) start();
else timer.set(JSON.parse(document.getElementById("runde").textContent), page.dataset.phase);

function start() {
  const seat = read(seatKey);
  if (seat.token) join({ token: seat.token });
  $("join")?.addEventListener("submit", (event) => {
    event.preventDefault();
    join({ pseudonym: new FormData(event.target).get("pseudonym") ?? "" });
  });
}

async function join(fields) {
  const button = $("join")?.querySelector("button");
  if (button) button.disabled = true;
  try {
    const answer = await fetch(location.pathname, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    const data = await answer.json();
    if (!answer.ok) return refuse(data.message);
    write(seatKey, { token: data.token });
    sit(data);
  } catch {
    if (fields.token) setTimeout(() => join(fields), 1000 + Math.random() * 3000);
    say(words.offline);
  } finally {
    if (button) button.disabled = false;
  }
}

function sit(seat) {
  $("welcome").hidden = true;
  $("seat").hidden = false;
  $("seat").querySelector("h2")?.focus();
  page.addEventListener("submit", submit);
  $("composer").text.value ||= localStorage.getItem(`${ownKey}.entwurf`) ?? "";
  $("composer").text.addEventListener("input", (event) => {
    localStorage.setItem(`${ownKey}.entwurf`, event.target.value);
    count();
  });
  socket = new BoardSocket({
    path: seat.socket,
    token: seat.token,
    table: seat.table,
    store: `dhpb.warten.${seat.participant}`,
    on: { state, welcome, snapshot, item, ack, nack, refused },
  });
}

function submit(event) {
  const form = event.target.closest("form[data-op]");
  if (!form || !socket) return;
  event.preventDefault();
  const args = Object.fromEntries(new FormData(form));
  delete args.op;
  delete args.cid;
  if (form.dataset.op === "card.create" && !args.text.trim()) return say(words.empty);
  socket.command(form.dataset.op, args, newName());
  if (form.dataset.op === "card.create") {
    form.text.value = "";
    localStorage.removeItem(`${ownKey}.entwurf`);
    form.text.focus();
    say(words.waiting_to_send);
  }
  if (form.dataset.op === "card.edit") form.closest("details").open = false;
  draw();
}

function state(now) {
  $("connection").textContent = words[`connection_${now}`];
  $("connection").dataset.connection = now;
}

function welcome(message) {
  timer.sync(message.server_time);
  const guest = message.participant;
  votes = guest.votes;
  votesLeft = guest.votes_left;
  mine.clear();
  for (const card of guest.cards) {
    mine.set(card.id, card);
    own.add(card.id);
  }
  if (message.table !== Number(page.dataset.table)) {
    page.dataset.table = message.table;
    $("table").textContent = message.table;
    say(words.moved.replace("%s", message.table));
  }
}

function snapshot(message) {
  board.reset(message);
  timer.sync(message.server_time);
  draw();
}

function item(event) {
  const before = board.round?.number;
  board.apply(event);
  if (event.card && mine.has(event.card.id)) {
    if (event.event === "card.deleted") mine.delete(event.card.id);
    else if (event.card.hidden) mine.set(event.card.id, { ...mine.get(event.card.id), state: event.card.reason === "pending" ? "pending" : "hidden", reason: event.card.reason });
    else mine.set(event.card.id, event.card);
  }
  if (event.votes) for (const [id, total] of Object.entries(event.votes)) if (mine.has(id)) mine.set(id, { ...mine.get(id), votes: total });
  if (event.event === "message.sent") tell(event.message.text);
  if (event.event === "round.started" && event.round.number !== before) {
    votes = [];
    say(words.round_started);
    refresh();
  }
  if (event.event === "round.ended") say(words.round_ended);
  if (event.event === "card.created" && !own.has(event.card.id)) notice += 1;
  schedule();
}

// A new round gives new dots: ask the server how many.
function refresh() {
  socket.lastSeq = 0;
  socket.hello();
}

function ack(message, command) {
  const card = message.result.card;
  if (card && command?.op === "card.create") {
    own.add(card.id);
    write(ownKey, [...own]);
    say(words.sent);
  }
  if (card && own.has(card.id)) {
    if (command?.op === "card.delete") {
      mine.delete(card.id);
      board.cards.delete(card.id);
    } else mine.set(card.id, card);
  }
  if (message.result.left !== undefined) {
    votesLeft = message.result.left;
    const target = command?.args.target;
    if (command?.op === "vote.add") votes.push(target);
    else if (votes.includes(target)) votes.splice(votes.indexOf(target), 1);
    for (const [id, total] of Object.entries(message.result.votes ?? {})) board.count(id, total);
  }
  draw();
}

function nack(message, command) {
  if (command?.op === "card.create" && !$("composer").text.value) $("composer").text.value = command.args.text;
  say(message.message);
  draw();
}

function refused(message) {
  write(seatKey, {});
  refuse(message.message);
}

function refuse(message) {
  $("seat").hidden = true;
  $("welcome").hidden = false;
  $("error").textContent = message;
  $("error").hidden = false;
  write(seatKey, {});
}

function tell(text) {
  $("message").textContent = text;
  $("message").hidden = false;
  say(text);
}

function say(text) {
  $("status").textContent = text;
}

let drawing = 0;
function schedule() {
  drawing ||= setTimeout(() => {
    drawing = 0;
    draw();
    if (notice) say(words.new_cards.replace("%s", notice));
    notice = 0;
  }, 150);
}

function count() {
  const left = Number(page.dataset.limit) - $("composer").text.value.length;
  $("count").textContent = left < 100 ? words.left.replace("%s", left) : "";
}

function draw() {
  timer.set(board.round, board.phase);
  $("question").textContent = board.round?.question || page.dataset.question;
  $("closed").hidden = board.isOpen;
  $("dots").textContent = words.dots.replace("%s", votesLeft);
  const waiting = [...(socket?.outbox ?? [])].filter(([, command]) => command.op === "card.create");
  const ours = [...waiting.map(([cid, { args }]) => ({ id: cid, text: args.text, kind: args.kind, state: "waiting", votes: 0 })), ...[...mine.values()].reverse()];
  fill($("own"), ours, true);
  fill($("others"), board.list().filter((card) => !mine.has(card.id)), false);
  $("own-empty").hidden = ours.length > 0;
  $("others-empty").hidden = $("others").children.length > 0;
  $("hidden").textContent = board.hidden ? words.hidden.replace("%s", board.hidden) : "";
  count();
}

// Keeps the elements that are there: focus, open editors and half-written changes survive.
function fill(list, cards, ours) {
  const known = new Map([...list.children].map((element) => [element.dataset.card, element]));
  let place = list.firstElementChild;
  for (const card of cards) {
    const element = known.get(card.id) ?? template.content.firstElementChild.cloneNode(true);
    known.delete(card.id);
    dress(element, card, ours);
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
  }
  for (const element of known.values()) element.remove();
}

function dress(element, card, ours) {
  const part = (name) => element.querySelector(`[data-part=${name}]`);
  element.dataset.card = card.id;
  const shown = !card.state || card.state === "visible";
  part("kind").textContent = words.kinds[card.kind] ?? "";
  part("text").textContent = card.text;
  part("text").id = `text-${card.id}`;
  const total = board.cards.get(card.id)?.votes ?? card.votes;
  part("votes").textContent = total ? words.total.replace("%s", total) : "";
  part("state").textContent = ours ? words[`state_${card.state ?? "visible"}`] : "";
  part("state").dataset.state = card.state ?? "visible";
  const spent = votes.filter((id) => id === card.id).length;
  part("mine").textContent = spent ? words.my_dots.replace("%s", spent) : "";
  part("vote").hidden = !shown || votesLeft < 1;
  part("unvote").hidden = !spent;
  part("change").hidden = !ours || card.state === "waiting" || card.state === "hidden";
  part("delete").hidden = !ours || card.state === "waiting";
  for (const input of element.querySelectorAll("[name=target], [name=card]")) input.value = card.id;
  for (const button of element.querySelectorAll("button, summary")) button.setAttribute("aria-describedby", `text-${card.id}`);
  const editor = element.querySelector("textarea");
  editor.id = `neu-${card.id}`;
  element.querySelector("label").htmlFor = editor.id;
  if (!part("change").open) editor.value = card.text;
}
