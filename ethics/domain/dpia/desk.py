"""What the acts of a DPIA share: who acts in which part, the locked row, the open version, the record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain.dpia import documents
from ethics.domain.machine import Actor, acting_id
from ethics.enums import CaseRole, DpiaState
from ethics.models import Dpia, DpiaVersion
from ethics.models.visibility import grants
from portal import audit
from portal.audit.canonical import canonical, sha256
from portal.exceptions import DomainError, NotAllowed


def locked(dpia: Dpia) -> Dpia:
    return Dpia.objects.select_for_update(of=("self",)).select_related("template", "project").get(pk=dpia.pk)


def is_editor(user: Any, dpia: Dpia) -> bool:
    if "request_review" not in grants(user):
        return False
    return user.pk == dpia.lead_id or (dpia.project is not None and user.pk == dpia.project.lead_id)


def require_editor(user: Actor, dpia: Dpia) -> None:
    if not is_editor(user, dpia):
        raise NotAllowed


def require_dpo(user: Actor) -> None:
    if not permissions.is_dpo(user):
        raise NotAllowed


def can_read(user: Any, dpia: Dpia) -> bool:
    """Those who work on it, and readers of the paper of the case it belongs to once a version is frozen."""
    if Dpia.objects.visible_to(user).filter(pk=dpia.pk).exists():
        return True
    frozen = dpia.versions.filter(frozen_at__isnull=False).exists()
    return frozen and dpia.case is not None and permissions.can_read_paper(user, dpia.case)


def require_state(dpia: Dpia, *states: DpiaState) -> None:
    if dpia.state not in states:
        raise DomainError(
            "wrong_state", _("Das geht im Stand „%(state)s“ nicht.") % {"state": dpia.get_state_display()}, status=409
        )


def open_version(user: Actor, dpia: Dpia) -> DpiaVersion:
    """The version being written; the next one, with the last content and those who wrote it, where none is open."""
    found = dpia.versions.select_for_update().filter(frozen_at__isnull=True).first()
    if found is None:
        last = dpia.versions.order_by("-number").first()
        found = DpiaVersion.objects.create(
            dpia=dpia,
            number=last.number + 1 if last else 1,
            content=last.content if last else documents.empty(),
            editors=last.editors if last else [],
        )
    if acting_id(user) not in found.editors:
        found.editors = [*found.editors, acting_id(user)]
    return found


def current_version(dpia: Dpia) -> DpiaVersion:
    """The version handed over last. DomainError `no_version` before the first one."""
    found = dpia.versions.filter(frozen_at__isnull=False).order_by("-number").first()
    if found is None:
        raise DomainError("no_version", _("Es ist noch keine Fassung abgegeben."), status=409)
    return found


def version_hash(version: DpiaVersion) -> str:
    """SHA-256 over what was handed over: title, number, content, version of the template."""
    dpia = version.dpia
    parts = {
        "dpia": dpia.slug,
        "title": dpia.title,
        "number": version.number,
        "content": version.content,
        "template": dpia.template.version,
    }
    return sha256(canonical(parts))


def record(
    user: Actor | None, dpia: Dpia, action: str, *, role: str = CaseRole.LEAD, version_hash: str = "", **payload: Any
) -> None:
    audit.record(
        actor=user,
        action=f"dpia.{action}",
        obj=dpia,
        stream=dpia.stream,
        payload=payload,
        version_hash=version_hash,
        role=role,
    )
