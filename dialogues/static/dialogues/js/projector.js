// The wall in the hall: only adds, never rearranges; when it is full the oldest cards make room.
import { Board } from "./board.js";
import { fill, text } from "./lists.js";
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
      if (event.event === "rotation.moved") tell(words.walk);
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

const GROUPED = new Set(["worldcafe", "speed"]);

function draw() {
  timer.set(board.round, board.phase);
  if (board.round?.question) $("question").textContent = board.round.question;
  const phase = board.round?.paused_at ? words.paused_label : words.phases[board.phase];
  $("phase-label").textContent = phase + (board.isOpen && GROUPED.has(board.format) ? ` · ${words.round.replace("%s", board.round.number)}` : "");
  $("join").hidden = board.phase === "closed";
  fill($("wall"), shown(), template, dress);
  $("empty").hidden = board.cards.size > 0;
  fit();
}

// Groups first, each as one card with its members; then what stands alone. Questions and answers by support.
function shown() {
  const cards = [...board.cards.values()].filter((card) => !card.reply_to);
  if (!GROUPED.has(board.format)) {
    const now = (card) => Number(card.answer === "now");
    return cards.filter((card) => card.answer !== "done").sort((a, b) => now(b) - now(a) || b.votes - a.votes);
  }
  const groups = [...board.clusters.values()].map((group) => ({ ...group, members: group.cards.map((id) => board.cards.get(id)).filter(Boolean) }));
  return [...groups.filter((group) => group.members.length), ...cards.filter((card) => !board.clusters.has(card.cluster))];
}

function dress(element, item) {
  const total = item.votes + (item.members ?? []).reduce((sum, card) => sum + card.votes, 0);
  element.dataset.kind = item.members ? "group" : item.kind;
  element.dataset.answer = item.answer ?? "";
  const where = GROUPED.has(board.format) && item.table ? words.table.replace("%s", item.table) : "";
  const parts = [where, item.members ? words.group_cards.replace("%s", item.members.length) : "", total ? words.total.replace("%s", total) : "", item.answer === "now" ? words.answering : ""];
  text(element.firstElementChild, parts.filter(Boolean).join(" · "));
  const body = element.children[1];
  text(body, item.members ? item.title : item.text);
  body.lang = item.lang ?? "de";
  const members = element.querySelector("ul");
  members.hidden = !item.members;
  const texts = (item.members ?? []).slice(-4).map((card) => card.text);
  if (members.dataset.texts !== texts.join("\n")) {
    members.dataset.texts = texts.join("\n");
    members.replaceChildren(...texts.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  }
  bar(element, item);
}

// In a poll each answer is as long as its share of all choices.
function bar(element, item) {
  const meter = element.querySelector("meter");
  meter.hidden = board.format !== "poll";
  meter.max = Math.max(1, [...board.cards.values()].reduce((sum, card) => sum + card.votes, 0));
  meter.value = item.votes ?? 0;
  meter.setAttribute("aria-label", item.text ?? "");
}

// Shows the newest cards that fit and says how many more there are.
function fit() {
  const wall = $("wall");
  const room = wall.parentElement;
  const elements = [...wall.children];
  for (const element of elements) element.hidden = false;
  let hidden = 0;
  const first = GROUPED.has(board.format) ? 0 : 1; // the question that is being answered stays
  while (hidden < elements.length - 1 - first && wall.scrollHeight > room.clientHeight + 2) {
    elements[first ? elements.length - 1 - hidden : hidden].hidden = true;
    hidden += 1;
  }
  $("more").textContent = hidden ? words.more.replace("%s", hidden) : "";
}
draw();
