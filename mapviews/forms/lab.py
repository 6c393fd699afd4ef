"""Input of the Reallabor: the search for channels, a chart to keep, a Smart Service to show."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mapviews.domain import charts
from mapviews.domain.lab import recipe, search
from mapviews.enums import ServiceLicence
from mapviews.models import Channel, Phenomenon, SmartService, Station
from projects.models import Project


def _districts() -> list[tuple[str, str]]:
    return [("", _t("alle")), *search.districts()]


class SearchForm(forms.Form):
    """Which public channels are offered."""

    messgroesse = forms.ModelChoiceField(
        label=_("Messgröße"), queryset=Phenomenon.objects.none(), required=False, empty_label=_("alle")
    )
    ortsteil = forms.ChoiceField(label=_("Ortsteil"), choices=lazy(_districts, list)(), required=False)
    projekt = forms.ModelChoiceField(
        label=_("Projekt"), queryset=Project.objects.none(), required=False, to_field_name="slug", empty_label=_("alle")
    )
    suche = forms.CharField(label=_("Station oder Wort"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        public = Station.objects.public()
        measured = Channel.objects.filter(station__in=public, latest_ts__isnull=False)
        self.fields["messgroesse"].queryset = Phenomenon.objects.filter(pk__in=measured.values("phenomenon"))  # type: ignore[attr-defined]
        self.fields["projekt"].queryset = (
            Project.objects.public().filter(pk__in=public.values("project")).order_by("title")
        )  # type: ignore[attr-defined]


class RecipeForm(forms.Form):
    """How the chosen channels are drawn. Names are those of the address."""

    zeitraum = forms.ChoiceField(label=_("Zeitraum bis jetzt"), choices=[(p.key, p.label) for p in charts.PERIODS])
    von = forms.CharField(
        label=_("oder fest: von"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "date"})
    )
    bis = forms.CharField(label=_("bis"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "date"}))
    wert = forms.ChoiceField(label=_("Was je Stunde oder Tag"), choices=list(recipe.FIGURES.items()))
    raster = forms.ChoiceField(label=_("Raster"), choices=list(recipe.STEPS.items()), required=False)
    titel = forms.CharField(label=_("Titel"), max_length=recipe.TITLE_LIMIT, required=False)


class KeepForm(forms.Form):
    title = forms.CharField(label=_("Titel"), max_length=120)
    note = forms.CharField(
        label=_("Notiz"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Was sieht man, was fällt auf? Öffentlich für alle, die den Link haben."),
    )


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A Smart Service as its author describes it; the domain saves it."""

    class Meta:
        model = SmartService
        fields = ("title", "description", "address", "repository", "licence", "phenomena", "uses_api", "project")
        help_texts = {
            "title": _("Wie heißt es? Kurz und eindeutig."),
            "description": _("Was kann man damit tun, für wen ist es, woran arbeiten Sie noch?"),
            "phenomena": _("Welche Messgrößen es zeigt."),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 8}),
            "phenomena": forms.CheckboxSelectMultiple,
        }

    address = forms.URLField(
        label=_("Adresse zum Ausprobieren"), max_length=300, assume_scheme="https", help_text=_("Beginnt mit https://.")
    )
    repository = forms.URLField(
        label=_("Adresse des Quelltexts"), max_length=300, assume_scheme="https", required=False
    )
    picture = forms.FileField(
        label=_("Bild"),
        required=False,
        help_text=_("JPEG, PNG oder WebP bis 8 Megabyte. Wir zeichnen es neu; Angaben der Kamera fallen weg."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    picture_alt = forms.CharField(label=_("Was ist auf dem Bild zu sehen?"), required=False, max_length=250)
    remove_picture = forms.BooleanField(label=_("Bild entfernen"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.public().order_by("title")  # type: ignore[attr-defined]
        self.fields["project"].empty_label = _t("keines")  # type: ignore[attr-defined]
        self.fields["licence"].choices = [("", _t("nicht offen")), *ServiceLicence.choices]  # type: ignore[attr-defined]
        if not self.instance.picture:
            del self.fields["remove_picture"]

    def _post_clean(self) -> None:
        """Nothing is written into the instance here: `domain.lab.services` does."""

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class GalleryFilter(forms.Form):
    messgroesse = forms.ModelChoiceField(
        label=_("Messgröße"), queryset=Phenomenon.objects.none(), required=False, empty_label=_("alle")
    )
    offen = forms.BooleanField(label=_("nur mit offenem Quelltext"), required=False)
    suche = forms.CharField(label=_("Wort"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = SmartService.objects.public()
        self.fields["messgroesse"].queryset = Phenomenon.objects.filter(pk__in=shown.values("phenomena"))  # type: ignore[attr-defined]
