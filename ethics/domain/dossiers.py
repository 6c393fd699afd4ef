"""Dossiers made in the background: one for each state of a case's chain, kept until the next."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ethics.models import DossierFile, ReviewCase
from portal import audit
from portal.exceptions import DomainError


def wanted(case: ReviewCase) -> tuple[DossierFile, bool]:
    """The dossier for the case as it stands now, and whether it has just been asked for (then it must be made).

    Older ones of the case are dropped. Raises DomainError `not_public`.
    """
    if not case.is_public:
        raise DomainError("not_public", "Dieser Fall ist nicht veröffentlicht.", status=404)
    _seq, hash_ = audit.head(case.stream)
    with transaction.atomic():
        found, created = DossierFile.objects.get_or_create(case=case, head=hash_, defaults={"asked_at": timezone.now()})
        if created:
            case.dossiers.exclude(pk=found.pk).delete()
        elif found.failed:
            found.failed, found.done, created = False, 0, True
            found.save()
    return found, created


def report(key: int, percent: int) -> None:
    """How far it is, between 0 and 99; it is finished only with its file."""
    DossierFile.objects.filter(pk=key).update(done=min(percent, 99))


def finish(key: int, data: bytes) -> None:
    DossierFile.objects.filter(pk=key).update(done=100, data=data)


def fail(key: int) -> None:
    DossierFile.objects.filter(pk=key).update(failed=True)
