"""Forms of the facilitator: plan an event, move, copy or cancel it, open a World Café."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.domain.online import places
from dialogues.domain.worldcafe import MOST_TABLES
from dialogues.enums import Access, BoardFormat, Circle, Moderation
from dialogues.forms.fields import NumberInput, moment
from dialogues.forms.programme import Quiet
from dialogues.models import Event, Series
from portal.exceptions import DomainError


def spots() -> list[Any]:
    known = [(place.key, place.name) for place in places.places().values() if not place.is_district]
    return [("", _("keiner davon")), *known]


class EventForm(Quiet, forms.ModelForm[Event]):
    starts_at = moment(_("Beginn"))
    ends_at = moment(_("Ende"))
    place = forms.ChoiceField(
        label=_("Bekannter Ort für die Karte"),
        choices=spots,
        required=False,
        help_text=_("Oder tippen Sie auf die Karte, um den Eingang zu zeigen."),
    )
    lat = forms.FloatField(label=_("Breite"), required=False, widget=NumberInput())
    lng = forms.FloatField(label=_("Länge"), required=False, widget=NumberInput())
    access = forms.MultipleChoiceField(
        label=_("Barrierefrei vor Ort"),
        choices=Access.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Wählen Sie nur, was sicher da ist. Was fehlt, gilt als nicht vorhanden."),
    )
    stream_url = forms.URLField(
        label=_("Adresse der Übertragung"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Beginnt mit https://. Die Seite verlinkt sie und sagt, welche Seite sich öffnet."),
    )

    circle = forms.ChoiceField(
        label=_("Für wen?"),
        choices=Circle.choices,
        initial=Circle.PUBLIC,
        required=False,
        help_text=_("Eine interne Werkstatt sehen nur Beschäftigte, die angemeldet sind. Es gilt ab Veröffentlichung."),
    )

    class Meta:
        model = Event
        fields = (
            "title", "topic", "question", "starts_at", "ends_at", "project", "area", "series", "venue", "address",
            "place", "lat", "lng", "directions", "access", "accessibility", "stream_url", "circle",
        )  # fmt: skip
        widgets = {
            "topic": forms.Textarea(attrs={"rows": 4}),
            "directions": forms.Textarea(attrs={"rows": 3}),
            "accessibility": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"accessibility": _("Was man dazu noch wissen sollte")}
        help_texts = {
            "question": _("Sie steht auf der Leinwand und auf jedem Telefon, zum Beispiel: Was wünschen Sie sich?"),
            "project": _("Auf der Zeitachse dieses Projekts erscheinen Einladung und Ergebnisse."),
            "venue": _("Haus und Raum, zum Beispiel: Stadthaus, Großer Saal. Leer bedeutet: nur online."),
            "address": _("Straße, Hausnummer und Ort"),
            "directions": _("Bus, Fahrrad, Auto: Haltestelle, Eingang, Parkplatz."),
        }

    def __init__(self, *args: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        self.fields["project"].empty_label = _("kein Projekt")  # type: ignore[attr-defined]
        self.fields["series"].queryset = Series.objects.all()  # type: ignore[attr-defined]
        self.fields["series"].empty_label = _("keine Reihe")  # type: ignore[attr-defined]

    def clean_circle(self) -> str:
        return str(self.cleaned_data["circle"] or self.instance.circle)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("Das Ende muss nach dem Beginn liegen."))
        place, point = cleaned.pop("place", ""), (cleaned.get("lat"), cleaned.get("lng"))
        if place and not {"lat", "lng"} & set(self.changed_data):
            point = (None, None)  # a place was chosen, and the numbers are still the old ones
        if "lat" in cleaned and "lng" in cleaned:
            try:
                _district, cleaned["lat"], cleaned["lng"] = places.resolve(place=place, lat=point[0], lng=point[1])
            except DomainError as error:
                self.add_error("lat", str(error.message))
        return cleaned


class MoveForm(Quiet, forms.Form):
    starts_at = moment(_("Neuer Beginn"))
    ends_at = moment(_("Neues Ende"))
    reason = forms.CharField(
        label=_("Warum ist der Dialog verschoben?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Das lesen alle auf der Seite."),
    )


class CopyForm(forms.Form):
    title = forms.CharField(label=_("Titel"), max_length=200)
    starts_at = moment(_("Beginn des neuen Termins"))


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Warum fällt der Dialog aus?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Das lesen alle auf der Seite, zum Beispiel: Die Moderation ist erkrankt."),
    )


class SeriesForm(forms.Form):
    title = forms.CharField(label=_("Titel der Reihe"), max_length=150)
    description = forms.CharField(
        label=_("Worum geht es in dieser Reihe?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )


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
