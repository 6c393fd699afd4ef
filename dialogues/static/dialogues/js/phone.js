// A guest's phone at a table. Everything also works by plain forms; this script answers them without leaving the page.
import { Board } from "./board.js";
import { Feedback } from "./feedback.js";
import { text } from "./lists.js";
import { sendProposals } from "./host.js";
import * as notes from "./notes.js";
import { BoardSocket, newName, read, write } from "./socket.js";
import { Timer } from "./timer.js";

const page = document.querySelector("[data-phone]");
const words = JSON.parse(document.getElementById("worte").textContent);
const seatKey = `dhpb.platz.${page.dataset.board}`;
const ownKey = `dhpb.eigene.${page.dataset.board}`;
const $ = (name) => page.querySelector(`[data-${name}]`);
const timer = new Timer($("timer"), words);
const board = new Board();
const feedback = new Feedback($("feedback"), page.dataset.board, words);

let socket = null;
sendProposals(page, () => socket?.token, words);
let me = { votes: [], votes_left: 0, next_table: null };
let own = new Set(read(ownKey));
let notice = 0;
const mine = new Map(); // own cards as the server knows them, hidden and waiting ones too

if (page.dataset.seated === undefined) start();
else timer.set(JSON.parse(document.getElementById("runde").textContent), page.dataset.phase);

function start() {
  const seat = read(seatKey);
  // The evening is over: nobody sits down any more, but who sat here may still answer.
  if (page.dataset.phase === "closed") return feedback.offer("closed", seat.token);
  // The same address again: stay where one was seated meanwhile. Another table's code: walk there.
  if (seat.token) join({ token: seat.token, resume: seat.code === page.dataset.code ? "1" : "" });
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
    write(seatKey, { token: data.token, code: page.dataset.code });
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
  const { op } = form.dataset;
  const data = new FormData(form);
  const args = Object.fromEntries(data);
  delete args.op;
  delete args.cid;
  if (op === "cluster.create") args.cards = data.getAll("cards");
  if (op === "cluster.create" && !args.cards.length) return say(words.choose_cards);
  if (op === "host.set" && "participant" in args) args.participant = null;
  if (op === "card.create" && !args.text.trim()) return say(words.empty);
  socket.command(op, args, newName());
  if (op === "card.create") sentCard(form, args);
  if (op === "card.edit") form.closest("details").open = false;
  draw();
}

function sentCard(form, args) {
  form.elements.text.value = "";
  say(words.waiting_to_send);
  if (args.reply_to) {
    form.closest("details").open = false;
    return form.closest("details").querySelector("summary").focus();
  }
  localStorage.removeItem(`${ownKey}.entwurf`);
  form.elements.text.focus();
}

function state(now) {
  text($("connection"), words[`connection_${now}`]);
  $("connection").dataset.connection = now;
}

function welcome(message) {
  timer.sync(message.server_time);
  me = message.participant;
  mine.clear();
  for (const card of me.cards) {
    mine.set(card.id, card);
    own.add(card.id);
  }
  if (message.table !== Number(page.dataset.table)) walk(message.table);
  if (me.code !== page.dataset.code) {
    page.dataset.code = me.code;
    history.replaceState(null, "", location.pathname.replace(/t\/[^/]+\/$/, `t/${me.code}/`));
  }
  write(seatKey, { token: socket.token, code: me.code });
}

// Says where to go until the next round begins there.
function walk(table) {
  page.dataset.table = table;
  text($("table"), String(table));
  text($("walk"), words.walk.replace("%s", table));
  $("walk").hidden = false;
  scrollTo({ top: 0 });
}

function snapshot(message) {
  board.reset(message);
  timer.sync(message.server_time);
  draw();
}

function item(event) {
  const before = board.round?.number;
  board.apply(event);
  if (event.card && mine.has(event.card.id)) remember(event);
  if (event.votes) for (const [id, total] of Object.entries(event.votes)) if (mine.has(id)) mine.set(id, { ...mine.get(id), votes: total });
  if (event.event === "message.sent") tell(event.message.text);
  if (event.event === "round.started" && event.round.number !== before) {
    $("walk").hidden = true;
    say(words.round_started);
    socket.lastSeq = 0; // a new round gives new dots: ask how many
    socket.hello();
  }
  if (event.event === "round.ended") say(words.round_ended);
  if (event.event === "rotation.planned") socket.hello();
  if (event.event === "card.created" && !own.has(event.card.id)) notice += 1;
  schedule();
}

function remember({ event, card }) {
  if (event === "card.deleted") mine.delete(card.id);
  else if (card.hidden) mine.set(card.id, { ...mine.get(card.id), state: card.reason === "pending" ? "pending" : "hidden", reason: card.reason });
  else mine.set(card.id, card);
}

