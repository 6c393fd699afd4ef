"""What can happen: verb -> words, icon and kind for timelines and feeds. Apps add theirs in `AppConfig.ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Verb:
    """`label` is the word on a timeline ("Kommentar"), `icon` a name of the sprite, `kind` a badge kind."""

    key: str
    label: Any
    icon: str
    kind: str = "info"


_verbs: dict[str, Verb] = {}
UNKNOWN = Verb("", _("Neuigkeit"), "info")


def register(verb: str, label: Any, icon: str, kind: str = "info") -> None:
    """Makes `verb` known. A second registration of the same key replaces the first."""
    _verbs[verb] = Verb(verb, label, icon, kind)


def get(verb: str) -> Verb:
    """The registered verb, else a neutral one: an old row never breaks a timeline."""
    return _verbs.get(verb, UNKNOWN)


def registered() -> dict[str, Verb]:
    return dict(_verbs)
