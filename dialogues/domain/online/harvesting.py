"""From the table of a DigiLog into the list of an online dialogue, with its source."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import gates, writing
from dialogues.enums import Channel, ContributionKind
from dialogues.models import Category, Contribution, Event, OnlineDialogue, Result
from dialogues.models.contributions import TITLE_LIMIT
from portal.exceptions import DomainError, NotAllowed


def adopt(
    *, user: Any, dialogue: OnlineDialogue, result: Result, category: Category, kind: str = ContributionKind.IDEA
) -> Contribution:
    """Takes a published result of a DigiLog over as a contribution with its own clock; twice is once.

    Errors: not_allowed, no_dialogue, wrong_stage, not_published, elsewhere, bad_category.
    """
    if not permissions.can_run(user):
        raise NotAllowed
    gates.demand_dialogue(user, dialogue)
    dialogue = gates.fresh(dialogue)
    gates.demand_stage(permissions.may_record(dialogue), dialogue)
    if result.published_at is None or not result.event.is_public:
        message = _("Dieses Ergebnis ist noch nicht veröffentlicht.")
        raise DomainError("not_published", message, status=409)
    with transaction.atomic():
        known = Contribution.objects.select_related("dialogue").filter(result=result).first()
        if known is not None and known.dialogue_id != dialogue.pk:
            message = _("Dieses Ergebnis steht schon in einem anderen Dialog.")
            raise DomainError("elsewhere", message, status=409)
        if known is not None:
            return known
        title = (
            result.text if len(result.text) <= TITLE_LIMIT else result.text[: TITLE_LIMIT - 2].rsplit(" ", 1)[0] + " …"
        )
        contribution = writing.draft(dialogue, kind=kind, category=category, title=title, text=result.text)
        contribution.channel, contribution.result, contribution.recorded_by = Channel.DIGILOG, result, user
        contribution.sample = dialogue.sample or result.sample
        writing.save_new(user, contribution, action="contribution.harvested")
    return contribution


def waiting_results(dialogue: OnlineDialogue) -> list[Result]:
    """Published results of public DigiLogs that are in no dialogue yet, those of the same project first."""
    public = Event.objects.public()
    rows = Result.objects.filter(published_at__isnull=False, contribution=None, event__in=public)
    found = list(rows.select_related("event").order_by("-published_at", "position")[:200])
    return sorted(found, key=lambda r: dialogue.project_id is None or r.event.project_id != dialogue.project_id)
