"""Support a contribution, and take that back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import gates
from dialogues.models import Contribution, ContributionSupport
from portal import cache
from portal.exceptions import DomainError


def give(*, user: Any, contribution: Contribution, sample: bool = False) -> Contribution:
    """Counts the person once, however often it is called; of a merged one the contribution it went into.

    Errors: sign_in, blocked, wrong_stage, gone, own. `sample` leaves out the phase, for sample data alone.
    """
    person = gates.demand_voice(user)
    with transaction.atomic():
        contribution = gates.locked(target(contribution))
        if not contribution.is_visible:
            raise DomainError("gone", _("Dieser Beitrag steht nicht mehr da."), status=409)
        if not sample:
            gates.demand_stage(permissions.may_discuss(contribution.dialogue), contribution.dialogue)
        if permissions.is_author(person, contribution):
            raise DomainError("own", _("Den eigenen Beitrag können Sie nicht unterstützen."), status=409)
        ContributionSupport.objects.get_or_create(user=person, contribution=contribution)
        return recount(contribution)


def take_back(*, user: Any, contribution: Contribution) -> Contribution:
    """Removes the person's support while it can still be given. Errors: sign_in, wrong_stage."""
    person = gates.demand_sign_in(user)
    with transaction.atomic():
        contribution = gates.locked(target(contribution))
        gates.demand_stage(permissions.may_discuss(contribution.dialogue), contribution.dialogue)
        ContributionSupport.objects.filter(user=person, contribution=contribution).delete()
        return recount(contribution)


def target(contribution: Contribution) -> Contribution:
    return contribution.merged_into or contribution


def recount(contribution: Contribution) -> Contribution:
    contribution.support_count = contribution.supports.count()
    contribution.save(update_fields=["support_count"])
    transaction.on_commit(cache.invalidate)
    return contribution
