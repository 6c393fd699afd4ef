"""`{% comments thread %}` on any page, and the display of a comment's text. Knows no other app."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.comments import permissions
from portal.comments.domain import reading
from portal.comments.enums import Sort
from portal.comments.forms import CommentForm
from portal.comments.models import Comment, Thread, edit_window_ends
from portal.templatetags.portal_ui import icon
from portal.text import clean_comment, plain

register = template.Library()


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comments(context: template.Context, thread: Thread, level: int = 2) -> dict[str, Any]:
    """The talk of a thread with its form; the page itself has checked that the person may see it.

    Reads `kommentare` (page) and `sortierung` from the address. `level` is the heading's level.
    """
    request = context["request"]
    number = request.GET.get("kommentare", "1")
    page = reading.page(
        thread=thread,
        user=request.user,
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
        sort=request.GET.get("sortierung", ""),
    )
    return {
        "request": request,
        "thread": thread,
        "page": page,
        "level": level,
        "is_open": permissions.is_open(thread),
        "moderates": permissions.can_moderate(request.user),
        "sorts": [
            {"title": sort.label, "url": _sorted(request, sort), "current": sort == page.sort, "count": ""}
            for sort in Sort
        ],
        "form": CommentForm(
            may_answer=permissions.can_answer_officially(request.user), draft_key=f"kommentar-{thread.pk}", auto_id=_ID
        ),
    }


_ID = "kommentar_%s"


def _sorted(request: Any, sort: Sort) -> str:
    query = request.GET.copy()
    query.pop("kommentare", None)
    query["sortierung"] = sort.value
    return f"?{query.urlencode()}#kommentare-liste"


@register.filter
def comment_text(comment: Comment) -> SafeString:
    return clean_comment(comment.text)


@register.filter
def as_comment(text: str) -> SafeString:
    return clean_comment(text)


@register.filter
def excerpt(text: str, length: int = 160) -> str:
    words = " ".join(plain(text).split())
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"


@register.filter
def edit_until(comment: Comment) -> Any:
    return edit_window_ends(comment)


@register.simple_tag
def comment_words() -> dict[str, SafeString]:
    """The words, icons and the address that every comment repeats; looked up once a language, not once a comment."""
    return _words(translation.get_language() or "")


@lru_cache(maxsize=16)
def _words(_language: str) -> dict[str, SafeString]:
    parts = {
        "hidden": ("eye-off", _("Ausgeblendeter Kommentar")),
        "deleted": ("trash", _("Gelöschter Kommentar")),
        "official": ("building", _("Antwort der Stadt")),
        "pinned": ("pin", _("Angeheftet")),
        "support": ("heart", _("Unterstützen")),
        "reply": ("answer", _("Antworten")),
        "report": ("flag", _("Melden")),
        "edit": ("edit", _("Ändern")),
        "delete": ("trash", _("Löschen")),
        "moderate": ("shield", _("Moderieren")),
    }
    plain_words = {
        "link": _("Link zu diesem Kommentar:"),
        "to": _("auf"),
        "of": _("des Kommentars von"),
        "edited": _("geändert"),
        "base": reverse("comments:comment-detail", args=[0]).removesuffix("0/"),
        "queue": reverse("moderation:queue"),
    }
    words = {key: format_html("{}{}", icon(name, "small"), text) for key, (name, text) in parts.items()}
    return words | {key: format_html("{}", text) for key, text in plain_words.items()}


@register.simple_tag(takes_context=True)
def comment_rights(context: template.Context, comment: Comment) -> dict[str, bool]:
    """What the reader may do with this comment; asks no database."""
    user = context["request"].user
    return {
        "own": permissions.is_author(user, comment),
        "edit": permissions.can_edit(user, comment),
        "delete": permissions.can_delete(user, comment),
    }
