"""Network servers that send to us, the devices behind them and each message as it came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mapviews.enums import RawState, SourceKind
from portal.models import SampleModel, TimeStampedModel


class Source(SampleModel, TimeStampedModel):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Art"), max_length=12, choices=SourceKind)
    secret_hash = models.CharField(max_length=64)
    allowed_applications = models.JSONField(
        default=list, blank=True, help_text=_("Kennungen der Anwendungen; leer = alle.")
    )
    auto_map = models.BooleanField(_("unbekannte Geräte selbst anlegen"), default=False)
    is_active = models.BooleanField(_("aktiv"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_seen_at = models.DateTimeField(_("zuletzt gehört"), null=True, blank=True)

    class Meta:
        verbose_name = _("Quelle")
        verbose_name_plural = _("Quellen")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def ingest_url(self) -> str:
        return f"/ingest/{self.slug}/"


class Device(TimeStampedModel):
    """A LoRaWAN device as its network server names it. Without a station it is waiting to be mapped."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="devices")
    station = models.ForeignKey(
        "mapviews.Station", null=True, blank=True, on_delete=models.SET_NULL, related_name="devices"
    )
    dev_eui = models.CharField(max_length=16, blank=True, db_index=True)
    device_id = models.CharField(max_length=120, blank=True, db_index=True)
    application_id = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=120, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Gerät")
        verbose_name_plural = _("Geräte")
        ordering = ("-last_seen_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["source", "dev_eui"], condition=~Q(dev_eui=""), name="device_eui_once"),
            models.UniqueConstraint(
                fields=["source", "application_id", "device_id"], condition=Q(dev_eui=""), name="device_id_once"
            ),
        ]

    def __str__(self) -> str:
        return self.dev_eui or self.device_id


class RawMessage(models.Model):
    """One message, body only: headers carry live secrets and are never kept. Deleted after 30 days."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="messages")
    dedup_key = models.CharField(max_length=120, unique=True)
    event = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()
    body = models.BinaryField()
    state = models.CharField(max_length=10, choices=RawState, default=RawState.NEW)
    error_code = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages")
    stored = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        ordering = ("-received_at", "-pk")
        indexes = [
            models.Index(fields=["state", "-received_at"], name="raw_state"),
            models.Index(fields=["received_at"], name="raw_received"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.received_at:%Y-%m-%d %H:%M:%S} {self.state}"
