// Somebody at home looks on: cards and timer, nothing to press.
import { Board } from "./board.js";
import { fill, text } from "./lists.js";
import { BoardSocket } from "./socket.js";
import { Timer } from "./timer.js";

const page = document.querySelector("[data-observe]");
const words = JSON.parse(document.getElementById("worte").textContent);
const $ = (name) => page.querySelector(`[data-${name}]`);
const template = document.getElementById("karte");
const board = new Board();
const timer = new Timer($("timer"), words);

new BoardSocket({
  path: page.dataset.socket,
  token: page.dataset.token,
  table: null,
  store: null,
  on: {
    state: (now) => text($("connection"), words[`connection_${now}`]),
    welcome: (hello) => timer.sync(hello.server_time),
    snapshot: (data) => {
      board.reset(data);
      draw();
    },
    item: (event) => {
      board.apply(event);
      draw();
    },
    refused: (bye) => text($("connection"), bye.message),
  },
});

let drawing = 0;
function draw() {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    timer.set(board.round, board.phase);
    text($("question"), board.question("de"));
    text($("phase-label"), words.phases[board.phase]);
    $("empty").hidden = board.cards.size > 0;
    fill($("cards"), board.list(), template, dress);
  });
}

function dress(element, card) {
  const parts = [words.table.replace("%s", card.table), board.clusters.has(card.cluster) ? words.group.replace("%s", board.clusters.get(card.cluster).title) : "", card.votes ? words.total.replace("%s", card.votes) : ""];
  text(element.firstElementChild, parts.filter(Boolean).join(" · "));
  text(element.lastElementChild, card.text);
  element.lastElementChild.lang = card.lang ?? "de";
}
