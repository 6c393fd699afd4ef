"""The live map's filters (those of the list, and the group) and the moment to look at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mapviews.domain import groups, moments
from mapviews.forms.stations import PhenomenonFilter


class LiveMapFilter(PhenomenonFilter):
    gruppe = forms.ModelChoiceField(
        label=_("Gruppe"), queryset=None, required=False, empty_label=_("alle"), to_field_name="slug"
    )

    flaeche = forms.BooleanField(label=_("Zwischen den Stationen schätzen (Fläche)"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = groups.visible_groups(user)
        self.fields["gruppe"].queryset = found
        if not found.exists():
            del self.fields["gruppe"]


class MomentForm(forms.Form):
    """Works without a script; the slider takes its steps from the choices of `zeit`."""

    zeit = forms.ChoiceField(label=_("Stunde oder Tag"), required=False)
    tag = forms.DateField(
        label=_("Oder ein früherer Tag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, now: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        hours, days = moments.hours(now), moments.days(now)
        choices: list[Any] = [
            ("", _("jetzt")),
            (_("Stunden des letzten Tages"), [(m.text, m.label) for m in hours]),
            (_("Tage des letzten Monats"), [(m.text, m.label) for m in days]),
        ]
        asked = moments.parse(str(self.data.get("zeit") or ""), now=now) if self.is_bound else None
        if asked and asked not in (*hours, *days):
            choices.append((asked.text, asked.label))
        self.fields["zeit"].choices = choices

    def moment(self) -> moments.Moment | None:
        """What is asked for; None for now and for what cannot be read."""
        if not self.is_bound:
            return None
        self.is_valid()
        day = self.cleaned_data.get("tag")
        text = day.isoformat() if day else self.cleaned_data.get("zeit") or ""
        return moments.parse(text, now=self.now)
