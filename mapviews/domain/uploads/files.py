"""Where uploaded files wait: below `var/uploads/`, never served, deleted when the job ends (they hold places)."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.exceptions import DomainError

MAX_SIZE = 50 * 1024 * 1024
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def path_of(uuid: Any) -> Path:
    return Path(settings.VAR_DIR) / "uploads" / f"{uuid}.csv"


def keep(uuid: Any, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Writes the file; returns its SHA-256 and size. Raises `too_large`."""
    path = path_of(uuid)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = sha256(), 0
    with path.open("wb") as handle:
        for chunk in chunks:
            size += len(chunk)
            if size > MAX_SIZE:
                break
            digest.update(chunk)
            handle.write(chunk)
    if size > MAX_SIZE:
        path.unlink(missing_ok=True)
        raise DomainError("too_large", _("Die Datei ist größer als 50 MB. Bitte teilen Sie sie auf."), field="file")
    return digest.hexdigest(), size


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-16, utf-8 or cp1252. Raises `not_text` for what is no text at all (xlsx, pictures)."""
    with path.open("rb") as handle:
        head = handle.read(4096)
        for bom, name in BOMS:
            if head.startswith(bom):
                return name
        if b"\0" in head or head.startswith((b"PK\x03\x04", b"%PDF", b"\x1f\x8b")):
            message = _(
                "Das ist keine CSV-Datei. Bitte speichern Sie die Tabelle als „CSV (Text)“ und laden Sie diese hoch."
            )
            raise DomainError("not_text", message, field="file")
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while head:
                decoder.decode(head)
                head = handle.read(1 << 20)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
