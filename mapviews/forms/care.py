"""Input around a running station: alerts, calibration, handing over, ranges of values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mapviews.domain.ingest.store import DAY
from mapviews.domain.series import FIRST, LAST
from mapviews.domain.uploads.cells import value_of
from mapviews.enums import Direction
from mapviews.models import Channel, Station

SILENCE = [
    ("", _("nie")),
    (1, _("1 Stunde")),
    (6, _("6 Stunden")),
    (24, _("1 Tag")),
    (72, _("3 Tagen")),
    (168, _("1 Woche")),
]


class NumberField(forms.CharField):
    """A number with point or comma."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **kwargs)

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        if not text:
            return None
        number = value_of(text)
        if number is None:
            raise forms.ValidationError(_("Bitte geben Sie eine Zahl ein, zum Beispiel 1,05."))
        return number


class ChannelChoice(forms.ModelChoiceField):
    def label_from_instance(self, channel: Channel) -> str:  # type: ignore[override]
        name = channel.label if channel.key == channel.phenomenon_id else f"{channel.label} ({channel.key})"
        return f"{name} in {channel.unit_label}" if channel.unit_label else name


def channels_of(station: Station) -> Any:
    return Channel.objects.filter(station=station).select_related("phenomenon", "station")


class SilenceForm(forms.Form):
    silence = forms.TypedChoiceField(
        label=_("Schreiben Sie mir, wenn kein Wert kommt seit"),
        choices=SILENCE,
        required=False,
        coerce=int,
        empty_value=None,
    )


class ThresholdForm(forms.Form):
    channel = ChannelChoice(label=_("Messgröße"), queryset=Channel.objects.none(), empty_label=None)
    direction = forms.ChoiceField(label=_("Wenn der Wert"), choices=Direction.choices)
    limit = NumberField(label=_("Grenze"))

    def __init__(self, *args: Any, station: Station, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = channels_of(station)  # type: ignore[attr-defined]


class _CalibrationForm(forms.Form):
    channel = ChannelChoice(label=_("Messgröße"), queryset=Channel.objects.none(), empty_label=None)
    factor = NumberField(
        label=_("Faktor"), initial="1", help_text=_("Der Wert wird damit malgenommen. 1 ändert nichts.")
    )
    offset = NumberField(
        label=_("Versatz"), initial="0", help_text=_("Wird danach dazugezählt, in der Einheit der Messgröße.")
    )
    note = forms.CharField(
        label=_("Womit verglichen?"),
        required=False,
        max_length=300,
        help_text=_("Zum Beispiel: zwei Tage neben dem Messgerät der Schule."),
    )


def calibration_form(data: Any, *, station: Station) -> _CalibrationForm:
    """The form for a new version of one of the station's channels."""
    form = _CalibrationForm(data)
    form.fields["channel"].queryset = channels_of(station)  # type: ignore[attr-defined]
    return form


class HandoverForm(forms.Form):
    email = forms.EmailField(
        label=_("E-Mail-Adresse der anderen Person"),
        help_text=_("Sie bekommt einen Link. Erst wenn sie zustimmt, gehört ihr die Station."),
    )


class RangeForm(forms.Form):
    """Days of one channel or of all; without days everything. Days are those of Paderborn's clock in UTC's calendar."""

    channel = ChannelChoice(
        label=_("Messgröße"), queryset=Channel.objects.none(), required=False, empty_label=_("alle")
    )
    first = forms.DateField(label=_("Vom Tag"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(
        label=_("bis zum Tag (einschließlich)"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(label=_("Grund"), max_length=500)
    confirm = forms.BooleanField(label=_("Ja, diese Werte endgültig löschen"))

    def __init__(self, *args: Any, station: Station, hiding: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = channels_of(station)  # type: ignore[attr-defined]
        if hiding:
            del self.fields["confirm"]
            for name in ("channel", "first", "last"):
                self.fields[name].required = True
        else:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            self.add_error("last", _("Das Ende liegt vor dem Anfang."))
        return data

    def bounds(self) -> tuple[int, int]:
        """From and to in ms, `to` exclusive: whole UTC days."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        start = _ms(first) if first else FIRST
        return start, (_ms(last) + DAY if last else LAST)


def _ms(day: Any) -> int:
    return int(
        (datetime(day.year, day.month, day.day, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC))
        / timedelta(milliseconds=1)
    )
