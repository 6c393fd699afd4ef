"""Newsletters of the communications staff: groups of readers, consents, issues."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import SampleModel
from portal.newsletter.enums import IssueState


class Segment(models.Model):
    """A group of readers that one may join, such as "Umwelt und Sensoren"."""

    slug = models.SlugField(_("Kurzname"), unique=True)
    title = models.CharField(_("Name"), max_length=80)
    text = models.CharField(_("Worum es geht"), max_length=300, blank=True)
    active = models.BooleanField(_("kann bestellt werden"), default=True)

    class Meta:
        verbose_name = _("Gruppe von Lesenden")
        verbose_name_plural = _("Gruppen von Lesenden")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class ConsentText(models.Model):
    """The words people agreed to, kept in every version that was ever shown."""

    version = models.PositiveIntegerField(primary_key=True)
    text = models.TextField()

    class Meta:
        verbose_name = _("Text der Einwilligung")
        verbose_name_plural = _("Texte der Einwilligung")

    def __str__(self) -> str:
        return f"{self.version}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> SubscriptionQuerySet:
        return self.exclude(confirmed_at=None)


class Subscription(models.Model):
    """An address, with or without an account, that wants mails of some segments; of no effect until confirmed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    segments = models.ManyToManyField(Segment, related_name="subscriptions", verbose_name=_("Gruppen"))
    asked_at = models.DateTimeField(_("bestellt"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("bestätigt"), null=True, blank=True)
    consent = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Bestellung")
        verbose_name_plural = _("Bestellungen")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Issue(SampleModel):
    """One newsletter. While it is sent, `cursor` is the last subscription that got it."""

    title = models.CharField(_("Betreff"), max_length=150)
    body = models.TextField(_("Text"), max_length=20_000)
    segments = models.ManyToManyField(Segment, related_name="issues", verbose_name=_("Gruppen"))
    state = models.CharField(max_length=10, choices=IssueState, default=IssueState.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cursor = models.BigIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Rundbrief")
        verbose_name_plural = _("Rundbriefe")
        ordering = ("-created_at", "-pk")
        permissions = [("send_newsletter", _("Rundbriefe schreiben und verschicken"))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("newsletter:issue", args=[self.pk])

    def readers(self) -> Any:
        """Confirmed subscriptions of any of the issue's segments, each once, in order of their number."""
        chosen = Subscription.segments.through.objects.filter(segment__in=self.segments.all())
        return Subscription.objects.confirmed().filter(pk__in=chosen.values("subscription")).order_by("pk")
