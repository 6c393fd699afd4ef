"""Which ES modules a module brings along, so that a page can ask for all of them at once."""

from __future__ import annotations

import functools
import posixpath
import re
from pathlib import Path

from django.contrib.staticfiles import finders

_IMPORT = re.compile(r"""^\s*import\s+(?:[\w*${}\s,]+?\s+from\s+)?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@functools.cache
def brought_along(name: str) -> tuple[str, ...]:
    """Names of all static files that the module `name` imports, at any depth, in the order they are met."""
    met: dict[str, None] = {}
    _follow(name, met)
    del met[name]
    return tuple(met)


def _follow(name: str, met: dict[str, None]) -> None:
    met[name] = None
    found = finders.find(name)
    if not isinstance(found, str):
        return
    for address in _IMPORT.findall(Path(found).read_text(encoding="utf-8")):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
        if target not in met:
            _follow(target, met)
