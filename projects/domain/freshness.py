"""After a write: cached public pages are made anew once the transaction is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projects.models import Project


def refresh(project: Project | None) -> None:
    """Call inside the transaction of a write that changes what the public sees."""
