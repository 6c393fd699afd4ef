"""A project as a fact: what it is, for which area of life, in which programme, where it stands."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal.models import SampleModel, TimeStampedModel
from projects.enums import Area, Classifier, Kind, Programme, Status

RESERVED_SLUGS = frozenset({"karte"})


def refuse_reserved_slug(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("Diese Adresse gehört einer anderen Seite. Bitte wählen Sie einen anderen Kurznamen."))


class ProjectQuerySet(models.QuerySet["Project"]):
    def public(self) -> ProjectQuerySet:
        """Projects with at least one published page."""
        from projects.models.pages import ProjectPage

        return self.filter(Exists(ProjectPage.objects.filter(project=OuterRef("pk"), live=True)))

    def visible_to(self, user: Any) -> ProjectQuerySet:
        """What this person may see: everything for editors, their own for leads, else what is public."""
        if not getattr(user, "is_authenticated", False):
            return self.public()
        if user.has_perm("projects.change_project"):
            return self
        return self.filter(Q(pk__in=self.public().values("pk")) | Q(lead=user))

    def in_area(self, area: str) -> ProjectQuerySet:
        """Projects whose main area or one of whose further areas this is."""
        further = ProjectArea.objects.filter(project=OuterRef("pk"), area=area)
        return self.filter(Q(area=area) | Exists(further))

    def with_details(self) -> ProjectQuerySet:
        """What cards, the map and the API show, in a fixed number of queries."""
        return self.prefetch_related("places", "further_areas", "partnerships__partner")


class Project(SampleModel, TimeStampedModel):
    slug = models.SlugField(_("Kurzname in der Adresse"), unique=True, validators=[refuse_reserved_slug])
    title = models.CharField(_("Titel"), max_length=200)
    aim = models.CharField(_("Ziel"), max_length=400, blank=True, help_text=_("Ein bis zwei Sätze in eigenen Worten."))
    kind = models.CharField(_("Projektart"), max_length=20, choices=Kind)
    kind_by = models.CharField(
        _("Wer die Projektart bestimmt hat"), max_length=12, choices=Classifier, default=Classifier.EDITORS
    )
    area = models.CharField(_("Zielbild"), max_length=20, choices=Area)
    programme = models.CharField(_("Programm"), max_length=20, choices=Programme)
    status = models.CharField(_("Stand"), max_length=20, choices=Status)
    status_note = models.CharField(_("Erläuterung zum Stand"), max_length=300, blank=True)
    programme_note = models.CharField(_("Erläuterung zum Programm"), max_length=200, blank=True)
    source_chapter = models.CharField(
        _("Kapitel der Leitlinie"), max_length=120, blank=True, help_text=_("Zum Beispiel: 4.2 und 5.2.1")
    )
    source_page = models.CharField(
        _("Seite oder Bild der Leitlinie"), max_length=120, blank=True, help_text=_("Soweit bekannt.")
    )
    lead = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="led_projects",
        verbose_name=_("Projektleitung"),
    )
    thread = models.OneToOneField("comments.Thread", on_delete=models.PROTECT, related_name="project")
    partners = models.ManyToManyField("projects.Partner", through="projects.ProjectPartner", related_name="projects")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("Projekt")
        verbose_name_plural = _("Projekte")
        ordering = ("title",)
        permissions = [("lead_project", "Kann eigene Projekte führen")]
        constraints = [
            models.CheckConstraint(condition=~Q(slug="karte"), name="project_slug_karte_reserved"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The German address, which names the project in logs, feeds and the API."""
        return f"/projekte/{self.slug}/"

    @property
    def areas(self) -> list[str]:
        """The main area first, then the further ones (call `with_details()` for lists)."""
        return [self.area, *(further.area for further in self.further_areas.all())]

    @property
    def area_labels(self) -> list[str]:
        return [str(Area(area).label) for area in self.areas]


class ProjectArea(models.Model):
    """A further area of life that a project touches besides its main one."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="further_areas")
    area = models.CharField(_("Zielbild"), max_length=20, choices=Area)

    class Meta:
        verbose_name = _("weiteres Zielbild")
        verbose_name_plural = _("weitere Zielbilder")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["project", "area"], name="project_area_once")]

    def __str__(self) -> str:
        return str(Area(self.area).label)
