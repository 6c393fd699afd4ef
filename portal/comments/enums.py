"""Fixed vocabularies of talk and of its order."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    VISIBLE = "visible", _("sichtbar")
    HELD = "held", _("wird geprüft")
    HIDDEN = "hidden", _("ausgeblendet")
    DELETED = "deleted", _("gelöscht")


class Reason(TextChoices):
    """The rules of the talk (docs/reference/comments.md); a removal names one of them."""

    INSULT = "insult", _("Beleidigung oder Drohung")
    HATE = "hate", _("Hetze oder Diskriminierung")
    PERSONAL_DATA = "personal_data", _("Persönliche Daten anderer")
    ADVERTISING = "advertising", _("Werbung oder Spam")
    OFF_TOPIC = "off_topic", _("Gehört nicht zum Thema")
    UNLAWFUL = "unlawful", _("Rechtswidriger Inhalt")
    FALSE_IDENTITY = "false_identity", _("Gibt sich als andere Person aus")
    OTHER = "other", _("Anderer Verstoß gegen die Regeln")


class Ground(TextChoices):
    """On what a decision rests (DSA Art. 17(3)(d) and (e))."""

    RULES = "rules", _("Regeln für Beiträge in diesem Portal")
    LAW = "law", _("Gesetz")


class Measure(TextChoices):
    """What a moderator did. The first five restrict somebody and demand reasons (DSA Art. 17)."""

    HIDE = "hide", _("ausgeblendet")
    DELETE = "delete", _("gelöscht")
    HOLD = "hold", _("angehalten")
    WARN = "warn", _("verwarnt")
    BLOCK = "block", _("Schreiben gesperrt")
    RESTORE = "restore", _("wieder sichtbar")
    RELEASE = "release", _("freigegeben")
    KEEP = "keep", _("bleibt sichtbar")
    UNBLOCK = "unblock", _("Sperre aufgehoben")
    GONE = "gone", _("von der Person selbst gelöscht")


RESTRICTING = (Measure.HIDE, Measure.DELETE, Measure.HOLD, Measure.WARN, Measure.BLOCK)


class Lane(TextChoices):
    """Where something stands in the queue; the first that applies."""

    OBJECTION = "objection", _("Widerspruch")
    HELD = "held", _("Angehalten")
    NOTICED = "noticed", _("Gemeldet")
    NEW = "new", _("Neu")
    DONE = "done", _("Erledigt")


WAITING = (Lane.OBJECTION, Lane.HELD, Lane.NOTICED)


class Sort(TextChoices):
    NEWEST = "neu", _("Neueste zuerst")
    SUPPORTED = "unterstuetzt", _("Am meisten unterstützt")
    UNANSWERED = "offen", _("Noch ohne Antwort der Stadt")
