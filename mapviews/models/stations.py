"""Stations of residents and the city, their places, their channels."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mapviews.enums import Exposure, Licence, Precision, Publicity, StationStatus, flag_names
from portal.models import SampleModel, TimeStampedModel


class Phenomenon(models.Model):
    """What is measured. `unit` is a UCUM code, `unit_label` what people read, the range what is physically possible."""

    slug = models.SlugField(primary_key=True)
    label_de = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    unit = models.CharField(max_length=20, blank=True)
    unit_label = models.CharField(max_length=20, blank=True)
    minimum = models.FloatField(null=True, blank=True)
    maximum = models.FloatField(null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(default=1)
    definition = models.URLField(blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        verbose_name = _("Messgröße")
        verbose_name_plural = _("Messgrößen")
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if (get_language() or "de").startswith("en") else self.label_de


class StationQuerySet(models.QuerySet["Station"]):
    def public(self) -> StationQuerySet:
        """Stations that stand on the open map: active, not mobile, not private."""
        return self.filter(status=StationStatus.ACTIVE).exclude(
            Q(publicity=Publicity.PRIVATE) | Q(exposure=Exposure.MOBILE)
        )

    def measuring(self, phenomenon: Phenomenon | str) -> StationQuerySet:
        return self.filter(Exists(Channel.objects.filter(station=OuterRef("pk"), phenomenon=phenomenon)))

    def visible_to(self, user: Any) -> StationQuerySet:
        """What this person may see: the public ones, one's own, everything for the sensor desk."""
        if not getattr(user, "is_authenticated", False):
            return self.public()
        if user.has_perm("mapviews.run_sensor_desk"):
            return self
        return self.filter(Q(pk__in=Station.objects.public().values("pk")) | Q(owner_id=user.pk))


class Station(SampleModel, TimeStampedModel):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    description = models.TextField(_("Beschreibung"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="stations"
    )
    exposure = models.CharField(_("Standort"), max_length=10, choices=Exposure, default=Exposure.OUTDOOR)
    publicity = models.CharField(_("Sichtbarkeit"), max_length=10, choices=Publicity, default=Publicity.PUBLIC)
    licence = models.CharField(_("Lizenz der Daten"), max_length=20, choices=Licence, default=Licence.CC0)
    status = models.CharField(_("Zustand"), max_length=10, choices=StationStatus, default=StationStatus.ACTIVE)
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.SET_NULL, related_name="stations"
    )
    thread = models.OneToOneField("comments.Thread", on_delete=models.PROTECT, related_name="station")
    token_hash = models.CharField(max_length=64, unique=True)
    token_changed_at = models.DateTimeField()
    push_id = models.CharField(max_length=40, unique=True)
    osem_id = models.CharField(max_length=24, unique=True)
    last_seen_at = models.DateTimeField(_("zuletzt gehört"), null=True, blank=True)
    silence_hours = models.PositiveSmallIntegerField(_("Nachricht bei Stille nach Stunden"), null=True, blank=True)
    silence_told_at = models.DateTimeField(null=True, blank=True)
    share_cells = models.BooleanField(_("Werte je Feld und Monat teilen"), default=False)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Station")
        verbose_name_plural = _("Stationen")
        ordering = ("name", "pk")
        permissions = [("run_sensor_desk", "Kann Quellen, Geräte und nicht lesbare Nachrichten verwalten")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(exposure=Exposure.MOBILE) | Q(publicity=Publicity.PRIVATE),
                name="station_mobile_is_private",
            ),
            models.CheckConstraint(
                condition=~(Q(exposure=Exposure.INDOOR) & Q(publicity=Publicity.PUBLIC)),
                name="station_indoor_not_every_value",
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="station_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mapviews:station-detail", args=[self.slug])

    @property
    def canonical_url(self) -> str:
        """The address in the default language, as stored in activity and given by the API."""
        return f"/sensoren/stationen/{self.slug}/"

    @property
    def is_public(self) -> bool:
        return (
            self.status == StationStatus.ACTIVE
            and self.publicity != Publicity.PRIVATE
            and self.exposure != Exposure.MOBILE
        )


class StationLocation(models.Model):
    """Where a station stands from a moment on. `latitude`/`longitude` are for the owner and leave through no door."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="locations")
    valid_from = models.DateTimeField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    public_latitude = models.FloatField()
    public_longitude = models.FloatField()
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.CELL_500)
    is_current = models.BooleanField(default=True)
    map_cell = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ("-valid_from",)
        constraints = [
            models.UniqueConstraint(
                fields=["station"], condition=Q(is_current=True), name="station_one_current_location"
            )
        ]
        indexes = [
            models.Index(fields=["public_latitude", "public_longitude"], name="station_public_point"),
            models.Index(fields=["map_cell"], name="location_map_cell", condition=Q(map_cell__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} ab {self.valid_from:%Y-%m-%d}"


class Channel(models.Model):
    """One row of values: a phenomenon of a station. Stored value = input x factor + offset."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="channels")
    device = models.ForeignKey(
        "mapviews.Device", null=True, blank=True, on_delete=models.CASCADE, related_name="channels"
    )
    key = models.CharField(_("Schlüssel in der Nachricht"), max_length=120)
    phenomenon = models.ForeignKey(Phenomenon, null=True, blank=True, on_delete=models.PROTECT, related_name="channels")
    input_unit = models.CharField(max_length=20, blank=True)
    factor = models.FloatField(default=1.0)
    offset = models.FloatField(default=0.0)
    osem_id = models.CharField(max_length=24, unique=True)
    latest_ts = models.BigIntegerField(null=True, blank=True)
    latest_value = models.FloatField(null=True, blank=True)
    latest_flags = models.PositiveSmallIntegerField(default=0)
    latest_changed = models.BigIntegerField(default=0, db_index=True)
    map_cell = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("Messkanal")
        verbose_name_plural = _("Messkanäle")
        ordering = ("phenomenon__position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["station", "key"], condition=Q(device=None), name="channel_key_once_per_station"
            ),
            models.UniqueConstraint(
                fields=["device", "key"], condition=~Q(device=None), name="channel_key_once_per_device"
            ),
        ]
        indexes = [
            models.Index(
                fields=["phenomenon", "map_cell", "latest_value", "latest_flags"],
                name="channel_map_cell",
                condition=Q(map_cell__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id}:{self.key}"

    @property
    def label(self) -> str:
        return self.phenomenon.label if self.phenomenon else self.key

    @property
    def unit(self) -> str:
        return self.phenomenon.unit if self.phenomenon else self.input_unit

    @property
    def unit_label(self) -> str:
        return self.phenomenon.unit_label if self.phenomenon else self.input_unit

    @property
    def latest_flag_names(self) -> list[str]:
        return flag_names(self.latest_flags)
