"""Fixed vocabularies of dialogue events and live boards."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventKind(TextChoices):
    DIGILOG = "digilog", _("Bürger-DigiLog")
    ONLINE = "online", _("Online-Dialog")


class EventStatus(TextChoices):
    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("Veröffentlicht")
    CANCELLED = "cancelled", _("Abgesagt")


class Moderation(TextChoices):
    """When a card is looked at: `after` shows it at once, `before` waits for the moderation."""

    AFTER = "after", _("nach dem Anzeigen")
    BEFORE = "before", _("vor dem Anzeigen")


class Phase(TextChoices):
    LOBBY = "lobby", _("Ankommen")
    DISCUSS = "discuss", _("Gespräch")
    VOTE = "vote", _("Punkte vergeben")
    HARVEST = "harvest", _("Ernte")
    CLOSED = "closed", _("Beendet")


class RoundState(TextChoices):
    PLANNED = "planned", _("Geplant")
    RUNNING = "running", _("Läuft")
    ENDED = "ended", _("Beendet")


class CardKind(TextChoices):
    IDEA = "idea", _("Idee")
    QUESTION = "question", _("Frage")
    CONCERN = "concern", _("Bedenken")


class CardState(TextChoices):
    VISIBLE = "visible", _("sichtbar")
    PENDING = "pending", _("wartet auf Freigabe")
    HIDDEN = "hidden", _("ausgeblendet")
    DELETED = "deleted", _("gelöscht")


class HideReason(TextChoices):
    """Why a card is not shown; the public sees this word, never the card."""

    INSULT = "insult", _("Beleidigung oder Herabsetzung")
    PERSONAL = "personal", _("Persönliche Daten")
    ADVERT = "advert", _("Werbung")
    UNLAWFUL = "unlawful", _("Verstoß gegen Gesetze")
    OFF_TOPIC = "off_topic", _("Gehört nicht zum Thema")
    OTHER = "other", _("Anderer Grund")


class View(TextChoices):
    """What a socket may see; fixed when it subscribes (LIVE.md: audiences)."""

    PUBLIC = "public", "public"
    MODERATOR = "moderator", "moderator"
    PROJECTOR = "projector", "projector"
