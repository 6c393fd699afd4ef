"""Roles: who works in the portal. The value is the name of the group in the database."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    COMMUNICATIONS = "communications", _("Kommunikation")
    MODERATOR = "moderator", _("Moderation")
    PROJECT_LEAD = "project_lead", _("Projektleitung")
    ETHICS_OFFICE = "ethics_office", _("Geschäftsstelle Ethikrat")
    ETHICS_MEMBER = "ethics_member", _("Mitglied des Ethikrats")
    ETHICS_CHAIR = "ethics_chair", _("Vorsitz des Ethikrats")
    DPO = "dpo", _("Datenschutzbeauftragte Person")
    SENSOR_DESK = "sensor_desk", _("Sensorstelle")
    ADMIN = "admin", _("Administration")


STAFF_ROLES = frozenset(Role)


class ExportState(TextChoices):
    WAITING = "waiting", _("wartet")
    BUILDING = "building", _("wird zusammengestellt")
    READY = "ready", _("liegt bereit")
    FAILED = "failed", _("ist gescheitert")
