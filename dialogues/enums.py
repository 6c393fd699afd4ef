"""Fixed vocabularies of dialogue events and live boards."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventKind(TextChoices):
    DIGILOG = "digilog", _("Bürger-DigiLog")
    COMMUNITY = "community", _("Veranstaltung im Kalender")


class Circle(TextChoices):
    """For whom an event is; staff are all accounts with a role."""

    PUBLIC = "public", _("für alle")
    STAFF = "staff", _("nur für Beschäftigte der Stadt")


class EventStatus(TextChoices):
    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("Veröffentlicht")
    CANCELLED = "cancelled", _("Abgesagt")


class PointKind(TextChoices):
    """What a point of the programme is; the page shows its icon and its word."""

    ARRIVAL = "arrival", _("Ankommen")
    WELCOME = "welcome", _("Begrüßung")
    TALK = "talk", _("Impulsvortrag")
    WORLDCAFE = "worldcafe", _("World Café")
    PODIUM = "podium", _("Gespräch auf dem Podium")
    BREAK = "break", _("Pause")
    HARVEST = "harvest", _("Ernte")
    CLOSING = "closing", _("Abschluss")
    OTHER = "other", _("Programmpunkt")


class Access(TextChoices):
    """What a venue has for people with disabilities; what is not ticked is not promised."""

    STEP_FREE = "step_free", _("Stufenlos erreichbar")
    TOILET = "toilet", _("Barrierefreies WC")
    LIFT = "lift", _("Aufzug")
    PARKING = "parking", _("Parkplatz für Menschen mit Behinderung")
    HEARING_LOOP = "hearing_loop", _("Induktionsschleife")
    SIGN_LANGUAGE = "sign_language", _("Dolmetschen in Gebärdensprache")
    CAPTIONS = "captions", _("Schriftdolmetschen")
    PLAIN_LANGUAGE = "plain", _("In einfacher Sprache")
    TACTILE = "tactile", _("Leitsystem für blinde Menschen")
    ASSISTANCE_DOG = "dog", _("Assistenzhunde willkommen")
    QUIET_ROOM = "quiet", _("Ruheraum")
    COMPANION = "companion", _("Begleitperson auf Anfrage")


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


class BoardFormat(TextChoices):
    """What a session is; all run on the same board."""

    WORLDCAFE = "worldcafe", _("World Café")
    SPEED = "speed", _("Speed-Dialog")
    PODIUM = "podium", _("Fragen an das Podium")
    POLL = "poll", _("Umfrage mit einer Frage")


class Badge(TextChoices):
    """What a guest is besides a guest; shown at the table."""

    EXPERT = "expert", _("Fachperson")


class AnswerState(TextChoices):
    """A question to the podium: `now` is being answered, `done` was."""

    NOW = "now", _("wird gerade beantwortet")
    DONE = "done", _("beantwortet")


class RoundState(TextChoices):
    PLANNED = "planned", _("Geplant")
    RUNNING = "running", _("Läuft")
    ENDED = "ended", _("Beendet")


class CardKind(TextChoices):
    IDEA = "idea", _("Idee")
    QUESTION = "question", _("Frage")
    CONCERN = "concern", _("Bedenken")
    OPTION = "option", _("Antwort zur Wahl")


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
    OBSERVER = "observer", "observer"


class DialogueKind(TextChoices):
    """What an online dialogue is about; all kinds work alike."""

    STADTHAUS = "stadthaus", _("Stadthaus-Dialog")
    CONVERSION = "konversion", _("Konversion")
    QUARTER = "quartier", _("Stadtteil-Dialog")
    TOPIC = "thema", _("Online-Dialog")


class Stage(TextChoices):
    """The phases of an online dialogue, in this order; which one holds is asked at the moment of the act."""

    BEFORE = "before", _("Angekündigt")
    INFORM = "inform", _("Informieren")
    COLLECT = "collect", _("Sammeln")
    DISCUSS = "discuss", _("Diskutieren")
    DECIDE = "decide", _("Die Stadt antwortet")
    CLOSED = "closed", _("Abgeschlossen")


class ContributionKind(TextChoices):
    IDEA = "idea", _("Idee")
    QUESTION = "question", _("Frage")
    HINT = "hint", _("Hinweis")


class Channel(TextChoices):
    """How a contribution came in; all stand in one list."""

    WEB = "web", _("Eingegangen über das Portal")
    PHONE = "phone", _("Eingegangen per Telefon")
    LETTER = "letter", _("Eingegangen per Brief")
    ONSITE = "onsite", _("Eingegangen vor Ort")
    DIGILOG = "digilog", _("Aus einem Bürger-DigiLog")


class AnswerStatus(TextChoices):
    """What the city says; `open` is the state before any answer, `answered` is for questions and hints."""

    OPEN = "open", _("Noch ohne Antwort")
    IN_REVIEW = "in_review", _("In Prüfung")
    ACCEPTED = "accepted", _("Angenommen")
    PARTLY = "partly", _("Teilweise angenommen")
    REJECTED = "rejected", _("Abgelehnt")
    ANSWERED = "answered", _("Beantwortet")
    DONE = "done", _("Umgesetzt")


WAITING = (AnswerStatus.OPEN, AnswerStatus.IN_REVIEW)


class PollKind(TextChoices):
    SINGLE = "single", _("eine Antwort")
    MULTIPLE = "multiple", _("mehrere Antworten")


class ProposalState(TextChoices):
    NEW = "new", _("Wartet auf Freigabe")
    RELEASED = "released", _("Freigegeben")
    DECLINED = "declined", _("Nicht aufgenommen")


class Window(TextChoices):
    """Whether one may register for an event now."""

    NOT_NEEDED = "not_needed", _("ohne Anmeldung")
    BEFORE = "before", _("noch nicht offen")
    OPEN = "open", _("offen")
    CLOSED = "closed", _("geschlossen")


class RegistrationState(TextChoices):
    """`held` and `asked` wait for the link in the mail, with and without a seat; the last two hold no data."""

    HELD = "held", _("Platz gehalten, noch nicht bestätigt")
    ASKED = "asked", _("noch nicht bestätigt")
    CONFIRMED = "confirmed", _("angemeldet")
    WAITING = "waiting", _("auf der Warteliste")
    CANCELLED = "cancelled", _("abgemeldet")
    LAPSED = "lapsed", _("nicht bestätigt")


class Origin(TextChoices):
    """How a registration came in."""

    WEB = "web", _("über das Portal")
    STAFF = "staff", _("am Telefon oder vor Ort")
    WALK_IN = "walk_in", _("ohne Anmeldung gekommen")
