"""Remembers in `var/` what was built from which files, so that a second start takes seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

ROOT = Path(settings.BASE_DIR)


def _content_files() -> Iterator[Path]:
    for package in ("portal", "projects", "dialogues", "ethics", "mapviews"):
        for pattern in ("**/*.py", "**/*.json"):
            yield from (ROOT / package).glob(pattern)


def _static_files() -> Iterator[Path]:
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            yield Path(storage.path(name))


def _digest(files: Iterator[Path]) -> str:
    state = hashlib.sha256()
    for file in sorted(files):
        facts = file.stat()
        state.update(f"{file}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return state.hexdigest()


def _current(part: str) -> str:
    return _digest({"static": _static_files, "content": _content_files}[part]())


def _file(part: str) -> Path:
    return Path(settings.VAR_DIR) / f"demo-{part}.stamp"


def is_current(part: str) -> bool:
    file = _file(part)
    return file.exists() and file.read_text() == _current(part)


def keep(part: str) -> None:
    _file(part).write_text(_current(part))
