"""The text of a comment as safe HTML, with what it quotes in the place of addresses; and its beginning in a line."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.comments.domain import quoting
from portal.comments.enums import State
from portal.comments.models import Comment
from portal.templatetags.portal_ui import when
from portal.text import clean_comment, plain


def text_of(comment: Comment, quoted: Mapping[int, Comment]) -> SafeString:
    """The text as safe HTML; addresses of comments in `quoted` are replaced by these."""
    if not quoted or "kommentar" not in comment.text:
        return clean_comment(comment.text)
    parts = quoting.split(comment.text, quoted)
    return format_html_join(
        "", "{}", ((clean_comment(part) if isinstance(part, str) else _quote(part),) for part in parts)
    )


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a text in one line, without the addresses of quoted comments."""
    words = " ".join(plain(quoting.without_links(text)).split())
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"


def _quote(comment: Comment) -> SafeString:
    """A quoted comment as a small card; of what is not to be seen any more only that."""
    if comment.state != State.VISIBLE:
        said = _("Der zitierte Kommentar ist nicht mehr zu sehen.")
        return format_html('<p class="comment-quote comment-quote--gone">{}</p>', said)
    return format_html(
        '<figure class="comment-quote comment-quote--card"><blockquote>{}</blockquote>'
        '<figcaption><a href="{}">{}, {}</a></figcaption></figure>',
        excerpt(comment.text),
        comment.get_absolute_url(),
        comment.author_name,
        when(comment.created_at),
    )
