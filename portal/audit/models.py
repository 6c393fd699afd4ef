"""The chain: a head per stream, headers that never change, payloads that can be erased. No foreign key leads out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StreamHead(models.Model):
    """The lock on which appends wait, and the last link of its stream."""

    stream = models.CharField(max_length=60, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Kopf eines Protokolls")
        verbose_name_plural = _("Köpfe der Protokolle")

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.hash}"


class AuditEntry(models.Model):
    """One link. Every column except `id` goes into `hash`; `id` is pinned by the payload that hangs on it."""

    stream = models.CharField(max_length=60)
    seq = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField(_("Zeit"))
    actor_id = models.BigIntegerField(_("Person"), null=True)
    role = models.CharField(_("Rolle"), max_length=60, blank=True)
    action = models.CharField(_("Vorgang"), max_length=80)
    object_label = models.CharField(_("Art des Gegenstands"), max_length=100, blank=True)
    object_pk = models.CharField(_("Gegenstand"), max_length=64, blank=True)
    version_hash = models.CharField(_("Hash der Fassung"), max_length=128, blank=True)
    payload_digest = models.CharField(max_length=64)
    state_digest = models.CharField(max_length=64, blank=True)
    erases_seq = models.PositiveBigIntegerField(null=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("Eintrag im Prüfprotokoll")
        verbose_name_plural = _("Einträge im Prüfprotokoll")
        ordering = ("stream", "seq")
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="audit_entry_seq_once"),
            models.UniqueConstraint(
                fields=["stream", "erases_seq"], condition=Q(erases_seq__isnull=False), name="audit_entry_erased_once"
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="audit_entry_seq_from_one"),
        ]
        indexes = [
            models.Index(fields=["object_label", "object_pk", "id"], name="audit_entry_object"),
            models.Index(fields=["actor_id", "id"], name="audit_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} #{self.seq} {self.action}"


class AuditPayload(models.Model):
    """What was recorded, as canonical JSON, with its salt. Deleting it needs an entry that says so (triggers.py)."""

    entry = models.OneToOneField(
        AuditEntry, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="payload"
    )
    salt = models.CharField(max_length=32)
    data = models.TextField()

    class Meta:
        verbose_name = _("Inhalt eines Eintrags")
        verbose_name_plural = _("Inhalte von Einträgen")

    def __str__(self) -> str:
        return f"#{self.entry_id}"
