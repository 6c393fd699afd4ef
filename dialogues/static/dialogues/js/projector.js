// The wall in the hall: only adds, never rearranges; when it is full the oldest cards make room.
import { Board } from "./board.js";
import { BoardSocket } from "./socket.js";
import { Timer } from "./timer.js";

const page = document.querySelector("[data-projector]");
const words = JSON.parse(document.getElementById("worte").textContent);
const $ = (name) => page.querySelector(`[data-${name}]`);
const template = document.getElementById("karte");
const board = new Board();
const timer = new Timer($("timer"), words);
let message = 0;

new BoardSocket({
  path: page.dataset.socket,
  token: page.dataset.token,
  table: null,
  store: null,
  on: {
    state: (now) => ($("connection").textContent = now === "open" ? "" : words[`connection_${now}`]),
    welcome: (hello) => timer.sync(hello.server_time),
    snapshot: (data) => {
      board.reset(data);
      timer.sync(data.server_time);
      draw();
    },
    item: (event) => {
      board.apply(event);
      if (event.event === "message.sent") tell(event.message.text);
      draw();
    },
    refused: (bye) => ($("connection").textContent = bye.message),
  },
});
addEventListener("resize", fit);

function tell(text) {
  clearTimeout(message);
  $("message").textContent = text;
  $("message").hidden = false;
  message = setTimeout(() => ($("message").hidden = true), 60000);
}

function draw() {
  timer.set(board.round, board.phase);
  if (board.round?.question) $("question").textContent = board.round.question;
  $("phase-label").textContent = words.phases[board.phase] + (board.isOpen ? ` · ${words.round.replace("%s", board.round.number)}` : "");
  const wall = $("wall");
  const known = new Map([...wall.children].map((element) => [element.dataset.card, element]));
  for (const card of board.cards.values()) {
    const element = known.get(card.id) ?? wall.appendChild(template.content.firstElementChild.cloneNode(true));
    known.delete(card.id);
    dress(element, card);
  }
  for (const element of known.values()) element.remove();
  $("empty").hidden = board.cards.size > 0;
  fit();
}

function dress(element, card) {
  element.dataset.card = card.id;
  element.dataset.kind = card.kind;
  const group = card.cluster ? board.clusters.get(card.cluster)?.title : "";
  const from = [words.table.replace("%s", card.table), group, card.votes ? words.total.replace("%s", card.votes) : ""];
  element.firstElementChild.textContent = from.filter(Boolean).join(" · ");
  element.lastElementChild.textContent = card.text;
}

// Shows the newest cards that fit and says how many more there are.
function fit() {
  const wall = $("wall");
  const room = wall.parentElement;
  const elements = [...wall.children];
  for (const element of elements) element.hidden = false;
  let hidden = 0;
  while (hidden < elements.length - 1 && wall.scrollHeight > room.clientHeight + 2) {
    elements[hidden].hidden = true;
    hidden += 1;
  }
  $("more").textContent = hidden ? words.more.replace("%s", hidden) : "";
}
draw();
