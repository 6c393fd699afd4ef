"""When a released DPIA is looked at again (Art. 35 Abs. 11)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain.dpia import desk
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, DpiaState
from ethics.models import Dpia
from portal.exceptions import DomainError, NotAllowed

IN_FORCE = (DpiaState.RELEASED, DpiaState.WITH_OBLIGATIONS)


def set_review_day(user: Actor, *, dpia: Dpia, day: date) -> Dpia:
    """Editor or data-protection officer. Raises NotAllowed, DomainError `wrong_state`, `in_the_past`."""
    with transaction.atomic():
        dpia = desk.locked(dpia)
        if not (desk.is_editor(user, dpia) or permissions.is_dpo(user)):
            raise NotAllowed
        desk.require_state(dpia, *IN_FORCE)
        if day <= timezone.localdate():
            raise DomainError("in_the_past", _("Der Tag muss in der Zukunft liegen."), field="day")
        dpia.review_on = day
        dpia.save()
        role = CaseRole.DPO if permissions.is_dpo(user) else CaseRole.LEAD
        desk.record(user, dpia, "review_day_set", role=role, day=day)
    return dpia


def fall_due(*, today: date) -> int:
    """Marks released DPIAs whose day has come; returns how many. The system acts."""
    count = 0
    for key in Dpia.objects.filter(state__in=IN_FORCE, review_on__lte=today).values_list("pk", flat=True):
        with transaction.atomic():
            dpia = desk.locked(Dpia(pk=key))
            if dpia.state in IN_FORCE:
                dpia.state, dpia.review_on = DpiaState.DUE, None
                dpia.save()
                desk.record(None, dpia, "review_due", role=CaseRole.SYSTEM)
                count += 1
    return count
