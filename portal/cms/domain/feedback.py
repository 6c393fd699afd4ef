"""Notes about barriers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import audit
from portal.cms.models import BarrierNote
from portal.exceptions import DomainError, NotAllowed

MAX_LENGTH = 3000


def report_barrier(*, user: Any, text: str, page: str = "", email: str = "") -> BarrierNote:
    """Anyone may report a barrier; nobody is asked who they are. Raises DomainError `empty`, `too_long`."""
    text = text.strip()
    if not text:
        raise DomainError("empty", _("Bitte schreiben Sie, was nicht funktioniert hat."), field="text")
    if len(text) > MAX_LENGTH:
        raise DomainError("too_long", _("Der Text ist zu lang. Höchstens 3.000 Zeichen."), field="text")
    return BarrierNote.objects.create(text=text, page=page[:300], email=email)


def close_note(*, user: Any, note: BarrierNote) -> None:
    """Marks a note as done. Raises NotAllowed."""
    if not user.has_perm("cms.change_barriernote"):
        raise NotAllowed()
    with transaction.atomic():
        BarrierNote.objects.filter(pk=note.pk, handled_at=None).update(handled_at=timezone.now())
        audit.record(actor=user, action="barrier.closed", obj=note, stream="cms")
