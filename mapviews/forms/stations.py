"""Input of residents and the sensor desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mapviews.domain import places
from mapviews.domain.station_changes import FIELDS
from mapviews.domain.uploads.cells import value_of
from mapviews.enums import Exposure, Licence, Precision, Publicity
from mapviews.models import Channel, Phenomenon, Station

SUGGESTED = ("pm10", "pm25", "temperature", "humidity", "pressure", "noise", "co2", "soil_moisture")


def place_choices() -> list[tuple[str, str]]:
    named = sorted((place["name"], key) for key, place in places.known_places().items())
    return [("", _t("Bitte wählen"))] + [(key, name) for name, key in named]


def publicity_choices() -> list[tuple[str, Any]]:
    """Nobody has to know the rules: without a choice homes and ways stay private."""
    safe = _t("wie empfohlen: im Freien öffentlich; im Innenraum und unterwegs nur für mich")
    return [("", safe), *Publicity.choices]


class DegreeField(forms.CharField):
    """Degrees with point or comma, e.g. 51,7189."""

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        if not text:
            return None
        number = value_of(text.replace("°", "").strip())
        if number is None:
            raise forms.ValidationError(_("Bitte geben Sie eine Zahl ein, zum Beispiel 51,7189."))
        return number


class SearchInput(forms.TextInput):
    """A text with proposals that the browser searches while one types; without them it is a plain text."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = (attrs or {}) | {"list": f"{name}-list", "autocomplete": "off"}
        names = ((known["name"],) for known in places.known_places().values())
        proposals = format_html_join("", '<option value="{}"></option>', sorted(names))
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, f"{name}-list", proposals)


