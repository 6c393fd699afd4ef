"""What an example is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Example:
    """One component: its file's stem, what it is for, the line that includes it and what that line needs."""

    name: str
    title: str
    use: str
    line: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    part_of: str = ""

    def html(self, request: HttpRequest) -> SafeString | str:
        if not self.line:
            return ""
        source = "{% load i18n portal_ui %}" + self.line
        return engines["django"].from_string(source).render(dict(self.context), request)


@dataclass(frozen=True)
class Group:
    slug: str
    title: str
    examples: list[Example]
