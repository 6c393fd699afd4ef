"""Network servers that may send: create one, give it a new secret, name what it may send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mapviews.domain import tokens
from mapviews.enums import SourceKind
from mapviews.models import Source
from mapviews.permissions import is_sensor_desk
from portal import audit
from portal.exceptions import DomainError, NotAllowed


@dataclass(frozen=True)
class Created:
    """A new source and its secret, which is shown once."""

    source: Source
    secret: str


def create(
    user: Any,
    *,
    name: str,
    kind: str,
    auto_map: bool = False,
    allowed_applications: list[str] | None = None,
    owner: Any = None,
    sample: bool = False,
) -> Created:
    """Registers a network server. Raises `not_allowed`, `name_missing`, `unknown_kind`."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    name = " ".join(name.split())[:120]
    if not name:
        raise DomainError("name_missing", _("Bitte geben Sie der Quelle einen Namen."), field="name")
    if kind not in SourceKind.values:
        raise DomainError("unknown_kind", _("Bitte wählen Sie ChirpStack oder The Things Stack."), field="kind")
    secret, hashed = tokens.new_token("dhq")
    with transaction.atomic():
        source = Source.objects.create(
            slug=_free_slug(name),
            name=name,
            kind=kind,
            auto_map=auto_map,
            allowed_applications=allowed_applications or [],
            owner=owner,
            secret_hash=hashed,
            sample=sample,
        )
        audit.record(actor=user if user.pk else None, action="source.created", obj=source, payload={"kind": kind})
    return Created(source, secret)


def update(user: Any, *, source: Source, is_active: bool, auto_map: bool, allowed_applications: list[str]) -> None:
    """What a source may send, and whether it may. Raises `not_allowed`, `bad_application`."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    allowed = [" ".join(name.split()) for name in allowed_applications if name.strip()]
    if len(allowed) > 100 or any(len(name) > 120 for name in allowed):
        raise DomainError("bad_application", _("Höchstens 100 Anwendungen mit kurzen Kennungen."), field="applications")
    with transaction.atomic():
        source.is_active, source.auto_map, source.allowed_applications = is_active, auto_map, allowed
        source.save(update_fields=["is_active", "auto_map", "allowed_applications", "updated_at"])
        payload = {"active": is_active, "auto_map": auto_map, "applications": len(allowed)}
        audit.record(actor=user if user.pk else None, action="source.changed", obj=source, payload=payload)


def rotate_secret(user: Any, *, source: Source) -> str:
    """A new secret; the old one stops at once. Raises `not_allowed`."""
    if not is_sensor_desk(user):
        raise NotAllowed()
    secret, source.secret_hash = tokens.new_token("dhq")
    with transaction.atomic():
        source.save(update_fields=["secret_hash", "updated_at"])
        audit.record(actor=user if user.pk else None, action="source.secret_rotated", obj=source)
    return secret


def _free_slug(name: str) -> str:
    base = slugify(name)[:50].strip("-") or "quelle"
    taken = set(Source.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
