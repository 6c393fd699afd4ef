"""What every comment of a page repeats: words with their icons, and addresses; looked up once a language."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.comments import follow_targets
from portal.templatetags.portal_ui import icon


@lru_cache(maxsize=16)
def words_of(_language: str) -> dict[str, SafeString]:
    """Words, icons and addresses that every comment repeats, once a language."""
    with_icon = {
        "hidden": ("eye-off", _("Ausgeblendeter Kommentar")),
        "deleted": ("trash", _("Gelöschter Kommentar")),
        "official": ("building", _("Antwort der Stadt")),
        "pinned": ("pin", _("Angeheftet")),
        "support": ("heart", _("Unterstützen")),
        "reply": ("answer", _("Antworten")),
        "report": ("flag", _("Melden")),
        "edit": ("edit", _("Ändern")),
        "delete": ("trash", _("Löschen")),
        "pin": ("pin", _("Anheften")),
        "unpin": ("pin", _("Lösen")),
        "moderate": ("shield", _("Moderieren")),
        "follow": ("bell", _("Folgen")),
    }
    bare = {
        "link": _("Link zu diesem Kommentar:"),
        "to": _("auf"),
        "of": _("des Kommentars von"),
        "edited": _("geändert"),
        "history": _("Fassungen ansehen"),
        "base": reverse("comments:comment-detail", args=[0]).removesuffix("0/"),
        "queue": reverse("moderation:queue"),
        "follow_at": reverse("activity:follow", args=[follow_targets.KEY, 0]).removesuffix("0/"),
    }
    words = {key: format_html("{}{}", icon(name, "small"), text) for key, (name, text) in with_icon.items()}
    words |= {key: format_html("{}", text) for key, text in bare.items()}
    words["sample"] = SafeString(render_to_string("components/sample_badge.html", {"sample": True}).strip())
    return words
