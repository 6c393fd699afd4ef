"""The JSON of CNIL's PIA software, as far as both sides hold it: which reference is which of our places.

Source: the structure of exports of the PIA software (github.com/LINCnil/pia): `answers[]` with an integer
`reference_to`, `evaluations[]` with a string one, measures named by title. Impacts, threats and sources of the three
feared events, and answers without a section of ours, are kept beside the document under "pia".
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SECTIONS = {111: "D1", 211: "D2", 213: "D3", 221: "D4"}
BESIDE = {
    112: _("Verantwortlichkeiten"),
    113: _("Geltende Standards"),
    121: _("Verarbeitete Daten"),
    122: _("Lebenszyklus der Daten"),
    123: _("Systeme und Träger der Daten"),
    212: _("Rechtsgrundlagen"),
    214: _("Richtigkeit der Daten"),
    215: _("Speicherdauer"),
    222: _("Einwilligung"),
    223: _("Auskunft und Übertragbarkeit"),
    224: _("Berichtigung und Löschung"),
    225: _("Einschränkung und Widerspruch"),
    226: _("Pflichten der Auftragsverarbeiter"),
    227: _("Übermittlung in Drittländer"),
}
EVENTS = {
    32: _("Unrechtmäßiger Zugriff auf Daten"),
    33: _("Unerwünschte Veränderung von Daten"),
    34: _("Verlust von Daten"),
}
LISTS = {1: "impacts", 2: "threats", 3: "sources"}
MEASURES, SEVERITY, LIKELIHOOD = 4, 5, 6
CONCERNED = "D8"
ARRAYS = ("answers", "measures", "evaluations", "comments")
LARGEST = 2 * 1024 * 1024 - 64 * 1024
