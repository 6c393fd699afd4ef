"""Decide about several things at once: each in a transaction of its own, with a result for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portal.comments.domain import moderation, queue, rights
from portal.comments.models import Matter
from portal.exceptions import DomainError

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

ACTS = ("release", "see", "hide")
MOST = 100


@dataclass(frozen=True)
class Chosen:
    """A matter and the version of it that was on the screen."""

    pk: int
    version: int

    def __str__(self) -> str:
        return f"{self.pk}:{self.version}"


@dataclass(frozen=True)
class Result:
    item: queue.Waiting
    ok: bool
    message: str


def parse(values: Iterable[str]) -> list[Chosen]:
    """ "12:3" as the checkboxes say it; what is malformed or said twice is left out."""
    found = {}
    for value in values:
        pk, _colon, version = value.partition(":")
        if pk.isdecimal() and version.isdecimal() and len(value) < 30:
            found[int(pk)] = Chosen(int(pk), int(version))
    return list(found.values())[:MOST]


def rows(*, user: User | AnonymousUser, chosen: Sequence[Chosen]) -> list[Matter]:
    """The chosen matters in the order of the choice, as far as the person may see them."""
    known = {
        row.pk: row
        for row in Matter.objects.visible_to(user)
        .filter(pk__in=[one.pk for one in chosen])
        .select_related("author", "taken_by")
    }
    return [known[one.pk] for one in chosen if one.pk in known]


def act_on(*, user: User | AnonymousUser, chosen: Sequence[Chosen], act: str, **reasons: str) -> list[Result]:
    """Releases, checks off ("see") or hides each of them; a refusal of one leaves the others as decided.

    Errors: not_allowed, unknown_act; everything else becomes a `Result`.
    """
    rights.demand_moderator(user)
    if act not in ACTS:
        raise DomainError("unknown_act", _("Das geht nicht mit mehreren auf einmal."))
    versions = {one.pk: one.version for one in chosen}
    results = []
    for item in queue.described(rows(user=user, chosen=chosen)):
        try:
            _do(user, act, item.matter, versions[item.matter.pk], reasons)
        except DomainError as error:
            results.append(Result(item, False, str(error.message)))
        else:
            done = {"release": _("freigegeben"), "see": _("abgehakt"), "hide": _("ausgeblendet")}[act]
            results.append(Result(item, True, done))
    return results


def _do(user: User | AnonymousUser, act: str, matter: Matter, version: int, reasons: dict[str, str]) -> None:
    if act == "release":
        moderation.release(user=user, matter=matter, version=version)
    elif act == "see":
        moderation.see(user=user, matter=matter, version=version)
    else:
        moderation.hide(user=user, matter=matter, version=version, **reasons)
