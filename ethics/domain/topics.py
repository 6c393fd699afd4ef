"""The Council as something that people follow: one topic for all its recommendations and answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.activity import targets

KEY, NUMBER = "ethikrat", "1"
TOPIC = targets.topic(KEY, NUMBER)


def find(_user: Any, ids: Collection[str]) -> Mapping[str, targets.Subject]:
    """Everybody may follow the Council; only what is public is published under its topic."""
    return {NUMBER: targets.Subject(_("Ethikrat"), "/ethikrat/")} if NUMBER in ids else {}
