"""Keep a chart under a short address, and throw it away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain.lab import recipe as recipes
from mapviews.domain.lab.recipe import Recipe
from mapviews.models import LabChart
from portal import audit, cache
from portal.comments import rules
from portal.comments.domain import matters, rights
from portal.comments.enums import State
from portal.exceptions import DomainError, NotAllowed
from portal.text import plain

KEY = "lab_chart"
MOST = 100
NOTE_LIMIT = 2000


def keep(user: Any, *, recipe: Recipe, title: str, note: str = "", sample: bool = False) -> LabChart:
    """Keeps a chart with title and note for a signed-in person; a rule hit holds it until it is decided.

    The same chart under the same title is kept once. Errors: sign_in, blocked, empty, no_channel, links, too_many.
    """
    owner = rights.demand_may_write(user)
    title, note = one_line(title, 120), plain(note)[:NOTE_LIMIT]
    if not title:
        raise DomainError("empty", _("Bitte geben Sie dem Diagramm einen Titel."), field="title")
    if not recipes.open_channels(recipe.channels):
        message = _("Das Diagramm hat noch keine öffentliche Messreihe.")
        raise DomainError("no_channel", message, status=409)
    rights.demand_no_links(owner, f"{title} {note}")
    query = recipe.query()
    with transaction.atomic():
        known = LabChart.objects.filter(owner=owner, title=title, query=query).exclude(state=State.DELETED).first()
        if known is not None:
            return known
        if LabChart.objects.filter(owner=owner).exclude(state=State.DELETED).count() >= MOST:
            raise DomainError("too_many", _("Mehr als 100 Diagramme kann eine Person nicht aufheben."), status=409)
        chart = LabChart(owner=owner, title=title, note=note, query=query, sample=sample)
        rule = None if sample else rules.hit(f"{title}\n{note}")
        if rule:
            chart.state, chart.held_rule, chart.held_until = State.HELD, rule.key, rules.decided_by(timezone.now())
        chart.save()
        matters.written(
            kind=KEY,
            key=chart.pk,
            author=owner,
            state=chart.state,
            rule=chart.held_rule,
            held_until=chart.held_until,
            trusted=not note,
            sample=sample,
        )
        audit.record(actor=user, action="lab_chart.kept", obj=chart)
    return chart


def delete(user: Any, *, chart: LabChart) -> None:
    """Deletes the own chart for good. Errors: sign_in, not_allowed."""
    person = rights.demand_sign_in(user)
    with transaction.atomic():
        found = LabChart.objects.select_for_update().filter(pk=chart.pk).first()
        if found is None:
            return
        if found.owner_id != person.pk:
            raise NotAllowed
        matters.vanished(kind=KEY, key=found.pk)
        audit.record(actor=user, action="lab_chart.deleted", obj=found)
        found.delete()
        transaction.on_commit(cache.invalidate)


def one_line(text: str, limit: int) -> str:
    return " ".join(plain(text).split())[:limit]
