"""Kept charts and Smart Services in the moderation's one queue (portal.comments.kinds)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mapviews.domain.lab import keeping, services
from mapviews.models import LabChart, SmartService
from portal import audit, cache
from portal.activity.domain import stream
from portal.comments.domain import matters
from portal.comments.enums import State
from portal.comments.kinds import Kind, Piece

ROLE = "moderator"


class LabKind(Kind):
    """What both have in common; keys are primary keys as text."""

    model: Any
    action: str

    def rows(self) -> Any:
        raise NotImplementedError

    def piece(self, row: Any) -> Piece:
        raise NotImplementedError

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        rows = self.rows().filter(pk__in=[int(key) for key in keys if is_key(key)])
        return {str(row.pk): self.piece(row) for row in rows}

    def lock(self, key: str) -> Piece | None:
        row = self._locked(key)
        return self.piece(row) if row else None

    def visible_to(self, key: str, user: Any) -> bool:
        return is_key(key) and self.model.objects.visible_to(user).filter(pk=key).exists()

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        row = self._set(key, state=State.HIDDEN, hidden_reason=reason, held_until=None, held_rule="")
        self._record(user, row, "hidden", {"reason": reason})

    def hold(self, key: str, *, user: Any, until: datetime) -> None:
        row = self._set(key, state=State.HELD, held_until=until, held_rule="")
        self._record(user, row, "held")

    def show(self, key: str, *, user: Any) -> None:
        row = self._set(key, state=State.VISIBLE, hidden_reason="", held_until=None, held_rule="")
        self._record(user, row, "shown")

    def _set(self, key: str, **fields: Any) -> Any:
        row = self._locked(key)
        if row is None or row.state == State.DELETED:
            raise matters.gone()
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=[*fields, "updated_at"])
        if fields.get("state") != State.VISIBLE:
            stream.withdraw(url=row.canonical_url)
        transaction.on_commit(cache.invalidate)
        return row

    def _locked(self, key: str) -> Any:
        return self.rows().select_for_update(of=("self",)).filter(pk=key).first() if is_key(key) else None

    def _record(self, user: Any, row: Any, act: str, payload: dict[str, Any] | None = None) -> None:
        audit.record(actor=user, action=f"{self.action}.{act}", obj=row, role=ROLE, payload=payload or {})


class LabChartKind(LabKind):
    slug = "diagramme"
    label = _("Diagramm")
    the = _("Das Diagramm")
    your = _("Ihr Diagramm")
    model, action = LabChart, "lab_chart"

    def rows(self) -> Any:
        return LabChart.objects.select_related("owner")

    def piece(self, row: LabChart) -> Piece:
        return Piece(
            key=str(row.pk),
            text=f"{row.title}\n\n{row.note}".strip(),
            title=row.title,
            url=row.canonical_url,
            state=row.state,
            created_at=row.created_at,
            author=row.owner,
            author_name=row.owner.public_name,
            sample=row.sample,
        )

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        row = self._set(key, state=State.DELETED, title="–", note="", query="", held_until=None)
        self._record(user, row, "emptied", {"reason": reason})


class SmartServiceKind(LabKind):
    slug = "smart-services"
    label = _("Smart Service")
    the = _("Der Smart Service")
    your = _("Ihr Smart Service")
    model, action = SmartService, "smart_service"

    def rows(self) -> Any:
        return SmartService.objects.select_related("author", "project")

    def piece(self, row: SmartService) -> Piece:
        parts = [row.title, row.description, row.address, row.repository, row.picture_alt]
        return Piece(
            key=str(row.pk),
            text="\n\n".join(part for part in parts if part),
            title=row.title,
            url=row.canonical_url,
            state=row.state,
            created_at=row.created_at,
            author=row.author,
            author_name=row.byline,
            project=row.project,
            sample=row.sample,
        )

    def show(self, key: str, *, user: Any) -> None:
        row = self._set(key)
        services.show(row)
        self._record(user, row, "shown")

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        row = self._set(key)
        services.empty(row)
        self._record(user, row, "emptied", {"reason": reason})


KINDS = {keeping.KEY: LabChartKind, services.KEY: SmartServiceKind}


def is_key(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 18
