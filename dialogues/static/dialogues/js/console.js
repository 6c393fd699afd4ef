// The facilitator's console: the same forms as without script, sent over the socket, and lists that follow the board.
import { Board } from "./board.js";
import { BoardSocket, newName } from "./socket.js";
import { Timer } from "./timer.js";

const page = document.querySelector("[data-console]");
const words = JSON.parse(document.getElementById("worte").textContent);
const $ = (name) => page.querySelector(`[data-${name}]`);
const template = document.getElementById("karte");
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
      if (/^(round|phase)\./.test(event.event) && mark() !== phase) return turn();
      draw();
    },
    ack: (_answer, command) => {
      say(words.done);
      if (command?.op === "message.broadcast") page.querySelector("#ansage-text").value = "";
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
  const args = Object.fromEntries(new FormData(form));
  for (const name of ["csrfmiddlewaretoken", "op", "cid", "token"]) delete args[name];
  socket.command(form.dataset.op, args, newName());
  const details = form.closest("details");
  if (details) details.open = false;
});

function mark() {
  return `${board.phase} ${board.round?.number} ${board.round?.state}`;
}

// Another phase means other buttons: the page comes anew, unless someone is typing.
function turn() {
  draw();
  const busy = document.activeElement?.matches("input[name=text], textarea") && document.activeElement.value;
  if (!busy) location.reload();
  else phase = mark();
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
  for (const guest of board.guests.values()) seats.set(guest.table, (seats.get(guest.table) ?? 0) + 1);
  for (const element of page.querySelectorAll("[data-tables] > [data-table]")) {
    const number = Number(element.dataset.table);
    const guests = online[number] ?? 0;
    element.querySelector("[data-guests]").textContent = words.guests.replace("%s", seats.get(number) ?? 0).replace("%s", guests);
    element.querySelector("[data-cards]").textContent = words.cards.replace("%s", cards.get(number) ?? 0);
    const last = board.active.get(number);
    const minutes = Math.floor((Date.now() - (last ? Date.parse(last) : opened)) / 60000);
    const stuck = board.isOpen && seats.get(number) && minutes >= 3;
    element.dataset.stuck = stuck ? "1" : "";
    element.querySelector("[data-activity]").textContent = !seats.get(number) ? words.empty_table : stuck ? words.quiet.replace("%s", minutes) : words.active;
  }
}
setInterval(glance, 30000);

function list() {
  const order = { pending: 0, visible: 1, hidden: 2 };
  const cards = [...board.cards.values()].sort((a, b) => order[a.state] - order[b.state]);
  const parent = $("cards-list");
  const known = new Map([...parent.children].map((element) => [element.dataset.card, element]));
  let place = parent.firstElementChild;
  for (const card of cards) {
    const element = known.get(card.id) ?? template.content.firstElementChild.cloneNode(true);
    known.delete(card.id);
    dress(element, card);
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
  for (const element of known.values()) element.remove();
  $("none").hidden = cards.length > 0;
}

function dress(element, card) {
  const part = (name) => element.querySelector(`[data-part=${name}]`);
  element.dataset.card = card.id;
  element.dataset.state = card.state;
  part("table").textContent = words.table.replace("%s", card.table);
  part("state").textContent = words[`state_${card.state}`];
  part("votes").textContent = card.votes ? words.total.replace("%s", card.votes) : "";
  part("text").textContent = card.text;
  part("text").id = `text-${card.id}`;
  part("approve").hidden = card.state !== "pending";
  part("restore").hidden = card.state !== "hidden";
  part("hide").hidden = card.state === "hidden";
  if (part("result")) part("result").hidden = card.state !== "visible" || !part("marked").hidden;
  for (const input of element.querySelectorAll("[name=card], [name=source]")) input.value = card.id;
  for (const control of element.querySelectorAll("button, summary")) control.setAttribute("aria-describedby", `text-${card.id}`);
}
