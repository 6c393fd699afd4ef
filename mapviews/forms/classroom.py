"""Input of teachers and members of a class."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from mapviews.domain.classroom import boxes, classes, notes, pupils
from mapviews.domain.places import known_places
from mapviews.enums import Exposure, GroupKind, Licence, Precision, Publicity
from mapviews.forms.stations import SUGGESTED, DegreeField, PlaceForm, place_choices
from mapviews.models import Channel, Phenomenon, Station


class ClassroomForm(forms.Form):
    name = forms.CharField(
        label=_("Name der Klasse oder Gruppe"),
        max_length=classes.NAME_LIMIT,
        help_text=_("Zum Beispiel „Klasse 7b, Beispielschule“."),
    )
    kind = forms.ChoiceField(
        label=_("Was ist es?"), choices=GroupKind.choices, initial=GroupKind.SCHOOL, widget=forms.RadioSelect
    )
    ends_on = forms.DateField(
        label=_("Ende des Schuljahres"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Am Tag danach löschen wir die Namen der Mitglieder und alle Notizen. Zwei Wochen vorher schreiben wir "
            "Ihnen. Boxen und Messwerte bleiben."
        ),
    )
    project = forms.ModelChoiceField(
        label=_("Gehört zu einem Projekt der Stadt"),
        queryset=None,
        required=False,
        empty_label=_("kein Projekt"),
        help_text=_("Die öffentliche Seite der Klasse und die Seite des Projekts verweisen dann aufeinander."),
    )
    description = forms.CharField(
        label=_("Beschreibung"),
        required=False,
        max_length=classes.TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Was Sie herausfinden möchten. Bitte keine Namen von Kindern."),
    )
    approve_first = forms.TypedChoiceField(
        label=_("Notizen der Mitglieder sieht die Klasse"),
        choices=[("1", _("erst nach Ihrer Freigabe")), ("", _("sofort; Sie können ausblenden"))],
        coerce=bool,
        required=False,
        empty_value=False,
        initial="1",
        widget=forms.RadioSelect,
    )
    is_public = forms.BooleanField(
        label=_("Die Klasse hat eine öffentliche Seite"),
        required=False,
        help_text=_(
            "Sie zeigt Name, Beschreibung, die öffentlichen Boxen und Notizen, die Sie einzeln veröffentlichen; nie "
            "die Namen der Mitglieder."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from projects.models import Project

        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.public().order_by("title")
        if not self.is_bound and "ends_on" not in self.initial:
            self.initial["ends_on"] = classes.school_year_end(timezone.localdate())

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BoxesStartForm(forms.Form):
    """How many rows the next form has, and how they are named."""

    anzahl = forms.IntegerField(label=_("Wie viele Boxen?"), min_value=1, max_value=boxes.MOST_BOXES, initial=12)
    muster = forms.CharField(
        label=_("Namen nach Muster"),
        max_length=80,
        initial="Box {nr}",
        help_text=_("{nr} wird zur Nummer: Box 01, Box 02 …"),
    )


class BoxesForm(PlaceForm):
    """What holds for all boxes; the place is that of every row without one of its own."""

    phenomena = forms.ModelMultipleChoiceField(
        label=_("Was messen die Boxen?"),
        queryset=Phenomenon.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Messgröße.")},
    )
    exposure = forms.ChoiceField(
        label=_("Wo stehen sie?"),
        choices=[(Exposure.OUTDOOR.value, Exposure.OUTDOOR.label), (Exposure.INDOOR.value, Exposure.INDOOR.label)],
        initial=Exposure.OUTDOOR,
        widget=forms.RadioSelect,
    )
    at_school = forms.BooleanField(
        label=_("Die Boxen im Innenraum stehen in Räumen der Schule, keine in einer Wohnung"),
        required=False,
        help_text=_(
            "Nur dann sieht die Klasse jeden Wert. Von Boxen in Wohnungen sieht sie Tagesmittel: Einzelne Werte können "
            "verraten, wann niemand zu Hause ist."
        ),
    )
    publicity = forms.ChoiceField(
        label=_("Wer sieht die Werte außer der Klasse?"),
        choices=[
            (Publicity.PUBLIC.value, Publicity.PUBLIC.label),
            (Publicity.DAILY.value, Publicity.DAILY.label),
            (Publicity.PRIVATE.value, _("niemand")),
        ],
        initial=Publicity.PUBLIC,
        widget=forms.RadioSelect,
    )
    licence = forms.ChoiceField(label=_("Lizenz der Daten"), choices=Licence.choices, initial=Licence.CC0)
    place_required = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phenomena"].queryset = Phenomenon.objects.filter(pk__in=SUGGESTED)
        self.fields["place"].label = _("Ein Ort für alle")
        self.fields["place"].help_text = _("Oder geben Sie den Ort unten bei jeder Box an.")
        self.fields["precision"].initial = Precision.CELL_500

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        place = (data["latitude"], data["longitude"]) if data.get("latitude") is not None else None
        return {
            **{name: data[name] for name in ("precision", "exposure", "publicity", "licence", "at_school")},
            "phenomena": [phenomenon.pk for phenomenon in data["phenomena"]],
            "place": place,
        }


class BoxRowForm(forms.Form):
    """One box; an empty name leaves the row out."""

    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    place = forms.ChoiceField(label=_("Ort"), required=False, choices=lazy(place_choices, list)())
    latitude = DegreeField(label=_("Breite"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    longitude = DegreeField(label=_("Länge"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        latitude, longitude = data.get("latitude"), data.get("longitude")
        if (latitude is None) != (longitude is None) and not self.errors:
            self.add_error("longitude", _("Bitte geben Sie Breite und Länge an."))
        if latitude is None and longitude is None and data.get("place"):
            place = known_places()[data["place"]]
            data["latitude"], data["longitude"] = place["latitude"], place["longitude"]
        return data

    def row(self) -> boxes.Row:
        data = self.cleaned_data
        return boxes.Row(data["name"], data.get("latitude"), data.get("longitude"))


BoxRows = forms.formset_factory(
    BoxRowForm, extra=0, max_num=boxes.MOST_BOXES, absolute_max=boxes.MOST_BOXES, validate_max=True
)


class TakeStationForm(forms.Form):
    """A station one has already."""

    station = forms.ModelChoiceField(label=_("Ihre Station"), queryset=Station.objects.none())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = user.stations.filter(class_box=None).exclude(exposure=Exposure.MOBILE)
        self.fields["station"].queryset = free.order_by("name", "pk")


class CardsForm(forms.Form):
    boxes = forms.TypedMultipleChoiceField(
        label=_("Karten für"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Box.")},
    )

    def __init__(self, *args: Any, rows: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["boxes"].choices = [(box.number, box.station.name) for box in rows]
        self.initial["boxes"] = [box.number for box in rows if box.printed_at is None]


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Wer den Link aus der Mail öffnet und ein Konto mit dieser Adresse hat, leitet die Klasse mit."),
    )


class EndForm(forms.Form):
    confirm = forms.BooleanField(label=_("Ja, die Klasse mit allen Namen und Notizen endgültig löschen"))


class JoinForm(forms.Form):
    code = forms.CharField(
        label=_("Code der Klasse"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Acht Zeichen. Die Lehrkraft zeigt sie an."),
    )
    pseudonym = forms.CharField(
        label=_("Name in der Klasse"),
        max_length=pupils.NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Ein Fantasiename, zum Beispiel „Eisvogel“. Bitte nicht den echten Namen."),
    )


class ReturnForm(forms.Form):
    own_code = forms.CharField(
        label=_("Eigener Code"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Zwölf Zeichen. Sie standen nach dem ersten Mitmachen auf der Seite der Klasse."),
    )


def moment_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:
    """A moment in local time, as the browser's own field gives it."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"],
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Was ist aufgefallen?"),
        max_length=notes.TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Zum Beispiel „Fenster geöffnet“. Bitte keine Namen."),
    )
    starts = moment_field(_("Wann?"))
    ends = moment_field(_("Bis wann?"), required=False, help_text=_("Leer lassen, wenn es ein Moment war."))


