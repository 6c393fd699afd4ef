"""Export, erasure and retention of registrations (Art. 15, 17 and 20 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.domain.registration import reading, seats, tokens
from dialogues.enums import RegistrationState
from dialogues.models import Admission, Registration
from portal.accounts import own_work
from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column

COLUMNS = {
    "dialogues.Registration.email": Column("registrations"),
    "dialogues.Registration.user": Column("registrations"),
}
DAYS = 30


def register() -> None:
    personal.register(COLUMNS)
    privacy.register_export("registrations", export, _("Anmeldungen zu Dialogen"))
    privacy.register_erasure("registrations", erase, preview)
    privacy.register_retention("dialogues.registrations", _("Anmeldungen zu Dialogen"), days=DAYS, run=forget)
    own_work.register("registrations", _("Anmeldungen zu Dialogen"), newest)


def of(user: Any) -> Any:
    """Theirs by account, and by each confirmed address of the account."""
    from allauth.account.models import EmailAddress

    known = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    addresses = {address.lower() for address in known if address}
    return Registration.objects.filter(Q(user=user) | Q(email__in=addresses)).select_related("admission__event")


def export(user: Any) -> Iterator[dict[str, Any]]:
    for row in of(user).order_by("pk"):
        yield {
            "event": row.admission.event.title,
            "url": row.admission.event.get_absolute_url(),
            "name": row.name,
            "email": row.email,
            "persons": row.persons,
            "needs": row.needs,
            "state": row.state,
            "asked": row.created_at.isoformat(timespec="seconds"),
            "confirmed": row.confirmed_at.isoformat(timespec="seconds") if row.confirmed_at else None,
            "arrived": row.arrived,
        }


def newest(user: Any, limit: int) -> Iterator[own_work.Work]:
    rows = Registration.objects.live().filter(user=user).select_related("admission__event")
    for row in rows.order_by("-created_at", "-pk")[:limit]:
        event, state = row.admission.event, row.get_state_display()
        yield own_work.Work(event.title, tokens.own_path(row), row.created_at, "", state, row.sample)


def preview(user: Any) -> Iterator[privacy.Fate]:
    now = timezone.now()
    rows = of(user)
    yield privacy.Fate(_("Anmeldungen zu kommenden Dialogen"), rows.filter(admission__event__starts_at__gt=now).count())
    past = rows.filter(admission__event__starts_at__lte=now).count()
    yield privacy.Fate(_("Anmeldungen zu vergangenen Dialogen"), past, _("zählen weiter, ohne Ihren Namen"))


def erase(user: Any) -> int:
    """Seats of coming events are given back; of past ones only the number of people stays."""
    touched = 0
    for row in list(of(user).order_by("admission_id", "pk")):
        with seats.locked(row.admission_id) as hall:
            found = hall.admission.registrations.get(pk=row.pk)
            coming = found.is_live and hall.event.starts_at > timezone.now() and found.arrived is None
            seats.empty(found, RegistrationState.CANCELLED if coming else found.state)
            seats.note("registration.erased", found)
        touched += 1
    return touched


def forget(before: datetime, dry_run: bool) -> int:
    """Registrations go so many days after the event; `Admission.figures` keeps the counts."""
    old = Registration.objects.filter(admission__event__ends_at__lt=before)
    if dry_run:
        return old.count()
    gone = 0
    for admission_id in sorted(set(old.values_list("admission", flat=True))):
        with transaction.atomic():
            admission = Admission.objects.select_for_update().get(pk=admission_id)
            admission.figures = reading.figures(admission)
            admission.save(update_fields=["figures", "updated_at"])
            gone += admission.registrations.all().delete()[1].get("dialogues.Registration", 0)
    return gone


def days() -> int:
    """How long after the event registrations stay, as the retention rule has it."""
    return int(settings.RETENTION_DAYS.get("dialogues.registrations", DAYS))