function ack(message, command) {
  const { card, left, votes } = message.result;
  if (card && command?.op === "card.create") {
    own.add(card.id);
    write(ownKey, [...own]);
    say(words.sent);
  } else if (/^(cluster|handover|host|help)\./.test(command?.op)) say(words.done);
  if (command?.op === "participant.leave") return refused({ message: words.left_table });
  if (command?.op === "cluster.create") for (const box of page.querySelectorAll("[name=cards]:checked")) box.checked = false;
  if (card && own.has(card.id)) {
    if (command?.op === "card.delete") {
      mine.delete(card.id);
      board.cards.delete(card.id);
    } else mine.set(card.id, card);
  }
  if (left !== undefined) {
    me.votes_left = left;
    const { target } = command.args;
    if (command.op === "vote.add") me.votes = board.format === "poll" ? [target] : [...me.votes, target];
    else if (me.votes.includes(target)) me.votes.splice(me.votes.indexOf(target), 1);
    for (const [id, total] of Object.entries(votes ?? {})) board.count(id, total);
  }
  draw();
}

function nack(message, command) {
  const composer = $("composer").text;
  if (command?.op === "card.create" && !command.args.reply_to && !composer.value) composer.value = command.args.text;
  say(words.refused[message.code] ?? message.message);
  draw();
}

function refused(message) {
  if (socket) socket.leave();
  write(seatKey, {});
  refuse(words.refused[message.code] ?? message.message);
}

function refuse(message) {
  $("seat").hidden = true;
  $("welcome").hidden = false;
  text($("error"), message);
  $("error").hidden = false;
  write(seatKey, {});
}

function tell(words) {
  text($("message"), words);
  $("message").hidden = false;
  say(words);
}

function say(words) {
  text($("status"), words);
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
  text($("count"), left < 100 ? words.left.replace("%s", left) : "");
}

function draw() {
  timer.set(board.round, board.phase);
  if (feedback.offer(board.phase, socket?.token)) say(words.feedback_now);
  text($("question"), board.question(page.dataset.lang) || page.dataset.question);
  $("closed").hidden = board.isOpen;
  text($("dots"), words.dots.replace("%s", me.votes_left));
  $("next").hidden = !me.next_table || !$("walk").hidden;
  text($("next"), me.next_table ? words.next_table.replace("%s", me.next_table) : "");
  const table = board.tables.get(Number(page.dataset.table)) ?? {};
  const seat = { board, words, votes: me.votes, votesLeft: me.votes_left, isHost: table.host === me.id, harvests: page.dataset.harvests !== undefined };
  const waiting = [...(socket?.outbox ?? [])].filter(([, command]) => command.op === "card.create");
  const ours = [...waiting.map(([cid, { args }]) => ({ ...args, id: cid, state: "waiting", votes: 0 })), ...[...mine.values()].reverse()];
  notes.cards($("own"), ours, true, seat);
  const others = board.list().filter((card) => !mine.has(card.id));
  notes.cards($("others"), others, false, seat);
  notes.groups($("groups"), seat);
  $("own-empty").hidden = ours.length > 0;
  $("others-empty").hidden = others.length > 0;
  text($("hidden"), board.hidden ? words.hidden.replace("%s", board.hidden) : "");
  around(table, seat.isHost);
  count();
}

// The table's host, the handover, the call for help.
function around(table, isHost) {
  const host = board.guests.get(table.host)?.pseudonym ?? "";
  const name = (guest) => guest.pseudonym + (guest.badge === "expert" ? ` (${words.expert})` : "");
  const here = [...board.guests.values()].filter((guest) => guest.table === table.number);
  text($("people"), here.length ? words.people.replace("%s", here.map(name).join(", ")) : "");
  text($("host-state"), isHost ? words.is_host : table.host ? words.has_host.replace("%s", host) : words.no_host);
  $("claim").hidden = !!table.host;
  for (const element of page.querySelectorAll("div[data-host]")) element.hidden = !isHost;
  text($("help-state"), table.help_at ? words.help_called : "");
  const notesHere = board.handovers.filter((note) => note.text);
  $("handovers-section").hidden = !notesHere.length;
  const list = $("handovers");
  const told = JSON.stringify(notesHere);
  if (list.dataset.told === told) return;
  list.dataset.told = told;
  list.replaceChildren(
    ...notesHere.flatMap((note) => [
      Object.assign(document.createElement("dt"), { textContent: words.handover.replace("%s", note.round) }),
      Object.assign(document.createElement("dd"), { textContent: note.text }),
    ]),
  );
}