class CompareForm(forms.Form):
    """Two channels, or one channel in two spans."""

    a = forms.ModelChoiceField(label=_("Erste Messreihe"), queryset=Channel.objects.none())
    von = moment_field(_("von"))
    bis = moment_field(_("bis"))
    b = forms.ModelChoiceField(label=_("Zweite Messreihe"), queryset=Channel.objects.none())
    von2 = moment_field(
        _("von (zweiter Zeitraum)"), required=False, help_text=_("Leer lassen, wenn es derselbe Zeitraum ist.")
    )
    bis2 = moment_field(_("bis (zweiter Zeitraum)"), required=False)

    def __init__(self, *args: Any, channels: list[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(c.pk, f"{c.station.name}: {c.label}") for c in channels]
        for name in ("a", "b"):
            self.fields[name].queryset = Channel.objects.filter(pk__in=[c.pk for c in channels])
            self.fields[name].choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        if (data.get("von2") is None) != (data.get("bis2") is None):
            self.add_error("bis2", _("Bitte geben Sie Anfang und Ende des zweiten Zeitraums an."))
            return data
        data["von2"], data["bis2"] = data.get("von2") or data["von"], data.get("bis2") or data["bis"]
        for start, end in (("von", "bis"), ("von2", "bis2")):
            if not data[start] < data[end] or (data[end] - data[start]).days > 400:
                self.add_error(end, _("Das Ende liegt nach dem Anfang, höchstens 400 Tage später."))
        return data


def local_text(moment: datetime) -> str:
    """A moment as a query of the comparison takes it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
