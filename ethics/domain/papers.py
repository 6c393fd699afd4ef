"""Files that come with a case: what they are is told by their first bytes, never by their name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.exceptions import DomainError

LARGEST = 2 * 1024 * 1024 - 64 * 1024
SIGNATURES = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}


@dataclass(frozen=True)
class Paper:
    """A file that may be kept, under a name that tells nothing."""

    file: Any
    media_type: str
    size: int
    hash: str


def read_paper(file: Any, *, field: str = "file") -> Paper:
    """A PDF or a picture up to 1.9 MB, with its SHA-256. Raises DomainError `too_large`, `wrong_type`."""
    if file.size > LARGEST:
        raise DomainError("too_large", _("Die Datei ist zu groß; höchstens 1,9 MB sind möglich."), field=field)
    data = file.read()
    extension = file.name.rpartition(".")[2].lower()
    media_type, signature = SIGNATURES.get(extension, ("", b""))
    if not media_type or not data.startswith(signature):
        raise DomainError("wrong_type", _("Möglich sind PDF, PNG und JPEG. Diese Datei ist keins davon."), field=field)
    file.seek(0)
    file.name = f"anlage.{extension}"
    return Paper(file, media_type, len(data), hashlib.sha256(data).hexdigest())
