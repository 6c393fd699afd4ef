"""Fixed vocabularies of sensors: kinds of sources, states, quality flags."""

import functools
from enum import IntFlag

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    CHIRPSTACK = "chirpstack", _("ChirpStack")
    TTS = "tts", _("The Things Stack")


class RawState(TextChoices):
    NEW = "new", _("neu")
    DONE = "done", _("übernommen")
    UNMAPPED = "unmapped", _("Gerät noch nicht zugeordnet")
    DEAD = "dead", _("nicht lesbar")


class Exposure(TextChoices):
    OUTDOOR = "outdoor", _("im Freien")
    INDOOR = "indoor", _("im Innenraum")
    MOBILE = "mobile", _("unterwegs")


class Publicity(TextChoices):
    PUBLIC = "public", _("öffentlich, jeder Wert")
    DAILY = "daily", _("öffentlich, nur Tagesmittel")
    PRIVATE = "private", _("nur für mich")


class Precision(TextChoices):
    CELL_500 = "cell500", _("ungefähr: ein Punkt in einem Feld von 500 m")
    CELL_2000 = "cell2000", _("grob: ein Punkt in einem Feld von 2 km")
    EXACT = "exact", _("genau: zum Beispiel bei Schulen und öffentlichen Gebäuden")


class Licence(TextChoices):
    CC0 = "CC0-1.0", _("CC0: frei, ohne Namensnennung")
    CC_BY = "CC-BY-4.0", _("CC BY 4.0: frei, mit Namensnennung")
    DL_DE_ZERO = "dl-de/zero-2-0", _("Datenlizenz Deutschland Zero 2.0")
    DL_DE_BY = "dl-de/by-2-0", _("Datenlizenz Deutschland Namensnennung 2.0")


class ServiceLicence(TextChoices):
    """Of the code of a Smart Service (SPDX)."""

    EUPL = "EUPL-1.2", "EUPL 1.2"
    MIT = "MIT", "MIT"
    APACHE = "Apache-2.0", "Apache 2.0"
    GPL = "GPL-3.0-or-later", "GPL 3.0"
    AGPL = "AGPL-3.0-or-later", "AGPL 3.0"
    CC0 = "CC0-1.0", "CC0"
    OTHER = "other", _("eine andere freie Lizenz")


class StationStatus(TextChoices):
    ACTIVE = "active", _("aktiv")
    PAUSED = "paused", _("pausiert")
    HIDDEN = "hidden", _("ausgeblendet")


class UploadState(TextChoices):
    PREVIEW = "preview", _("Vorschau")
    QUEUED = "queued", _("wartet")
    RUNNING = "running", _("läuft")
    DONE = "done", _("fertig")
    FAILED = "failed", _("abgebrochen")


class Direction(TextChoices):
    ABOVE = "above", _("steigt über")
    BELOW = "below", _("fällt unter")


class Flag(IntFlag):
    """Quality of one value, stored with it and never a reason to delete it (SENSORS.md of the design)."""

    RANGE = 1
    SENTINEL = 2
    STUCK = 4
    OUTLIER = 8
    HUMIDITY = 16
    CLOCK = 32
    HIDDEN = 64


FLAG_NAMES = {flag: (flag.name or "").lower() for flag in Flag}

FLAG_LABELS = {
    Flag.RANGE: _("außerhalb des möglichen Bereichs"),
    Flag.SENTINEL: _("Fehlerwert des Sensors"),
    Flag.STUCK: _("Wert bewegt sich nicht"),
    Flag.OUTLIER: _("Ausreißer"),
    Flag.HUMIDITY: _("bei hoher Luftfeuchte gemessen, der Wert ist eher zu hoch"),
    Flag.CLOCK: _("Uhr unsicher"),
    Flag.HIDDEN: _("von der Moderation ausgeblendet"),
}

# Values with one of these flags take no part in means (rollups, map cells).
EXCLUDED = Flag.RANGE | Flag.SENTINEL | Flag.CLOCK | Flag.HIDDEN


def flag_names(flags: int) -> list[str]:
    """The names of the set bits, lowest first, e.g. `["range", "outlier"]`."""
    return list(_names(flags))


@functools.lru_cache(maxsize=1024)
def _names(flags: int) -> tuple[str, ...]:
    return tuple(name for flag, name in FLAG_NAMES.items() if flags & flag)


class GroupKind(TextChoices):
    SCHOOL = "school", _("Schulklasse")
    CLUB = "club", _("Kurs, Verein oder Nachbarschaft")


class NoteState(TextChoices):
    """What the class sees."""

    WAITING = "waiting", _("wartet auf die Lehrkraft")
    SHOWN = "shown", _("in der Klasse sichtbar")
    HIDDEN = "hidden", _("ausgeblendet")


class NoteRelease(TextChoices):
    """What everyone sees: the teacher releases, the city's moderation can hold and withdraw."""

    NONE = "none", _("nur in der Klasse")
    PUBLIC = "public", _("öffentlich")
    HELD = "held", _("wird von der Moderation geprüft")
    WITHDRAWN = "withdrawn", _("von der Moderation zurückgenommen")
