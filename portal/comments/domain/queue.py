"""Read the moderation's queue: what waits, why and until when; one matter with its context and its author's history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from portal.comments import kinds, rules
from portal.comments.enums import WAITING, Lane, Measure, Reason, State
from portal.comments.kinds import Piece
from portal.comments.models import Matter, MatterQuerySet, ModerationDecision, Notice, Objection

TAKEN_FOR = timedelta(minutes=10)

# Words to start from; who decides adds what is the case here. The author reads them.
TEMPLATES = {
    Reason.INSULT.value: "Der Text greift eine Person an, statt zur Sache zu sprechen. Die Stelle lautet: „…“",
    Reason.HATE.value: "Der Text setzt eine Gruppe von Menschen herab. Die Stelle lautet: „…“",
    Reason.PERSONAL_DATA.value: "Der Text nennt persönliche Daten einer anderen Person (Name, Anschrift, Nummer).",
    Reason.ADVERTISING.value: "Der Text wirbt für ein Angebot, das mit dem Thema nichts zu tun hat.",
    Reason.OFF_TOPIC.value: "Der Text hat mit dem Thema dieser Seite nichts zu tun. Er passt besser hierhin: …",
}


@dataclass(frozen=True)
class Waiting:
    """A line of the queue. `due` is by when it is decided, for what waits; `taken_by` is who looks at it right now."""

    matter: Matter
    piece: Piece | None
    kind: Any
    rule: Any
    due: datetime | None
    overdue: bool
    taken_by: Any


@dataclass(frozen=True)
class History:
    """How an author has written so far, in every kind: counts, and the newest decisions that restricted them."""

    since: datetime
    visible: int
    hidden: int
    warnings: int
    blocks: int
    blocked_until: datetime | None
    newest: Sequence[ModerationDecision] = field(default_factory=tuple)


def matters_of(*, user: Any, lane: str = "", kind: str = "") -> MatterQuerySet:
    """What is in a lane ("" for everything that waits), soonest first; never what the moderator wrote."""
    rows = Matter.objects.visible_to(user).exclude(author=user)
    rows = rows.filter(lane=lane) if lane in Lane.values else rows.waiting()
    if kind in kinds.registered():
        rows = rows.filter(kind=kind)
    order = ("-due_at", "-id") if lane in (Lane.NEW, Lane.DONE) else ("due_at", "id")
    return rows.order_by(*order)


def waiting(*, user: Any) -> MatterQuerySet:
    return matters_of(user=user)


def counts(*, user: Any, kind: str = "") -> dict[str, int]:
    """How many there are in each lane but the last; "" counts what waits. One query."""
    rows = Matter.objects.visible_to(user).exclude(author=user).filter(lane__in=[*WAITING, Lane.NEW])
    rows = rows.filter(kind=kind) if kind in kinds.registered() else rows
    found = dict(rows.order_by().values_list("lane").annotate(Count("pk")))
    return found | {"": sum(found.get(lane, 0) for lane in WAITING)}


def described(rows: Iterable[Matter], *, user: Any = None) -> list[Waiting]:
    """Each matter with its text: at most a handful of queries for each kind on the page.

    What belongs to an app that is not installed any more is left out.
    """
    matters = [matter for matter in rows if matter.kind in kinds.registered()]
    found: dict[tuple[str, str], Piece] = {}
    for key, kind in kinds.registered().items():
        wanted = [matter.object_key for matter in matters if matter.kind == key]
        if wanted:
            found |= {(key, name): piece for name, piece in kind.pieces(wanted).items()}
    now = timezone.now()
    return [
        Waiting(
            matter=matter,
            piece=found.get((matter.kind, matter.object_key)),
            kind=kinds.get(matter.kind),
            rule=rules.RULES.get(matter.rule),
            due=matter.due_at if matter.waiting else None,
            overdue=matter.waiting and matter.due_at < now,
            taken_by=somebody_else(matter, user),
        )
        for matter in matters
    ]


def somebody_else(matter: Matter, user: Any) -> Any:
    """Who is looking at it right now, if that is somebody else."""
    if matter.taken_by is None or matter.taken_at is None or matter.taken_by_id == getattr(user, "pk", None):
        return None
    return matter.taken_by if timezone.now() - matter.taken_at < TAKEN_FOR else None


def open_objection(matter: Matter) -> Objection | None:
    found = Objection.objects.filter(decision__matter=matter, decided_at=None)
    return found.select_related("decision__matter", "decision__actor").first()


def notices(matter: Matter) -> list[Notice]:
    return list(matter.notices.select_related("reporter", "decision"))


def decisions(matter: Matter) -> list[ModerationDecision]:
    return list(matter.decisions.select_related("actor", "objection", "matter"))


def history(author: Any) -> History:
    """Two queries and the newest five; a decision that an objection overturned does not count."""
    states = Matter.objects.filter(author=author).aggregate(
        visible=Count("pk", filter=Q(state=State.VISIBLE)), hidden=Count("pk", filter=Q(state=State.HIDDEN))
    )
    about = ModerationDecision.objects.filter(matter__author=author).exclude(objection__upheld=True)
    measures = dict(about.order_by().values_list("measure").annotate(Count("pk")))
    restricting = about.filter(measure__in=[Measure.HIDE, Measure.DELETE, Measure.WARN, Measure.BLOCK])
    until = author.blocked_until
    return History(
        since=author.date_joined,
        visible=states["visible"],
        hidden=states["hidden"],
        warnings=measures.get(Measure.WARN, 0),
        blocks=measures.get(Measure.BLOCK, 0),
        blocked_until=until if until and until > timezone.now() else None,
        newest=list(restricting.select_related("matter")[:5]),
    )