class PlaceField(forms.CharField):
    """A district or place by name, its beginning where only one begins so, or its id; gives the id."""

    widget = SearchInput

    def clean(self, value: Any) -> str:
        text = " ".join(super().clean(value).split())
        if not text:
            return ""
        known = {key: place["name"] for key, place in places.known_places().items()}
        found = (
            [key for key, name in known.items() if text in (name, key)]
            or [key for key, name in known.items() if text.casefold() == name.casefold()]
            or [key for key, name in known.items() if name.casefold().startswith(text.casefold())]
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Mehrere Orte beginnen so. Bitte wählen Sie einen aus der Liste."))
        raise forms.ValidationError(
            _("Diesen Ort kennen wir nicht. Bitte wählen Sie einen aus der Liste, oder geben Sie die Koordinaten ein.")
        )


class PlaceForm(forms.Form):
    """A place by name or by coordinates; JavaScript fills the coordinates from a map."""

    place = PlaceField(
        label=_("Ort in der Nähe"),
        required=False,
        max_length=80,
        help_text=_(
            "Suchen Sie einen Stadtteil oder Ort, oder geben Sie darunter die Koordinaten ein. Eines von beiden "
            "brauchen wir."
        ),
    )
    latitude = DegreeField(
        label=_("Breite"),
        required=False,
        help_text=_("Zum Beispiel 51,7189"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    longitude = DegreeField(
        label=_("Länge"),
        required=False,
        help_text=_("Zum Beispiel 8,7545"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    precision = forms.ChoiceField(
        label=_("Wie genau sehen andere den Ort?"),
        choices=Precision.choices,
        initial=Precision.CELL_500,
        widget=forms.RadioSelect,
        help_text=_("Den genauen Ort sehen nur Sie."),
    )
    place_required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        latitude, longitude = data.get("latitude"), data.get("longitude")
        if (latitude is None) != (longitude is None) and not self.errors:
            self.add_error("longitude", _("Bitte geben Sie Breite und Länge an."))
        if latitude is None and longitude is None and data.get("place"):
            place = places.known_places()[data["place"]]
            data["latitude"], data["longitude"] = place["latitude"], place["longitude"]
        elif latitude is None and self.place_required and not self.errors:
            self.add_error("place", _("Bitte wählen Sie einen Ort oder geben Sie die Koordinaten ein."))
        return data


class StationForm(PlaceForm):
    name = forms.CharField(
        label=_("Name der Station"),
        max_length=120,
        help_text=_("Öffentlich. Bitte keinen Familiennamen, keine Hausnummer."),
    )
    exposure = forms.ChoiceField(
        label=_("Wo steht der Sensor?"), choices=Exposure.choices, initial=Exposure.OUTDOOR, widget=forms.RadioSelect
    )
    publicity = forms.ChoiceField(
        label=_("Wer sieht die Werte?"),
        choices=lazy(publicity_choices, list)(),
        required=False,
        initial="",
        widget=forms.RadioSelect,
        help_text=_(
            "Werte aus Innenräumen können verraten, wann niemand zu Hause ist: dort nur Tagesmittel oder privat."
        ),
    )
    phenomena = forms.ModelMultipleChoiceField(
        label=_("Was misst sie?"),
        queryset=Phenomenon.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Bewährte Sensoren: SDS011 oder SPS30 für Feinstaub, BME280 für Temperatur, Feuchte und Druck, DNMS für "
            "Lärm, SCD30 für CO₂. Fehlt etwas? Weitere Größen legen wir beim ersten Wert selbst an."
        ),
    )
    licence = forms.ChoiceField(
        label=_("Lizenz der Daten"),
        choices=Licence.choices,
        initial=Licence.CC0,
        help_text=_("Unter welchen Bedingungen andere die Werte nutzen dürfen."),
    )
    description = forms.CharField(
        label=_("Beschreibung"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    project = forms.ModelChoiceField(
        label=_("Gehört zu einem Projekt"),
        queryset=None,
        required=False,
        empty_label=_("kein Projekt"),
        help_text=_("Die Station steht dann auf der Seite des Projekts."),
    )
    field_order = (
        "name", "exposure", "phenomena", "place", "latitude", "longitude", "precision", "publicity", "licence",
        "description", "project",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from projects.models import Project

        super().__init__(*args, **kwargs)
        self.fields["phenomena"].queryset = Phenomenon.objects.filter(pk__in=SUGGESTED)
        self.fields["project"].queryset = Project.objects.public().order_by("title")

    def clean_publicity(self) -> str:
        if chosen := self.cleaned_data["publicity"]:
            return str(chosen)
        outdoors = self.cleaned_data.get("exposure") == Exposure.OUTDOOR
        return Publicity.PUBLIC if outdoors else Publicity.PRIVATE

    def values(self) -> dict[str, Any]:
        """What `stations.register` takes."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("name", "exposure", "publicity", "licence", "description", "project")},
            **{name: data[name] for name in ("latitude", "longitude", "precision")},
            "phenomena": [phenomenon.pk for phenomenon in data["phenomena"]],
        }


class StationChangeForm(StationForm):
    """What may change later; place and phenomena have pages of their own."""

    place_required = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("place", "latitude", "longitude", "precision", "phenomena"):
            del self.fields[name]
        self.fields["publicity"].choices = Publicity.choices
        self.fields["publicity"].required = True

    def values(self) -> dict[str, Any]:
        """What `station_changes.change` takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("CSV-Datei"),
        help_text=_("Bis 50 MB. Archive von sensor.community und openSenseMap erkennen wir; eigene Tabellen auch."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={"empty": _("Die Datei ist leer."), "required": _("Bitte wählen Sie eine Datei.")},
    )


class ColumnsForm(forms.Form):
    """Which column is which phenomenon, as recognised and changed by the person."""

    zone = forms.ChoiceField(
        label=_("Uhrzeiten ohne Zeitzone sind in"),
        choices=[("UTC", _("Weltzeit (UTC)")), ("Europe/Berlin", _("deutscher Zeit"))],
    )

    def __init__(self, *args: Any, shape: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("nicht übernehmen"))] + [(p.pk, p.label) for p in Phenomenon.objects.all()]
        is_long = shape["value"] is not None
        self.fields["zone"].initial = shape["zone"]
        for key, (slug, _factor) in (shape["names"] if is_long else shape["columns"]).items():
            name = key if is_long else shape["header"][int(key)]
            self.fields[f"column_{key}"] = forms.ChoiceField(
                label=_t("Spalte „%s“") % (name or _t("Wert")), choices=choices, required=False, initial=slug
            )
        if shape["kind"] in ("sensor_community", "opensensemap"):
            del self.fields["zone"]

    def mapping(self) -> dict[str, str]:
        return {
            name.removeprefix("column_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("column_")
        }


class PhenomenonFilter(forms.Form):
    messgroesse = forms.ModelChoiceField(
        label=_("Messgröße"), queryset=Phenomenon.objects.none(), required=False, empty_label=_("alle")
    )
    standort = forms.ChoiceField(
        label=_("Standort"),
        required=False,
        choices=[
            ("", _("alle")),
            (Exposure.OUTDOOR.value, Exposure.OUTDOOR.label),
            (Exposure.INDOOR.value, Exposure.INDOOR.label),
        ],
    )

    projekt = forms.ModelChoiceField(
        label=_("Projekt"), queryset=None, required=False, empty_label=_("alle"), to_field_name="slug"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from projects.models import Project

        super().__init__(*args, **kwargs)
        measuring = Station.objects.public().filter(project=OuterRef("pk"))
        self.fields["projekt"].queryset = Project.objects.public().filter(Exists(measuring)).order_by("title")
        public = Station.objects.public().filter(pk=OuterRef("station"))
        channels = Channel.objects.filter(Exists(public), phenomenon=OuterRef("pk"))
        self.fields["messgroesse"].queryset = Phenomenon.objects.filter(Exists(channels))


class HideForm(forms.Form):
    reason = forms.CharField(label=_("Grund"), max_length=500)


class DeleteForm(forms.Form):
    confirm = forms.BooleanField(label=_("Ja, Station mit allen Werten, Orten und Dateien endgültig löschen"))
