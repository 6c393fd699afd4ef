"""The DPIA (DSFA, Art. 35 GDPR): an object of the controller, apart from the Council's case, in versions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.enums import DpiaOutcome, DpiaState, DpoVerdict
from ethics.models.cases import ReviewCase
from ethics.models.council import ChecklistVersion
from ethics.models.visibility import grants
from portal.models import SampleModel, TimeStampedModel


class DpiaQuerySet(models.QuerySet["Dpia"]):
    def visible_to(self, user: Any) -> DpiaQuerySet:
        """Its lead, who is named to release it, and office and data-protection officer once it left the desk."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        held = grants(user)
        condition = Q(pk__in=[])
        if "request_review" in held:
            condition |= Q(lead=user) | Q(project__lead=user)
        if "release_dpia" in held:
            condition |= Q(releaser=user)
        if held & {"run_office", "advise_data_protection"}:
            condition |= Q(versions__frozen_at__isnull=False)
        return self.filter(condition).distinct()


class Dpia(SampleModel, TimeStampedModel):
    """One processing under assessment. The Council neither releases nor refuses it."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=50, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.PROTECT, related_name="dpias"
    )
    case = models.ForeignKey(ReviewCase, null=True, blank=True, on_delete=models.PROTECT, related_name="dpias")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    releaser = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("Stand"), max_length=30, choices=DpiaState, default=DpiaState.THRESHOLD)
    template = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(_("Überprüfung am"), null=True, blank=True)

    objects = DpiaQuerySet.as_manager()

    class Meta:
        verbose_name = _("Datenschutz-Folgenabschätzung")
        verbose_name_plural = _("Datenschutz-Folgenabschätzungen")
        ordering = ("-updated_at", "-pk")
        permissions = [("release_dpia", "Can release a DPIA for the controller")]

    def __str__(self) -> str:
        return self.title

    def get_office_url(self) -> str:
        return f"/ethikrat/buero/dsfa/{self.slug}/"

    @property
    def stream(self) -> str:
        return f"dpia:{self.slug}"


class DpiaVersion(models.Model):
    """All texts, risks and measures as one document. Frozen with its hash when it goes to the data-protection officer.

    `content`: `sections` {id: {text, owner}}, `goals` {id: text}, `risks` and `measures` lists; see domain/dpia.
    """

    dpia = models.ForeignKey(Dpia, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("Fassung"))
    content = models.JSONField(_("Inhalt"), default=dict)
    editors = models.JSONField(default=list)
    hash = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("festgeschrieben am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Fassung einer Folgenabschätzung")
        verbose_name_plural = _("Fassungen von Folgenabschätzungen")
        ordering = ("dpia", "-number")
        constraints = [
            models.UniqueConstraint(fields=["dpia", "number"], name="dpia_version_number_once"),
            models.UniqueConstraint(fields=["dpia"], condition=Q(frozen_at__isnull=True), name="one_open_dpia_version"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, hash="") | (Q(frozen_at__isnull=False) & ~Q(hash="")),
                name="frozen_dpia_version_has_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dpia_id} Fassung {self.number}"


class DpoStatement(models.Model):
    """What the data-protection officer advised on one version, bound to its hash (Art. 35 Abs. 2)."""

    version = models.ForeignKey(DpiaVersion, on_delete=models.CASCADE, related_name="statements")
    version_hash = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("Ergebnis"), max_length=12, choices=DpoVerdict)
    text = models.TextField(_("Rat"))
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Stellungnahme Datenschutz")
        verbose_name_plural = _("Stellungnahmen Datenschutz")
        ordering = ("given_at", "pk")

    def __str__(self) -> str:
        return f"{self.version_id}: {self.verdict}"


class Consultation(models.Model):
    """Prior consultation of the supervisory authority (Art. 36), bound to one version."""

    version = models.ForeignKey(DpiaVersion, on_delete=models.CASCADE, related_name="consultations")
    sent_on = models.DateField(_("gesendet am"))
    reference = models.CharField(_("Aktenzeichen"), max_length=100, blank=True)
    answer = models.TextField(_("Antwort der Aufsicht"), blank=True)
    answered_on = models.DateField(_("beantwortet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("vorherige Konsultation")
        verbose_name_plural = _("vorherige Konsultationen")
        ordering = ("sent_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="answered_consultation_has_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.sent_on}"


class DpiaDecision(models.Model):
    """The controller's decision on one version; by somebody who neither edited nor advised."""

    version = models.ForeignKey(DpiaVersion, on_delete=models.CASCADE, related_name="decisions")
    version_hash = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("Entscheidung"), max_length=30, choices=DpiaOutcome)
    reason = models.TextField(_("Begründung"))
    obligations = models.TextField(_("Auflagen"), blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Entscheidung über eine Folgenabschätzung")
        verbose_name_plural = _("Entscheidungen über Folgenabschätzungen")
        ordering = ("decided_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=DpiaOutcome.WITH_OBLIGATIONS) | ~Q(obligations=""),
                name="release_with_obligations_names_them",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.outcome}"


class DpiaRecordQuerySet(models.QuerySet["DpiaRecord"]):
    def public(self) -> DpiaRecordQuerySet:
        """The newest record of each DPIA; earlier ones are kept for the check of a printed hash."""
        newer = DpiaRecord.objects.filter(dpia=models.OuterRef("dpia"), pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(newer))


class DpiaRecord(models.Model):
    """What the public register says of a released DPIA: numbers and a plain summary, none of its own texts."""

    dpia = models.ForeignKey(Dpia, on_delete=models.CASCADE, related_name="records")
    version = models.OneToOneField(DpiaVersion, on_delete=models.PROTECT, related_name="record")
    content = models.JSONField(_("Inhalt"))
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("veröffentlicht am"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = DpiaRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("Registereintrag einer Folgenabschätzung")
        verbose_name_plural = _("Registereinträge von Folgenabschätzungen")
        ordering = ("-published_at", "-pk")

    def __str__(self) -> str:
        return f"{self.dpia_id}: {self.published_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return f"/ethikrat/folgenabschaetzungen/{self.dpia.slug}/"
