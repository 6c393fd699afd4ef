from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    PUBLIC = "public", _("öffentlich")
    STAFF = "staff", _("Verwaltung")


class Cadence(TextChoices):
    """How often a follower gets mail."""

    AT_ONCE = "at_once", _("sofort")
    DAILY = "daily", _("einmal am Tag, morgens um sieben")
    WEEKLY = "weekly", _("einmal in der Woche, montags")
    NEVER = "never", _("keine Mails")


class District(TextChoices):
    """The city centre and the eight other districts (Stadtteile) of Paderborn; slugs are topics to follow."""

    CENTRE = "kernstadt", _("Kernstadt")
    NEUHAUS = "schloss-neuhaus", _("Schloß Neuhaus")
    SANDE = "sande", _("Sande")
    ELSEN = "elsen", _("Elsen")
    WEWER = "wewer", _("Wewer")
    DAHL = "dahl", _("Dahl")
    BENHAUSEN = "benhausen", _("Benhausen")
    NEUENBEKEN = "neuenbeken", _("Neuenbeken")
    MARIENLOH = "marienloh", _("Marienloh")

    @classmethod
    def in_name(cls, name: str) -> str:
        """The district that the name of a place mentions ("Schule in Elsen"), or an empty text."""
        return next((str(value) for value, label in cls.choices if str(label) in name), "")
