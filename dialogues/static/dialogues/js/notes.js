// How a card and a group look on a phone.
import { fill, part, text } from "./lists.js";

const cardTemplate = document.getElementById("karte");
const groupTemplate = document.getElementById("gruppe-vorlage");

// `seat`: {board, words, votes, votesLeft, isHost}
export function cards(list, items, ours, seat) {
  fill(list, items, cardTemplate, (element, card) => dressCard(element, card, ours, seat));
}

export function groups(list, seat) {
  fill(list, [...seat.board.clusters.values()], groupTemplate, (element, cluster) => dressGroup(element, cluster, seat), "cluster");
}

function dressCard(element, card, ours, seat) {
  const { board, words } = seat;
  const on = (name) => part(element, name);
  const state = card.state ?? "visible";
  const shown = board.cards.get(card.id) ?? card;
  element.dataset.answer = shown.answer ?? "";
  text(on("kind"), words.kinds[card.kind] ?? "");
  text(on("group"), board.clusters.has(shown.cluster) ? words.group.replace("%s", board.clusters.get(shown.cluster).title) : "");
  text(on("answer"), { now: words.answering, done: words.answered }[shown.answer] ?? "");
  text(on("text"), card.text);
  on("text").id = `text-${card.id}`;
  on("text").lang = card.lang ?? "de";
  text(on("votes"), shown.votes ? words.total.replace("%s", shown.votes) : "");
  text(on("state"), ours ? words[`state_${state}`] : "");
  on("state").dataset.state = state;
  replies(on("replies"), board.repliesTo(card.id));
  buttons(element, card, ours, seat);
  for (const input of element.querySelectorAll("[name=target], [name=card], [name=reply_to], [name=cards]")) input.value = card.id;
  for (const button of element.querySelectorAll("button, summary")) button.setAttribute("aria-describedby", `text-${card.id}`);
}

function buttons(element, card, ours, seat) {
  const on = (name) => part(element, name);
  const spent = seat.votes.filter((id) => id === card.id).length;
  const poll = seat.board.format === "poll";
  const state = card.state ?? "visible";
  text(on("mine"), !spent ? "" : poll ? seat.words.chosen : seat.words.my_dots.replace("%s", spent));
  on("vote").hidden = state !== "visible" || (poll ? spent > 0 : seat.votesLeft < 1) || (seat.board.format === "podium" && spent > 0);
  on("unvote").hidden = !spent;
  if (on("reply")) {
    on("reply").hidden = state !== "visible" || !!card.reply_to;
    label(on("reply"), "input[name=text]", `antwort-${card.id}`);
  }
  on("change").hidden = !ours || state === "waiting" || state === "hidden";
  on("delete").hidden = !ours || state === "waiting";
  element.querySelector(".pick").hidden = !seat.isHost || state !== "visible" || !!card.reply_to;
  const editor = label(on("change"), "textarea", `neu-${card.id}`);
  if (!on("change").open) editor.value = card.text;
}

function label(box, selector, id) {
  const field = box.querySelector(selector);
  field.id = id;
  box.querySelector("label").htmlFor = id;
  return field;
}

function replies(list, items) {
  list.hidden = !items.length;
  const texts = items.map((item) => item.text).join("\n");
  if (list.dataset.texts === texts) return;
  list.dataset.texts = texts;
  list.replaceChildren(...items.map((item) => Object.assign(document.createElement("li"), { textContent: item.text, lang: item.lang ?? "de" })));
}

function dressGroup(element, cluster, seat) {
  const on = (name) => part(element, name);
  const spent = seat.votes.filter((id) => id === cluster.id).length;
  text(on("title"), cluster.title);
  on("title").id = `gruppe-${cluster.id}`;
  text(on("count"), seat.words.group_cards.replace("%s", cluster.cards.length));
  text(on("votes"), cluster.votes ? seat.words.total.replace("%s", cluster.votes) : "");
  on("vote").hidden = seat.votesLeft < 1;
  on("unvote").hidden = !spent;
  for (const box of element.querySelectorAll("[data-host]")) box.hidden = !seat.isHost || (box === on("propose") && !seat.harvests);
  const words = label(on("propose"), "textarea", `ergebnis-${cluster.id}`);
  words.value ||= cluster.title;
  for (const input of element.querySelectorAll("[name=target], [name=cluster], [name=source]")) input.value = cluster.id;
  for (const button of element.querySelectorAll("button")) button.setAttribute("aria-describedby", `gruppe-${cluster.id}`);
}
