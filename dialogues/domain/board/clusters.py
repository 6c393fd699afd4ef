"""Clusters: put cards together and take them apart again; no card and no dot is lost."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from dialogues.domain.board.context import Command, as_uuid, unknown_card
from dialogues.domain.board.ledger import Outcome
from dialogues.domain.board.shapes import cluster_shape
from dialogues.domain.board.texts import clean
from dialogues.enums import CardState
from dialogues.models import Card, Cluster
from dialogues.models.cards import TITLE_LIMIT
from portal.exceptions import DomainError, NotAllowed

MOST_CARDS = 200


def create(command: Command) -> Outcome:
    """`cluster.create{cards, title}`: visible cards of one table, at most 200."""
    command.require_guest_or_moderator()
    command.require_open_board()
    cards = chosen_cards(command)
    title = clean(command.args.get("title"), TITLE_LIMIT, field="title", required=False) or cards[0].text[:TITLE_LIMIT]
    tables = {card.table_id for card in cards}
    table = cards[0].table if len(tables) == 1 else None
    if table is None:
        command.require_moderator()
    cluster = Cluster(board_id=command.board.pk, table=table, title=title)
    cluster.save(force_insert=True)
    Card.objects.filter(pk__in=[card.pk for card in cards]).update(cluster=cluster)
    shape = cluster_shape(cluster, [str(card.uuid) for card in cards], table.number if table else None)
    return Outcome("cluster.created", {"cluster": shape}, {"cluster": shape}, table.pk if table else None)


def dissolve(command: Command) -> Outcome:
    """`cluster.dissolve{cluster}`: the cards stay; dots on the cluster move to its card with the most dots."""
    command.require_guest_or_moderator()
    command.require_open_board()
    cluster = (
        Cluster.objects.select_related("table")
        .filter(board_id=command.board.pk, uuid=command.identifier("cluster"), dissolved_at__isnull=True)
        .first()
    )
    if cluster is None:
        raise DomainError("unknown_cluster", _("Diese Gruppe gibt es nicht mehr."), field="cluster", status=404)
    if command.participant is not None and cluster.table_id != command.participant.table_id:
        raise NotAllowed(_("Diese Gruppe gehört zu einem anderen Tisch."))
    cards = list(cluster.cards.exclude(state=CardState.DELETED).order_by("-votes", "pk"))
    votes: dict[str, int] = {}
    if cluster.votes and cards:
        heir = cards[0]
        cluster.dots.update(card=heir, cluster=None)
        heir.votes += cluster.votes
        heir.save(update_fields=["votes"])
        votes[str(heir.uuid)] = heir.votes
    else:
        cluster.dots.all().delete()
    cluster.cards.update(cluster=None)
    cluster.dissolved_at, cluster.votes = command.at, 0
    cluster.save(update_fields=["dissolved_at", "votes"])
    number = cluster.table.number if cluster.table else None
    shape = {"id": str(cluster.uuid), "cards": [str(card.uuid) for card in cards], "table": number}
    body = {"cluster": shape} | ({"votes": votes} if votes else {})
    return Outcome("cluster.dissolved", body, {"cluster": shape}, cluster.table_id)


def chosen_cards(command: Command) -> list[Card]:
    """The cards in the order given; every one must be visible to the actor and shown on the board."""
    given = command.args.get("cards")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_CARDS:
        raise DomainError("invalid", _("„cards“ ist eine Liste von Karten."), field="cards")
    wanted: list[UUID] = list(dict.fromkeys(as_uuid(value, "cards") for value in given))
    found = {
        card.uuid: card
        for card in Card.objects.select_related("table").filter(
            board_id=command.board.pk, uuid__in=wanted, state=CardState.VISIBLE
        )
    }
    cards = [found[uuid] for uuid in wanted if uuid in found]
    if len(cards) != len(wanted):
        raise unknown_card()
    if command.participant is not None and any(c.table_id != command.participant.table_id for c in cards):
        raise unknown_card()
    return cards
