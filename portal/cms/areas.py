"""The nine Zielbilder of chapter 5 as doors on the home page.

Slugs equal `projects.enums.Area` (a test holds them together: cms may not import projects). One sentence each, in our
own words, from the target pictures of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Area:
    slug: str
    title: str | Promise
    text: str | Promise
    icon: str

    @property
    def query(self) -> str:
        return f"bereich={self.slug}"


AREAS = (
    Area(
        "verwaltung", _("Digitalisierung der Verwaltung"), _("Anliegen schnell und von zu Hause erledigen."), "building"
    ),
    Area("mobilitaet", _("Mobilität"), _("Bus, Rad und Auto nahtlos verbinden, weniger warten."), "bus"),
    Area("bildung", _("Bildung"), _("Lernen in jedem Alter, zu jeder Zeit, an jedem Ort."), "school"),
    Area("umwelt", _("Umwelt"), _("Luft, Wasser und Grün schützen und messen, was hilft."), "leaf"),
    Area("gesundheit", _("Gesundheit"), _("Praxen, Kliniken und Pflege besser verbinden."), "health"),
    Area("sicherheit", _("Zivile Sicherheit"), _("Gefahren früh erkennen und schnell helfen."), "shield"),
    Area(
        "zusammenleben",
        _("Gesellschaftliches Zusammenleben"),
        _("Kultur, Handel, Sport und Ehrenamt erleben."),
        "people",
    ),
    Area(
        "datenplattformen",
        _("Urbane Datenplattformen"),
        _("Daten der Stadt in eigener Hand, offen für alle."),
        "database",
    ),
    Area("infrastruktur", _("Digitale Infrastruktur"), _("Glasfaser, WLAN und Funknetze für Sensoren."), "antenna"),
)
