"""Forms of the facilitator: plan an event, open a World Café."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.domain.worldcafe import MOST_TABLES
from dialogues.enums import BoardFormat, Moderation
from dialogues.models import Event

MOMENT = "%Y-%m-%dT%H:%M"


def moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MOMENT, "%d.%m.%Y %H:%M"])


class EventForm(forms.ModelForm[Event]):
    starts_at = moment(_("Beginn"))
    ends_at = moment(_("Ende"))

    class Meta:
        model = Event
        fields = (
            "title", "topic", "question", "starts_at", "ends_at", "venue", "accessibility", "project",
        )  # fmt: skip
        widgets = {
            "topic": forms.Textarea(attrs={"rows": 4}),
            "accessibility": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "question": _("Sie steht auf der Leinwand und auf jedem Telefon, zum Beispiel: Was wünschen Sie sich?"),
            "project": _("Auf der Zeitachse dieses Projekts erscheinen Einladung und Ergebnisse."),
        }

    def __init__(self, *args: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        self.fields["project"].empty_label = _("kein Projekt")  # type: ignore[attr-defined]


class WorldCafeForm(forms.Form):
    format = forms.ChoiceField(
        label=_("Was möchten Sie leiten?"),
        choices=BoardFormat.choices,
        initial=BoardFormat.WORLDCAFE,
        required=False,
        help_text=_("Fragen an das Podium und eine Umfrage haben einen gemeinsamen Code für alle."),
    )
    tables = forms.IntegerField(label=_("Wie viele Tische?"), min_value=1, max_value=MOST_TABLES, initial=3)
    question = forms.CharField(label=_("Frage an den Tischen"), max_length=300, required=False)
    question_en = forms.CharField(
        label=_("Dieselbe Frage auf Englisch"),
        max_length=300,
        required=False,
        help_text=_(
            "Sie steht auf Telefonen, die auf Englisch gestellt sind. Karten beider Sprachen stehen auf einer Tafel."
        ),
    )
    rounds = forms.IntegerField(label=_("Wie viele Runden?"), min_value=1, max_value=8, initial=3)
    seat_limit = forms.IntegerField(
        label=_("Plätze je Tisch"),
        min_value=1,
        max_value=200,
        required=False,
        initial=8,
        help_text=_("Leer bedeutet: ohne Grenze."),
    )
    vote_budget = forms.IntegerField(label=_("Punkte je Person und Runde"), min_value=0, max_value=50, initial=3)
    moderation = forms.ChoiceField(
        label=_("Wann sieht die Moderation Karten an?"), choices=Moderation.choices, initial=Moderation.AFTER
    )
    totals_hidden = forms.BooleanField(label=_("Punkte erst nach der Abstimmung zeigen"), required=False)
    observers_allowed = forms.BooleanField(
        label=_("Zuschauen von zu Hause erlauben"),
        required=False,
        help_text=_("Auf der Seite des Dialogs steht ein Link. Dort sieht man Karten, aber keine Namen und Codes."),
    )

    def clean_format(self) -> str:
        return str(self.cleaned_data["format"] or BoardFormat.WORLDCAFE)
