// The board as this screen knows it: a snapshot, then one event after the other folded into it (as domain/board/replay.py).
export class Board {
  constructor() {
    this.reset({});
  }

  reset(snapshot) {
    this.cards = new Map((snapshot.cards ?? []).map((card) => [card.id, card]));
    this.clusters = new Map((snapshot.clusters ?? []).map((cluster) => [cluster.id, cluster]));
    this.guests = new Map((snapshot.participants ?? []).map((guest) => [guest.id, guest]));
    this.tables = new Map((snapshot.tables ?? []).map((table) => [table.number, table]));
    this.handovers = snapshot.handovers ?? [];
    this.round = snapshot.round ?? null;
    this.phase = snapshot.phase ?? "lobby";
    this.format = snapshot.format ?? "worldcafe";
    this.table = snapshot.table ?? null;
    this.hidden = Object.values(snapshot.hidden ?? {}).reduce((sum, count) => sum + count, 0);
    this.active = new Map();
  }

  apply(item) {
    const { card, cluster, event } = item;
    if (card?.table) this.active.set(card.table, item.at);
    if (item.votes) for (const [id, total] of Object.entries(item.votes)) this.count(id, total);
    if (card) this.fold(event, card);
    else if (event === "cluster.created") {
      for (const id of cluster.cards) this.leave(id);
      this.clusters.set(cluster.id, cluster);
      for (const id of cluster.cards) this.patch(id, { cluster: cluster.id });
    } else if (event === "cluster.dissolved") {
      this.clusters.delete(cluster.id);
      for (const id of cluster.cards) this.patch(id, { cluster: null });
    } else this.people(event, item);
    for (const id of item.done ?? []) this.patch(id, { answer: "done" });
    if (item.round) this.round = item.round;
    if (item.phase) this.phase = item.phase;
  }

  fold(event, card) {
    if (event === "card.deleted" || card.hidden) {
      this.leave(card.id);
      this.cards.delete(card.id);
      if (event === "card.hidden" && card.reason !== "pending") this.hidden += 1;
      return;
    }
    if (event === "card.restored" && !this.cards.has(card.id)) this.hidden = Math.max(0, this.hidden - 1);
    this.leave(card.id);
    this.cards.set(card.id, card);
    const group = this.clusters.get(card.cluster);
    if (group) this.clusters.set(group.id, { ...group, cards: [...group.cards, card.id] });
  }

  people(event, item) {
    if (event === "participant.seated" || event === "participant.marked") this.guests.set(item.participant.id, { ...this.guests.get(item.participant.id), ...item.participant });
    else if (event === "participant.left" || event === "participant.blocked") this.guests.delete(item.participant.id);
    else if (item.host) this.tables.set(item.host.table, { ...this.tables.get(item.host.table), host: item.host.participant });
    else if (item.help) this.tables.set(item.help.table, { ...this.tables.get(item.help.table), help_at: item.help.at });
    else if (item.handover) {
      const same = (note) => note.table === item.handover.table && note.round === item.handover.round;
      this.handovers = [...this.handovers.filter((note) => !same(note)), item.handover];
    }
    for (const [id, table] of Object.entries(item.seats ?? {})) if (this.guests.has(id)) this.guests.set(id, { ...this.guests.get(id), table });
  }

  leave(id) {
    for (const group of this.clusters.values()) {
      if (group.cards.includes(id)) this.clusters.set(group.id, { ...group, cards: group.cards.filter((card) => card !== id) });
    }
  }

  count(id, votes) {
    this.patch(id, { votes });
    const cluster = this.clusters.get(id);
    if (cluster) this.clusters.set(id, { ...cluster, votes });
  }

  patch(id, changes) {
    const card = this.cards.get(id);
    if (card) this.cards.set(id, { ...card, ...changes });
  }

  get isOpen() {
    return this.phase === "discuss" && this.round?.state === "running";
  }

  // The question in the language of the page, where there is one.
  question(lang) {
    return (lang === "en" && this.round?.question_en) || this.round?.question || "";
  }

  repliesTo(id) {
    return [...this.cards.values()].filter((card) => card.reply_to === id);
  }

  // Pinned first, then in the order of writing, so that nothing jumps; questions to the podium by support.
  list() {
    const cards = [...this.cards.values()].filter((card) => !card.reply_to);
    const podium = this.format === "podium" ? (a, b) => Number(b.answer === "now") - Number(a.answer === "now") || b.votes - a.votes : () => 0;
    return cards.sort((a, b) => Number(b.pinned) - Number(a.pinned) || podium(a, b));
  }
}
