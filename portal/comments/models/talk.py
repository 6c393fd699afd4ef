"""Talk: a comment belongs to a thread; whatever can be talked about holds a OneToOne to a thread."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.comments.enums import Reason, State
from portal.models import SampleModel, TimeStampedModel

MAX_LENGTH = 5000


class Thread(TimeStampedModel):
    """`target` is the key under which an app registered itself in `portal.comments.targets` (e.g. `project`)."""

    target = models.CharField(max_length=40)
    closed_at = models.DateTimeField(_("geschlossen"), null=True, blank=True)
    closed_reason = models.CharField(_("Warum geschlossen"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Gesprächsfaden")
        verbose_name_plural = _("Gesprächsfäden")
        permissions = [("steer_thread", _("Gespräche schließen und Kommentare anheften"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(closed_reason=""), name="thread_closed_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} #{self.pk}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def public(self) -> CommentQuerySet:
        """What everyone may read. Whether the thread itself may be seen is asked of its target."""
        return self.filter(state=State.VISIBLE)

    def visible_to(self, user: Any) -> CommentQuerySet:
        """Public ones, one's own held ones, and everything for who moderates."""
        if not getattr(user, "is_authenticated", False):
            return self.public()
        if user.is_working_here and user.has_perm("comments.moderate_comment"):
            return self
        return self.filter(Q(state=State.VISIBLE) | Q(author=user, state=State.HELD))

    def readable(self, user: Any) -> CommentQuerySet:
        """What stands on a page: visible ones, and tombstones where one was hidden or where replies still hang."""
        replies = Comment.objects.filter(parent=OuterRef("pk"), state=State.VISIBLE)
        shown = Q(state__in=[State.VISIBLE, State.HIDDEN]) | (Q(state=State.DELETED, parent=None) & Q(Exists(replies)))
        if getattr(user, "is_authenticated", False):
            shown |= Q(author=user, state=State.HELD)
        return self.filter(shown)


class Comment(SampleModel):
    """What somebody said. `text` is plain text; markup is made at display time (portal.text)."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(_("Kommentar"), max_length=MAX_LENGTH, blank=True)
    state = models.CharField(_("Zustand"), max_length=10, choices=State, default=State.VISIBLE)
    held_until = models.DateTimeField(_("wird entschieden bis"), null=True, blank=True)
    held_rule = models.CharField(max_length=40, blank=True)
    hidden_reason = models.CharField(_("Grund"), max_length=20, choices=Reason, blank=True)
    official = models.BooleanField(_("Antwort der Stadt"), default=False)
    department = models.CharField(_("Amt oder Dienststelle"), max_length=120, blank=True)
    pinned = models.BooleanField(_("oben angeheftet"), default=False)
    support_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("geschrieben"), default=timezone.now)
    edited_at = models.DateTimeField(_("geändert"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Kommentar")
        verbose_name_plural = _("Kommentare")
        ordering = ("created_at", "pk")
        permissions = [
            ("moderate_comment", _("Kommentare moderieren")),
            ("answer_officially", _("Für die Stadt antworten")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.HELD, held_until__isnull=False) | ~Q(state=State.HELD),
                name="comment_held_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HIDDEN) | ~Q(hidden_reason=""), name="comment_hidden_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(pinned=False) | Q(parent=None), name="comment_pinned_is_no_reply"),
        ]
        indexes = [
            models.Index(fields=["thread", "parent", "-pinned", "-created_at", "-id"], name="comment_newest"),
            models.Index(
                fields=["thread", "parent", "-pinned", "-support_count", "-created_at", "-id"], name="comment_supported"
            ),
            models.Index(fields=["thread", "state", "parent"], name="comment_counted"),
            models.Index(fields=["parent", "created_at"], name="comment_replies"),
            models.Index(fields=["author", "-created_at"], name="comment_of_author"),
            models.Index(fields=["held_until"], condition=Q(state=State.HELD), name="comment_held"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("comments:comment-detail", args=[self.pk])

    @property
    def anchor(self) -> str:
        return f"kommentar-{self.pk}"

    @property
    def author_name(self) -> str:
        return self.author.public_name if self.author else str(_("Gelöschtes Konto"))

    @property
    def is_visible(self) -> bool:
        return self.state == State.VISIBLE


class Revision(models.Model):
    """An earlier wording of a comment, shown as its history."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Frühere Fassung")
        verbose_name_plural = _("Frühere Fassungen")
        ordering = ("-replaced_at", "-pk")

    def __str__(self) -> str:
        return f"#{self.comment_id} {self.replaced_at:%Y-%m-%d %H:%M}"


class Support(models.Model):
    """A person supports a comment, once."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supports")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Unterstützung")
        verbose_name_plural = _("Unterstützungen")
        constraints = [models.UniqueConstraint(fields=["user", "comment"], name="comment_support_once")]

    def __str__(self) -> str:
        return f"#{self.comment_id} {self.user_id}"


def edit_window_ends(comment: Comment) -> datetime:
    """Until when the author may change the text."""
    return comment.created_at + timedelta(minutes=15)
