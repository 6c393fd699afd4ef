"""The HTML of comments. Written in Python and not as a template: a page holds eighty of them, and what repeats (words,
icons, addresses, rights) is worked out once a page (docs/decisions/0310-comments-rendered-in-python.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.comments import permissions
from portal.comments.domain.reading import Shown
from portal.comments.enums import State
from portal.comments.models import Comment
from portal.comments.texts import text_of
from portal.comments.words import words_of
from portal.templatetags.portal_ui import ago, icon, when

NOTHING = SafeString("")


@dataclass(frozen=True)
class Reader:
    """Who reads, and what is the same for all comments of a page. `suffix` is the query that keeps the sorting."""

    user: Any
    is_open: bool
    moderates: bool = False
    steers: bool = False
    answers: bool = False
    csrf: SafeString = NOTHING
    suffix: str = ""
    quoted: Mapping[int, Comment] = field(default_factory=dict)

    @property
    def may_reply(self) -> bool:
        return self.is_open or self.answers


def thread_list(items: list[Shown], reader: Reader) -> SafeString:
    """The items of the list of comments, each with its first answers."""
    return format_html_join("", "<li>{}{}{}</li>", ((article(s, reader), _below(s, reader), _more(s)) for s in items))


def reply_list(replies: list[Shown], reader: Reader) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((article(shown, reader),) for shown in replies))


def article(shown: Shown, reader: Reader) -> SafeString:
    """One comment as `reader` may see it, with its actions."""
    comment, words = shown.comment, words_of(translation.get_language() or "")
    name = comment.author_name
    kinds = (" comment--official" if comment.official else "") + (
        f" comment--{comment.state}" if comment.state != State.VISIBLE else ""
    )
    return format_html(
        '<article class="comment{}" id="kommentar-{}" tabindex="-1" aria-labelledby="kommentar-{}-wer">'
        "{}{}{}</article>",
        kinds,
        comment.pk,
        comment.pk,
        _head(comment, name, words, reader),
        _body(comment, reader),
        _foot(shown, name, words, reader),
    )


def _head(comment: Comment, name: str, words: dict[str, SafeString], reader: Reader) -> SafeString:
    who: Any = name
    badges = []
    if comment.state in (State.HIDDEN, State.DELETED):
        who = words[comment.state]
    else:
        if comment.official:
            badges.append(_official(comment, words))
        if comment.pinned:
            badges.append(format_html('<span class="badge badge--neutral">{}</span>', words["pinned"]))
        if comment.sample:
            badges.append(words["sample"])
    edited = NOTHING
    if comment.edited_at and comment.state in (State.VISIBLE, State.HELD):
        edited = format_html(
            '<a class="comment__edited" href="{}{}/fassungen/">{} {}<span class="kern-sr-only">. {}</span></a>',
            words["base"],
            comment.pk,
            words["edited"],
            ago(comment.edited_at),
            words["history"],
        )
    return format_html(
        '<header class="comment__head"><span class="comment__author" id="kommentar-{}-wer">{}</span>{}'
        '<a class="comment__link" href="{}{}/{}"><span class="kern-sr-only">{} </span>{}</a>{}</header>',
        comment.pk,
        who,
        format_html_join("", "{}", ((badge,) for badge in badges)) if badges else NOTHING,
        words["base"],
        comment.pk,
        reader.suffix,
        words["link"],
        ago(comment.created_at),
        edited,
    )


def _official(comment: Comment, words: dict[str, SafeString]) -> SafeString:
    department = f" · {comment.department}" if comment.department else ""
    return format_html('<span class="badge badge--participation">{}{}</span>', words["official"], department)


def _body(comment: Comment, reader: Reader) -> SafeString:
    if comment.state == State.VISIBLE:
        return format_html('<div class="comment__text">{}</div>', text_of(comment, reader.quoted))
    if comment.state == State.HIDDEN:
        reason = {"reason": comment.get_hidden_reason_display()}
        said = _("Von der Moderation ausgeblendet. Grund: %(reason)s.") % reason
        return format_html('<p class="comment__tombstone">{}</p>', said)
    if comment.state == State.DELETED:
        said = _("Die Person hat diesen Kommentar gelöscht.")
        if comment.hidden_reason:
            said = _("Von der Moderation gelöscht. Grund: %(reason)s.") % {
                "reason": comment.get_hidden_reason_display()
            }
        return format_html('<p class="comment__tombstone">{}</p>', said)
    return format_html(
        '<p class="comment__held">{}<span>{} {}. {}</span></p><div class="comment__text">{}</div>',
        icon("hourglass", "small"),
        _("Wird geprüft, spätestens bis"),
        when(comment.held_until, "date"),
        _("Bis dahin sehen nur Sie und die Moderation ihn."),
        text_of(comment, reader.quoted),
    )


def _foot(shown: Shown, name: str, words: dict[str, SafeString], reader: Reader) -> SafeString:
    comment = shown.comment
    own = permissions.is_author(reader.user, comment)
    visible = comment.state == State.VISIBLE
    if not (visible or own or reader.moderates):
        return NOTHING
    acts = []
    if visible:
        acts.append(_support(shown, own, words, reader))
        if comment.parent_id is None:
            acts.append(
                format_html(
                    '<a class="comment__act" href="{}{}/">{}</a>', words["follow_at"], comment.pk, words["follow"]
                )
            )
        if reader.may_reply:
            acts.append(_link(f"{comment.thread_id}/schreiben/?antwort={comment.pk}", "reply", "to", name, words))
        if not own:
            acts.append(_link(f"{comment.pk}/melden/", "report", "of", name, words))
        if reader.steers and comment.parent_id is None:
            acts.append(_pin(comment, words, reader))
    if own and permissions.can_edit(reader.user, comment):
        acts.append(_link(f"{comment.pk}/bearbeiten/", "edit", "", "", words))
    if own and permissions.can_delete(reader.user, comment):
        acts.append(_link(f"{comment.pk}/loeschen/", "delete", "", "", words))
    if reader.moderates and not own:
        address = f"{words['queue']}kommentare/{comment.pk}/"
        acts.append(format_html('<a class="comment__act" href="{}">{}</a>', address, words["moderate"]))
    return format_html('<footer class="comment__foot">{}</footer>', format_html_join("", "{}", ((a,) for a in acts)))


def _link(path: str, word: str, relation: str, name: str, words: dict[str, SafeString]) -> SafeString:
    """An action as a link; who hears the page hears on whose comment it acts."""
    if not relation:
        return format_html('<a class="comment__act" href="{}{}">{}</a>', words["base"], path, words[word])
    return format_html(
        '<a class="comment__act" href="{}{}">{}<span class="kern-sr-only"> {} {}</span></a>',
        words["base"],
        path,
        words[word],
        words[relation],
        name,
    )


def _support(shown: Shown, own: bool, words: dict[str, SafeString], reader: Reader) -> SafeString:
    comment, number = shown.comment, shown.comment.support_count
    if own or not reader.is_open:
        if not number:
            return NOTHING
        said = ngettext("%(number)s Person unterstützt das", "%(number)s Personen unterstützen das", number) % {
            "number": number
        }
        return format_html('<span class="comment__support">{}{}</span>', icon("heart", "small"), said)
    if not reader.user.is_authenticated:
        return format_html(
            '<a class="comment__act" href="{}{}/unterstuetzen/{}">{} <span class="comment__number">{}</span></a>',
            words["base"],
            comment.pk,
            reader.suffix,
            words["support"],
            number,
        )
    return format_html(
        '<form method="post" action="{}{}/unterstuetzen/{}">{}{}<button class="comment__act" type="submit" '
        'aria-pressed="{}">{} <span class="comment__number">{}</span></button></form>',
        words["base"],
        comment.pk,
        reader.suffix,
        reader.csrf,
        _TAKE_BACK if shown.supported else NOTHING,
        "true" if shown.supported else "false",
        words["support"],
        number,
    )


_TAKE_BACK = SafeString('<input type="hidden" name="zurueck" value="1">')


def _pin(comment: Comment, words: dict[str, SafeString], reader: Reader) -> SafeString:
    return format_html(
        '<form method="post" action="{}{}/anheften/{}">{}{}'
        '<button class="comment__act" type="submit">{}</button></form>',
        words["base"],
        comment.pk,
        reader.suffix,
        reader.csrf,
        _TAKE_BACK if comment.pinned else NOTHING,
        words["unpin" if comment.pinned else "pin"],
    )


def _below(shown: Shown, reader: Reader) -> SafeString:
    if not shown.replies:
        return NOTHING
    return format_html(
        '<ol class="comment-list comment-list--replies" aria-label="{}">{}</ol>',
        _("Antworten auf %(name)s") % {"name": shown.comment.author_name},
        reply_list(shown.replies, reader),
    )


def _more(shown: Shown) -> SafeString:
    number = shown.more_replies
    if number <= 0:
        return NOTHING
    said = ngettext("%(number)s weitere Antwort", "%(number)s weitere Antworten", number) % {"number": number}
    address = reverse("comments:reply-list", args=[shown.comment.pk])
    return format_html('<p class="comment__more"><a href="{}">{}</a></p>', address, said)
