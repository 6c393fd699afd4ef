"""A stylesheet with its imports written in: one request in place of a chain of them, with the same cascade."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

_IMPORT = re.compile(r"""@import\s+url\(\s*["']?([^"')]+)["']?\s*\)\s*(?:layer\(([\w.-]+)\))?\s*;""")
_ADDRESS = re.compile(r"""url\(\s*(["']?)(?!["']|data:|https?:|/|#)([^"')]+)\1\s*\)""")
_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)  # /*! … */ holds a licence


def flatten(name: str, read: Callable[[str], str]) -> str:
    """The text of the stylesheet `name` (a path with slashes); `read(name)` gives the text of a file.

    An import with `layer(x)` becomes `@layer x {…}` at its place (CSS Cascading and Inheritance 5, 6.4.1); relative
    addresses are rewritten to be right in `name`. Imports with media or supports conditions stay as they are.
    """
    home = posixpath.dirname(name)

    def text_of(part: str) -> str:
        folder = posixpath.dirname(part)

        def inner(match: re.Match[str]) -> str:
            inside = text_of(posixpath.normpath(posixpath.join(folder, match[1])))
            return f"@layer {match[2]} {{\n{inside}\n}}" if match[2] else inside

        def moved(match: re.Match[str]) -> str:
            return f'url("{posixpath.relpath(posixpath.join(folder, match[2]), home or ".")}")'

        pieces, last = [], 0
        text = _COMMENT.sub("", read(part)).replace('@charset "UTF-8";', "")
        for match in _IMPORT.finditer(text):
            pieces += [_ADDRESS.sub(moved, text[last : match.start()]), inner(match)]
            last = match.end()
        return "".join([*pieces, _ADDRESS.sub(moved, text[last:])])

    return text_of(name)
