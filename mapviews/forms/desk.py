"""Input of the sensor desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from mapviews.domain.templates import TEMPLATES
from mapviews.enums import SourceKind
from mapviews.forms.care import NumberField
from mapviews.models import Phenomenon, Station


def _templates() -> list[tuple[str, Any]]:
    return [("", _("keine, nach den Namen")), *((t.slug, t.label) for t in TEMPLATES)]


class ApplicationsField(forms.CharField):
    """One identifier a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (super().clean(value) or "").replace(",", "\n").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class SourceRulesForm(forms.Form):
    is_active = forms.BooleanField(label=_("Nachrichten annehmen"), required=False)
    auto_map = forms.BooleanField(
        label=_("Unbekannte Geräte selbst anlegen"),
        required=False,
        help_text=_("Nur für Übungen und Netze, denen Sie vertrauen."),
    )
    allowed_applications = ApplicationsField(
        label=_("Erlaubte Anwendungen"),
        required=False,
        help_text=_("Eine Kennung je Zeile. Ohne Eintrag ist jede erlaubt."),
    )


class SourceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Art"), choices=SourceKind.choices)
    allowed_applications = ApplicationsField(
        label=_("Erlaubte Anwendungen"),
        required=False,
        help_text=_("Eine Kennung je Zeile. Ohne Eintrag ist jede erlaubt."),
    )
    auto_map = forms.BooleanField(
        label=_("Unbekannte Geräte selbst anlegen"),
        required=False,
        help_text=_("Nur für Übungen und Netze, denen Sie vertrauen."),
    )


class MapDeviceForm(forms.Form):
    station = forms.ModelChoiceField(label=_("Station"), queryset=Station.objects.all())
    template = forms.ChoiceField(label=_("Vorlage"), choices=lazy(_templates, list)(), required=False)


class MoveDeviceForm(forms.Form):
    station = forms.ModelChoiceField(label=_("Neue Station"), queryset=Station.objects.all())


class ChannelForm(forms.Form):
    """Meaning of one channel; prefixed by its id where several stand on a page."""

    phenomenon = forms.ModelChoiceField(
        label=_("Messgröße"),
        queryset=Phenomenon.objects.all(),
        required=False,
        empty_label=_("nicht veröffentlicht als Messgröße"),
    )
    unit = forms.CharField(label=_("Einheit in der Nachricht"), required=False, max_length=20)
    factor = NumberField(
        label=_("Faktor"), help_text=_("Rechnet in die Einheit der Messgröße um, zum Beispiel 0,01 von Pa nach hPa.")
    )


class DevicesForm(forms.Form):
    file = forms.FileField(
        label=_("Tabelle der Geräte (CSV)"),
        help_text=_(
            "Spalten: dev_eui oder device_id, dazu application_id, name, station oder station_name, latitude, "
            "longitude, template."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
