"""Name and description of a station, which people write: as the moderation sees them, and what it does with them.

Hiding a text puts the station under a neutral name and address; place and values stay, they are not what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mapviews.models import Station, WithheldText
from portal import audit, cache
from portal.activity.domain import stream
from portal.comments import rules
from portal.comments.domain import matters
from portal.comments.enums import State
from portal.comments.kinds import Kind, Piece
from portal.exceptions import DomainError

KEY, ROLE = "station", "moderator"


class StationKind(Kind):
    slug = "stationen"
    label = gettext_lazy("Text einer Station")
    the = gettext_lazy("Der Text der Station")
    your = gettext_lazy("Der Text Ihrer Station")

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 18]
        rows = Station.objects.filter(pk__in=numbers).select_related("owner", "withheld", "project")
        return {str(station.pk): piece_of(station) for station in rows}

    def lock(self, key: str) -> Piece | None:
        station = _locked(key)
        return piece_of(station) if station else None

    def visible_to(self, key: str, user: Any) -> bool:
        return key.isdecimal() and Station.objects.visible_to(user).filter(pk=key).exists()

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        station = _demand(key)
        _withhold(station, held_until=None, reason=reason)
        audit.record(actor=user, action="station.text_hidden", obj=station, role=ROLE, payload={"reason": reason})

    def hold(self, key: str, *, user: Any, until: datetime) -> None:
        station = _demand(key)
        _withhold(station, held_until=until)
        audit.record(actor=user, action="station.text_held", obj=station, role=ROLE)

    def show(self, key: str, *, user: Any) -> None:
        station = _demand(key)
        kept = WithheldText.objects.filter(station=station).first()
        if kept is None or not kept.name:
            raise DomainError("gone", _("Dieser Text ist gelöscht."), status=409)
        station.name, station.slug, station.description = kept.name, _free(kept.slug, station), kept.description
        station.save(update_fields=["name", "slug", "description", "updated_at"])
        kept.delete()
        stream.reinstate(url=station.canonical_url)
        audit.record(actor=user, action="station.text_shown", obj=station, role=ROLE)

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        station = _demand(key)
        kept = _withhold(station, held_until=None, reason=reason)
        kept.name, kept.slug, kept.description = "", "", ""
        kept.save(update_fields=["name", "slug", "description"])
        audit.record(actor=user, action="station.text_deleted", obj=station, role=ROLE, payload={"reason": reason})


def check_new(user: Any, station: Station) -> None:
    """After a station was registered, inside that transaction: a rule hit holds its text; the queue learns of it."""
    rule = None if station.sample else rules.hit(f"{station.name}\n{station.description}")
    until = rules.decided_by(timezone.now()) if rule else None
    if until:
        _withhold(station, held_until=until)
    matters.written(
        kind=KEY,
        key=station.pk,
        author=station.owner,
        state=State.HELD if rule else State.VISIBLE,
        rule=rule.key if rule else "",
        held_until=until,
        trusted=station.owner is None,
        sample=station.sample,
    )


def piece_of(station: Station) -> Piece:
    """`station.owner` and `station.withheld` must be at hand."""
    kept = getattr(station, "withheld", None)
    name, description = (kept.name, kept.description) if kept else (station.name, station.description)
    return Piece(
        key=str(station.pk),
        text=f"{name}\n\n{description}".strip(),
        title=station.name,
        url=station.canonical_url,
        state=_state(kept),
        created_at=station.created_at,
        author=station.owner,
        author_name=station.owner.public_name if station.owner else str(_("Stadt Paderborn")),
        project=station.project,
        sample=station.sample,
    )


def _state(kept: WithheldText | None) -> str:
    if kept is None:
        return State.VISIBLE
    if not kept.name:
        return State.DELETED
    return State.HELD if kept.held_until else State.HIDDEN


def _withhold(station: Station, *, held_until: datetime | None, reason: str = "") -> WithheldText:
    """Puts the texts aside (once) and a neutral name in their place."""
    stream.withdraw(url=station.canonical_url)
    kept, _made = WithheldText.objects.get_or_create(
        station=station,
        defaults={"name": station.name, "slug": station.slug, "description": station.description},
    )
    kept.held_until, kept.reason = held_until, reason
    kept.save(update_fields=["held_until", "reason"])
    station.name = _("Station %(number)s") % {"number": station.pk}
    station.slug, station.description = _free(f"station-{station.pk}", station), ""
    station.save(update_fields=["name", "slug", "description", "updated_at"])
    cache.invalidate()
    return kept


def _free(slug: str, station: Station) -> str:
    """The slug, or with the station's number where somebody else has taken it since."""
    taken = Station.objects.filter(slug=slug).exclude(pk=station.pk).exists()
    return f"{slug[:60]}-{station.pk}" if taken else slug


def _locked(key: str) -> Station | None:
    if not key.isdecimal() or len(key) > 17:
        return None
    rows = Station.objects.select_for_update(of=("self",)).select_related("owner", "withheld", "project")
    return rows.filter(pk=key).first()


def _demand(key: str) -> Station:
    station = _locked(key)
    if station is None:
        raise matters.gone()
    return station
