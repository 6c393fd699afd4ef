"""`{% comments thread %}` on any page, and the display of single comments. Knows no other app."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.comments import articles, texts
from portal.comments.domain import reading
from portal.comments.domain.reading import CommentPage, Shown
from portal.comments.enums import Sort
from portal.comments.forms import CommentForm
from portal.comments.models import Comment, Thread, edit_window_ends
from portal.comments.readers import key_of, reader_of, why_closed
from portal.text import clean_comment

register = template.Library()
_ID = "kommentar_%s"


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comments(context: template.Context, thread: Thread, level: int = 2) -> dict[str, Any]:
    """The talk of a thread with its form; the page itself has checked that the person may see it.

    Reads `ab` (where the page begins), `sortierung` and `suche` from the address. `level` is the heading's level.
    """
    request = context["request"]
    asked = request.GET
    page = reading.page(
        thread=thread,
        user=request.user,
        start=key_of(asked.get("ab", "")),
        sort=asked.get("sortierung", ""),
        search=asked.get("suche", ""),
    )
    reader = reader_of(request, thread, page.items, page.sort)
    return {
        "request": request,
        "thread": thread,
        "page": page,
        "level": level,
        "reader": reader,
        "closed": None if reader.is_open else why_closed(thread),
        "articles": articles.thread_list(page.items, reader),
        "sorts": [
            {"title": sort.label, "url": _address(request, sortierung=sort.value), "current": sort == page.sort}
            for sort in Sort
        ],
        "everything": _address(request, suche=None),
        "kept": [(key, value) for key, value in asked.items() if key not in ("ab", "suche")],
        "form": CommentForm(may_answer=reader.answers, draft_key=f"kommentar-{thread.pk}", auto_id=_ID),
    }


def _address(request: Any, **changes: str | None) -> str:
    """This page from its first comment on, with changes to the query."""
    query = request.GET.copy()
    query.pop("ab", None)
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"{request.path}{'?' if query else ''}{query.urlencode()}#kommentare-liste"


@register.simple_tag(takes_context=True)
def comment_article(context: template.Context, shown: Shown) -> SafeString:
    """A comment with its actions, on a page whose view put `reader` into the context."""
    return articles.article(shown, context["reader"])


@register.simple_tag(takes_context=True)
def comment_replies(context: template.Context, replies: list[Shown]) -> SafeString:
    return articles.reply_list(replies, context["reader"])


@register.filter
def comment_text(comment: Comment) -> SafeString:
    """The text as safe HTML; quoted comments stay addresses."""
    return texts.text_of(comment, {})


@register.filter
def as_comment(text: str) -> SafeString:
    return clean_comment(text)


@register.filter
def excerpt(text: str, length: int = 160) -> str:
    return texts.excerpt(text, length)


@register.filter
def edit_until(comment: Comment) -> Any:
    return edit_window_ends(comment)


@register.filter
def found_words(page: CommentPage) -> str:
    return _("„%(words)s“") % {"words": " ".join(page.words)}
