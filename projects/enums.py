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
    OWN = "eigen", _("Eigenes Projekt der Stadt")


class Status(TextChoices):
    IDEA = "idee", _("Idee")
    PLANNED = "geplant", _("In Vorbereitung")
    RUNNING = "laeuft", _("Läuft")
    DONE = "abgeschlossen", _("Abgeschlossen")
