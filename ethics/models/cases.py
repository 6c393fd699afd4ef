"""The review case, its versions with their screening, and what happened to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.enums import ACTION_LABELS, PUBLIC_STATES, CaseRole, Form, State, Track
from ethics.models.council import ChecklistVersion
from ethics.models.visibility import sees_as_lead, sees_every_file, sees_publications_early
from portal.models import SampleModel, TimeStampedModel


class CaseQuerySet(models.QuerySet["ReviewCase"]):
    def public(self) -> CaseQuerySet:
        """Cases whose recommendation is published."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: Any) -> CaseQuerySet:
        """Cases this person may know of: public ones, their own, and files of the office for those who work there."""
        condition = Q(published_at__isnull=False)
        if sees_as_lead(user):
            condition |= Q(lead=user) | Q(project__lead=user)
        if sees_every_file(user):
            condition |= ~Q(state=State.DRAFT)
        if sees_publications_early(user):
            condition |= Q(state=State.PREPARING)
        return self.filter(condition)


class ReviewCase(SampleModel, TimeStampedModel):
    """A project or an initiative before the Council. Confidential until the recommendation is published."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=50, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.PROTECT, related_name="review_cases"
    )
    initiative = models.CharField(_("Initiative ohne Projekt"), max_length=200, blank=True)
    parties = models.TextField(_("Beteiligte"), blank=True, max_length=2000)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("Stand"), max_length=20, choices=State, default=State.DRAFT)
    track = models.CharField(_("Verfahren"), max_length=5, choices=Track, default=Track.FULL)
    checklist = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="+")
    criteria = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="+")
    declarations_due = models.DateTimeField(_("Erklärungen bis"), null=True, blank=True)
    opinions_due = models.DateTimeField(_("Stellungnahmen bis"), null=True, blank=True)
    objections_due = models.DateTimeField(_("Widerspruch bis"), null=True, blank=True)
    unveiled_at = models.DateTimeField(_("offengelegt am"), null=True, blank=True)
    dissent_due = models.DateTimeField(_("Sondervoten bis"), null=True, blank=True)
    answer_due = models.DateTimeField(_("Antwort bis"), null=True, blank=True)
    dpo_seen_at = models.DateTimeField(_("von der oder dem Datenschutzbeauftragten gesehen"), null=True, blank=True)
    dpo_statement = models.TextField(_("Stellungnahme Datenschutz"), blank=True)
    outcome = models.CharField(_("Ergebnis"), max_length=30, choices=Form, blank=True)
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True)
    public_hash = models.CharField(_("Hash der öffentlichen Fassung"), max_length=64, blank=True)
    public_subject = models.CharField(_("Gegenstand bei der Veröffentlichung"), max_length=255, blank=True)
    review_on = models.DateField(_("Wiedervorlage am"), null=True, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Prüffall")
        verbose_name_plural = _("Prüffälle")
        ordering = ("-created_at", "-pk")
        permissions = [
            ("request_review", "Can request a review by the Ethikrat"),
            ("run_office", "Can run the office of the Ethikrat"),
            ("sit_on_council", "Can act as a member of the Ethikrat"),
            ("chair_council", "Can chair the Ethikrat"),
            ("advise_data_protection", "Can advise as data-protection officer"),
            ("advise_publication", "Can advise on publications of the Ethikrat"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False) | ~Q(initiative=""), name="case_has_project_or_initiative"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[s.value for s in PUBLIC_STATES]) | Q(published_at__isnull=False),
                name="public_state_is_published",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | (~Q(outcome="") & ~Q(public_hash="")),
                name="public_case_has_outcome_and_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/ethikrat/pruefungen/{self.slug}/"

    def get_office_url(self) -> str:
        return f"/ethikrat/buero/faelle/{self.slug}/"

    @property
    def stream(self) -> str:
        """The stream of the audit chain that holds this case."""
        return f"case:{self.slug}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def subject(self) -> str:
        """What is examined: the project's or the initiative's name, once published as it was called then."""
        if self.public_subject:
            return self.public_subject
        return self.project.title if self.project else self.initiative


class CaseVersion(models.Model):
    """What was submitted. Frozen with its hash on submission; later edits make the next version."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("Fassung"))
    content = models.JSONField(_("Inhalt"), default=dict)
    hash = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("eingereicht am"), null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Fassung")
        verbose_name_plural = _("Fassungen")
        ordering = ("case", "-number")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(frozen_at__isnull=True), name="one_open_version"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, hash="") | (Q(frozen_at__isnull=False) & ~Q(hash="")),
                name="frozen_version_has_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} Fassung {self.number}"


class ScreeningAnswerSet(models.Model):
    """Answers of one version and what they came to at the time."""

    version = models.OneToOneField(CaseVersion, on_delete=models.CASCADE, related_name="screening")
    answers = models.JSONField(_("Antworten"), default=dict)
    reason = models.TextField(_("Begründung"), blank=True)
    outcome = models.CharField(_("Ergebnis"), max_length=20, blank=True)
    reasons = models.JSONField(_("Gründe"), default=list)
    open_questions = models.JSONField(_("offene Fragen"), default=list)
    hints = models.JSONField(_("Hinweise"), default=list)
    overridden_outcome = models.CharField(_("abweichendes Ergebnis"), max_length=20, blank=True)
    override_reason = models.TextField(_("Grund der Abweichung"), blank=True)

    class Meta:
        verbose_name = _("Schwellwertprüfung")
        verbose_name_plural = _("Schwellwertprüfungen")

    def __str__(self) -> str:
        return f"{self.version_id}: {self.final_outcome}"

    @property
    def final_outcome(self) -> str:
        return self.overridden_outcome or self.outcome


class CaseEvent(models.Model):
    """The way of the case: every transition and every act worth telling, never changed or deleted."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=40)
    source = models.CharField(_("von"), max_length=20, choices=State, blank=True)
    target = models.CharField(_("nach"), max_length=20, choices=State, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("Rolle"), max_length=20, choices=CaseRole, blank=True)
    note = models.TextField(_("Notiz"), blank=True)
    occurred_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Vorgang")
        verbose_name_plural = _("Vorgänge")
        ordering = ("occurred_at", "pk")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.action}"

    @property
    def label(self) -> str:
        return str(ACTION_LABELS.get(self.action, self.action))
