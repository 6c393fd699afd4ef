// The slider of the results page: folds the public log up to the chosen event. Without script the form loads the page.
import { Board } from "./board.js";

const page = document.querySelector("[data-replay]");
const words = JSON.parse(document.getElementById("worte").textContent);
const $ = (name) => page.querySelector(`[data-${name}]`);
const slider = $("slider");
let events = null;

$("go").hidden = true;
slider.addEventListener("input", async () => {
  events ??= fetch(page.dataset.log).then((answer) => answer.json()).then((data) => data.events);
  const board = new Board();
  for (const item of (await events).slice(0, Number(slider.value))) board.apply(item);
  draw(board, (await events)[Number(slider.value) - 1]);
});

function draw(board, last) {
  const time = last ? new Date(last.at).toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" }) : "";
  const label = words.replay_at.replace("%1", slider.value).replace("%2", slider.max) + (time ? ` · ${time}` : "");
  $("where").textContent = label;
  slider.setAttribute("aria-valuetext", label);
  const tables = new Map();
  for (const card of board.list()) tables.set(card.table, [...(tables.get(card.table) ?? []), card]);
  $("empty").hidden = tables.size > 0;
  $("board").replaceChildren(...[...tables].sort(([a], [b]) => a - b).map(([table, cards]) => section(table, cards, board)));
}

function section(table, cards, board) {
  const box = make("section", "board-table");
  const list = make("ul", "desk-cards");
  for (const card of cards) {
    const item = make("li", "desk-card");
    const group = board.clusters.get(card.cluster);
    const parts = [group ? words.group.replace("%s", group.title) : "", card.votes ? words.total.replace("%s", card.votes) : ""];
    const text = make("p", "desk-card__text", card.text);
    text.lang = card.lang ?? "de";
    item.append(make("p", "desk-card__meta", parts.filter(Boolean).join(" · ")), text);
    list.append(item);
  }
  box.append(make("h3", "", words.table.replace("%s", table)), list);
  return box;
}

function make(tag, css, text = "") {
  return Object.assign(document.createElement(tag), { className: css, textContent: text });
}
