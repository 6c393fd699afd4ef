// The board as this screen knows it: a snapshot, then one event after the other folded into it.
export class Board {
  constructor() {
    this.reset({});
  }

  reset(snapshot) {
    this.cards = new Map((snapshot.cards ?? []).map((card) => [card.id, card]));
    this.clusters = new Map((snapshot.clusters ?? []).map((cluster) => [cluster.id, cluster]));
    this.guests = new Map((snapshot.participants ?? []).map((guest) => [guest.id, guest]));
    this.round = snapshot.round ?? null;
    this.phase = snapshot.phase ?? "lobby";
    this.tables = snapshot.tables ?? [];
    this.table = snapshot.table ?? null;
    this.hidden = Object.values(snapshot.hidden ?? {}).reduce((sum, count) => sum + count, 0);
    this.active = new Map();
  }

  apply(item) {
    const { card, cluster, event } = item;
    if (card?.table) this.active.set(card.table, item.at);
    if (item.votes) for (const [id, total] of Object.entries(item.votes)) this.count(id, total);
    if (event === "card.deleted") this.cards.delete(card.id);
    else if (event === "card.hidden" && card.hidden) {
      if (this.cards.delete(card.id) && card.reason !== "pending") this.hidden += 1;
    } else if (card) {
      if (event === "card.restored" && !this.cards.has(card.id)) this.hidden = Math.max(0, this.hidden - 1);
      this.cards.set(card.id, card);
    } else if (event === "cluster.created") {
      this.clusters.set(cluster.id, cluster);
      for (const id of cluster.cards) this.patch(id, { cluster: cluster.id });
    } else if (event === "cluster.dissolved") {
      this.clusters.delete(cluster.id);
      for (const id of cluster.cards) this.patch(id, { cluster: null });
    } else if (event === "participant.seated") this.guests.set(item.participant.id, item.participant);
    if (item.round) this.round = item.round;
    if (item.phase) this.phase = item.phase;
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

  // Pinned first, then in the order of writing, so that nothing jumps.
  list() {
    return [...this.cards.values()].sort((a, b) => Number(b.pinned) - Number(a.pinned));
  }
}
