"""The banner over every page: set it, end it, read it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import audit, cache
from portal.cms.models import SiteWarning
from portal.exceptions import DomainError, NotAllowed

FIELDS = (
    "kind", "title", "text", "title_en", "text_en", "title_plain", "text_plain", "link", "starts", "ends", "sample",
)  # fmt: skip


def save_warning(*, user: Any, warning: SiteWarning) -> SiteWarning:
    """Sets or changes a Warnhinweis; it stands on every page at once, without a workflow.

    Raises NotAllowed, or DomainError `german_required`, `ends_before_start`, `already_over`, `bad_link`.
    """
    adding = warning.pk is None
    if not user.has_perm("cms.add_sitewarning" if adding else "cms.change_sitewarning"):
        raise NotAllowed()
    _check(warning, adding=adding)
    if adding:
        warning.created_by = user
    with transaction.atomic():
        warning.save()
        _record(user, "warning.set" if adding else "warning.changed", warning)
        transaction.on_commit(cache.invalidate)
    return warning


def end_warning(*, user: Any, warning: SiteWarning) -> SiteWarning:
    """Takes the banner down now. Raises NotAllowed, or DomainError `already_over`."""
    if not user.has_perm("cms.change_sitewarning"):
        raise NotAllowed()
    now = timezone.now()
    if warning.ends <= now:
        raise DomainError("already_over", _("Der Warnhinweis ist schon zu Ende."), status=409)
    if warning.starts >= now:  # never shown: it begins and ends at once
        warning.starts = now - timedelta(seconds=1)
    warning.ends = now
    with transaction.atomic():
        warning.save(update_fields=["starts", "ends", "updated_at"])
        _record(user, "warning.ended", warning)
        transaction.on_commit(cache.invalidate)
    return warning


def remove_warning(*, user: Any, warning: SiteWarning) -> None:
    """Deletes a Warnhinweis; that it stood stays in the audit log. Raises NotAllowed."""
    if not user.has_perm("cms.delete_sitewarning"):
        raise NotAllowed()
    with transaction.atomic():
        _record(user, "warning.removed", warning)
        warning.delete()
        transaction.on_commit(cache.invalidate)


def running(at: datetime | None = None) -> tuple[list[SiteWarning], datetime | None]:
    """The banners that stand at this moment, and the next moment at which that changes (None: never). One query."""
    now = at or timezone.now()
    known = list(SiteWarning.objects.not_over(now))
    here = [warning for warning in known if warning.is_running(now)]
    changes = [warning.ends for warning in here] + [warning.starts for warning in known if warning.starts > now]
    return here, min(changes, default=None)


def _check(warning: SiteWarning, *, adding: bool) -> None:
    if not warning.title.strip() or not warning.text.strip():
        raise DomainError("german_required", _("Titel und Text auf Deutsch sind nötig."), field="title")
    if warning.ends <= warning.starts:
        raise DomainError("ends_before_start", _("Das Ende muss nach dem Beginn liegen."), field="ends")
    if adding and warning.ends <= timezone.now():
        raise DomainError("already_over", _("Das Ende liegt in der Vergangenheit."), field="ends")
    if (warning.link and not warning.link.startswith(("/", "https://"))) or warning.link.startswith("//"):
        raise DomainError("bad_link", _("Der Link beginnt mit / oder https://."), field="link")


def _record(user: Any, action: str, warning: SiteWarning) -> None:
    payload = {name: _plain(getattr(warning, name)) for name in FIELDS}
    audit.record(actor=user, action=action, obj=warning, stream="cms", payload=payload)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
