"""The Reallabor: charts that people keep, and Smart Services that they built on the data and show."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mapviews.enums import ServiceLicence
from portal.comments.enums import State
from portal.models import SampleModel, TimeStampedModel

CODE_SIGNS = "abcdefghkmnpqrstuvwxyz23456789"  # without i j l o 0 1, which are mistaken when read aloud


def new_code() -> str:
    """Eight signs, about 10**11 possibilities; the short address of a chart."""
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(8))


class Written(models.Model):
    """What a person wrote and the moderation looks after."""

    state = models.CharField(max_length=10, default=State.VISIBLE)  # portal.comments.enums.State
    held_until = models.DateTimeField(null=True, blank=True)
    held_rule = models.CharField(max_length=40, blank=True)
    hidden_reason = models.CharField(max_length=20, blank=True)  # portal.comments.enums.Reason

    class Meta:
        abstract = True

    @property
    def is_visible(self) -> bool:
        return self.state == State.VISIBLE


class LabChartQuerySet(models.QuerySet["LabChart"]):
    def public(self) -> LabChartQuerySet:
        return self.filter(state=State.VISIBLE)

    def visible_to(self, user: Any) -> LabChartQuerySet:
        """Visible ones, and the own ones that are not deleted; the moderation sees what it decides about."""
        if not getattr(user, "is_authenticated", False):
            return self.public()
        if user.has_perm("comments.moderate_comment"):
            return self.exclude(state=State.DELETED)
        return self.filter(Q(state=State.VISIBLE) | (Q(owner=user) & ~Q(state=State.DELETED)))


class LabChart(SampleModel, Written, TimeStampedModel):
    """A kept chart: its recipe as the query of an address, read anew at each view. Found by its short address."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lab_charts")
    title = models.CharField(_("Titel"), max_length=120)
    note = models.TextField(_("Notiz"), max_length=2000, blank=True)
    query = models.CharField(max_length=700)

    objects = LabChartQuerySet.as_manager()

    class Meta:
        verbose_name = _("Diagramm")
        verbose_name_plural = _("Diagramme")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mapviews:lab-chart", args=[self.code])

    @property
    def canonical_url(self) -> str:
        return f"/sensoren/labor/d/{self.code}/"


class SmartServiceQuerySet(models.QuerySet["SmartService"]):
    def public(self) -> SmartServiceQuerySet:
        return self.filter(state=State.VISIBLE)

    def visible_to(self, user: Any) -> SmartServiceQuerySet:
        """Visible ones, the own ones that are not deleted, and for the moderation all that are not deleted."""
        if not getattr(user, "is_authenticated", False):
            return self.public()
        if user.has_perm("comments.moderate_comment"):
            return self.exclude(state=State.DELETED)
        return self.filter(Q(state=State.VISIBLE) | (Q(author=user) & ~Q(state=State.DELETED)))


class SmartService(SampleModel, Written, TimeStampedModel):
    """Something built on the open data. Each wording waits for the moderation before others see it.

    `author` is null after an erasure: what others tried and talked about stays.
    """

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=80, unique=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="smart_services"
    )
    title = models.CharField(_("Name"), max_length=120)
    description = models.TextField(_("Beschreibung"), max_length=4000)
    address = models.URLField(_("Adresse"), max_length=300)
    repository = models.URLField(_("Quelltext"), max_length=300, blank=True)
    licence = models.CharField(_("Lizenz des Quelltexts"), max_length=20, choices=ServiceLicence, blank=True)
    phenomena = models.ManyToManyField(
        "mapviews.Phenomenon", verbose_name=_("Messgrößen"), blank=True, related_name="+"
    )
    channels = models.ManyToManyField("mapviews.Channel", verbose_name=_("Messreihen"), blank=True, related_name="+")
    uses_api = models.BooleanField(_("nutzt die Schnittstelle"), default=True)
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.SET_NULL, related_name="smart_services"
    )
    picture = models.FileField(upload_to="smart-services/", blank=True)
    picture_alt = models.CharField(_("Was ist zu sehen?"), max_length=250, blank=True)
    picture_width = models.PositiveIntegerField(default=0)
    picture_height = models.PositiveIntegerField(default=0)
    support_count = models.PositiveIntegerField(default=0)
    shown_at = models.DateTimeField(_("gezeigt seit"), null=True, blank=True)
    thread = models.OneToOneField("comments.Thread", on_delete=models.PROTECT, related_name="smart_service")

    objects = SmartServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Smart Service")
        verbose_name_plural = _("Smart Services")
        ordering = ("-shown_at", "-pk")
        indexes = [models.Index(fields=["state", "-shown_at", "-id"], name="smart_service_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mapviews:service-detail", args=[self.slug])

    @property
    def canonical_url(self) -> str:
        return f"/sensoren/labor/galerie/{self.slug}/"

    @property
    def host(self) -> str:
        """Where "Ausprobieren" leads to."""
        return urlsplit(self.address).hostname or ""

    @property
    def byline(self) -> str:
        return self.author.public_name if self.author else str(_("gelöschtes Konto"))


class ServiceSupport(models.Model):
    """One person supports once. `user` is null after an erasure: the count stays, the name goes."""

    service = models.ForeignKey(SmartService, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="service_supports"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Unterstützung eines Smart Service")
        verbose_name_plural = _("Unterstützungen von Smart Services")
        constraints = [models.UniqueConstraint(fields=["service", "user"], name="smart_service_supported_once")]

    def __str__(self) -> str:
        return f"{self.user_id} > {self.service_id}"
