"""Projects as facts that others compute with; the page shows them in a language."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.cms.models import BasePage
from portal.models import SampleModel, TimeStampedModel
from projects.enums import Area, Kind, Programme, Status


class ProjectQuerySet(models.QuerySet["Project"]):
    def public(self) -> ProjectQuerySet:
        """Projects with at least one published page."""
        return self.filter(pages__live=True).distinct()

    def visible_to(self, user: Any) -> ProjectQuerySet:
        """What this person may see: everything for staff of the portal, else what is public."""
        if getattr(user, "is_authenticated", False) and user.has_perm("projects.change_project"):
            return self
        return self.public()


class Project(SampleModel, TimeStampedModel):
    slug = models.SlugField(_("Kurzname in der Adresse"), unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    kind = models.CharField(_("Projektart"), max_length=20, choices=Kind)
    area = models.CharField(_("Zielbild"), max_length=20, choices=Area)
    programme = models.CharField(_("Programm"), max_length=20, choices=Programme)
    status = models.CharField(_("Stand"), max_length=20, choices=Status)
    lead = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="led_projects"
    )
    thread = models.OneToOneField("comments.Thread", on_delete=models.PROTECT, related_name="project")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("Projekt")
        verbose_name_plural = _("Projekte")
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(condition=~Q(slug="karte"), name="project_slug_karte_reserved"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/projekte/{self.slug}/"


class ProjectPage(BasePage):
    """A project in one language. Its slug is the project's; drafts stay drafts as with every page."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pages")
