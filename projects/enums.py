"""Fixed vocabularies of projects, named as in the strategy paper (chapters 5 and 6.1)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    CROSS_CUTTING = "querschnitt", _("Querschnittsprojekt")
    INNOVATION = "innovation", _("Innovationsprojekt")
    IMPLEMENTATION = "umsetzung", _("Umsetzungsprojekt")


class Area(TextChoices):
    """The nine target pictures (Zielbilder) of chapter 5."""

    ADMINISTRATION = "verwaltung", _("Digitalisierung der Verwaltung")
    MOBILITY = "mobilitaet", _("Mobilität")
    EDUCATION = "bildung", _("Bildung")
    ENVIRONMENT = "umwelt", _("Umwelt")
    HEALTH = "gesundheit", _("Gesundheit")
    SAFETY = "sicherheit", _("Zivile Sicherheit")
    COMMUNITY = "zusammenleben", _("Gesellschaftliches Zusammenleben")
    DATA = "datenplattformen", _("Urbane Datenplattformen")
    INFRASTRUCTURE = "infrastruktur", _("Digitale Infrastruktur")


class Programme(TextChoices):
    OWL = "modellregion-owl", _("Digitale Modellregion OWL")
    OWN = "eigen", _("Eigene Initiative")


class Status(TextChoices):
    IDEA = "idee", _("Idee")
    PLANNED = "geplant", _("In Vorbereitung")
    RUNNING = "laeuft", _("Läuft")
    DONE = "abgeschlossen", _("Abgeschlossen")


class Precision(TextChoices):
    """How exactly a date is known; the paper often names the year only."""

    YEAR = "jahr", _("Jahr")
    MONTH = "monat", _("Monat")
    DAY = "tag", _("Tag")


class Confidence(TextChoices):
    """How sure the place of a project is (facts/geo, SOURCES.md)."""

    HIGH = "high", _("gesichert")
    MEDIUM = "medium", _("ungefähr")
    LOW = "low", _("grob geschätzt")


class Classifier(TextChoices):
    """Who decided on the kind of a project: the paper in its chapter 6.1, or the editors of this portal."""

    PAPER = "leitlinie", _("nach Kapitel 6.1 der Leitlinie")
    EDITORS = "redaktion", _("Einordnung der Redaktion")
