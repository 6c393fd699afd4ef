"""Append to and verify the chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models


def record(
    *,
    actor: Any,
    action: str,
    obj: models.Model | None = None,
    stream: str = "main",
    payload: Mapping[str, Any] | None = None,
    version_hash: str = "",
    role: str = "",
) -> None:
    """Appends one entry inside the caller's transaction. PLACEHOLDER, replaced within the hour."""
